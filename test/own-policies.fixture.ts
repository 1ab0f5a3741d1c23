/** Compiled policies of a Project, for tests: what `moltbot policy build` would write beside moltbot.yaml. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPolicies, findOpa, lockText, readInputSchemas } from "../trust/policy-build/index.ts";
import { manifest, value } from "./engine.fixture.ts";

/** A policy of that name with these rules; each rule is Rego behind the package line. */
export function regoOf(name: string, rules: string): string {
  return `package moltbot.policies.${name.replaceAll("-", "_")}\n\nimport rego.v1\n\n${rules.trim()}\n`;
}

export interface CompiledPolicies {
  readonly bundle: Uint8Array;
  readonly lock: string;
}

const COMPILED = new Map<string, CompiledPolicies>();

/** Builds policies by name; the same ones once. */
export function compiled(policies: Readonly<Record<string, string>>): CompiledPolicies {
  const key = JSON.stringify(policies);
  const known = COMPILED.get(key) ?? build(policies);
  COMPILED.set(key, known);
  return known;
}

function build(policies: Readonly<Record<string, string>>): CompiledPolicies {
  const sources = Object.entries(policies).map(([name, rego]) => ({ name, rego, data: {}, file: `policies/${name}.rego`, firstLine: 1 }));
  const built = value(
    buildPolicies({ sources, schemas: value(readInputSchemas("schemas/policy-input")), opa: value(findOpa()), reserved: [] }),
  );
  return { bundle: built.wasm, lock: lockText(built.lock) };
}

/** Writes policies, their manifests and their compiled form into a repository. `more` is the rest of a Policy's spec. */
export function writePolicies(root: string, policies: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}): void {
  const { bundle, lock } = compiled(policies);
  mkdirSync(join(root, "policies"), { recursive: true });
  for (const [name, rego] of Object.entries(policies)) {
    writeFileSync(join(root, "policies", `${name}.rego`), rego);
    writeFileSync(
      join(root, "policies", `${name}.yaml`),
      manifest("Policy", name, `rego: {file: policies/${name}.rego}\n${more[name] ?? ""}`),
    );
  }
  writeFileSync(join(root, "policies", "bundle.wasm"), bundle);
  writeFileSync(join(root, "policies", "policies.lock.json"), lock);
}
