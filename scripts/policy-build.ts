/**
 * Compiles policies/*.rego to policies/bundle.wasm and writes policies/policies.lock.json, with the builder
 * that `moltbot policy build` uses.
 *
 *   node scripts/policy-build.ts           builds and writes
 *   node scripts/policy-build.ts --check   builds and compares; exits 1 when the committed files differ
 */
import fs from "node:fs";
import path from "node:path";
import { byCodeUnit, type Result } from "../core/index.ts";
import { buildPolicies, findOpa, lockText, readInputSchemas, type BuildSource, type PolicyBuild } from "../trust/policy-build/index.ts";

const ROOT = path.join(import.meta.dirname, "..");

/** The policies of a folder, as moltbot ships them. */
export function sourcesIn(folder: string): readonly BuildSource[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".rego") && !file.endsWith("_test.rego"))
    .sort(byCodeUnit)
    .map((file) => ({
      name: path.basename(file, ".rego"),
      rego: fs.readFileSync(path.join(folder, file), "utf8"),
      data: {},
      file: `policies/${file}`,
      firstLine: 1,
    }));
}

export function buildFolder(folder: string): Result<PolicyBuild> {
  const opa = findOpa();
  if (!opa.ok) return opa;
  const schemas = readInputSchemas(path.join(ROOT, "schemas/policy-input"));
  if (!schemas.ok) return schemas;
  return buildPolicies({ sources: sourcesIn(folder), schemas: schemas.value, opa: opa.value, reserved: [] });
}

function main(isCheck: boolean): void {
  const folder = path.join(ROOT, "policies");
  const build = buildFolder(folder);
  if (!build.ok) {
    for (const { at, detail } of build.diagnostics) console.error(`${at ? `${at.file}:${at.line}:${at.column}: ` : ""}${detail}`);
    process.exitCode = 1;
    return;
  }
  const written = new Map<string, Uint8Array>([
    ["bundle.wasm", build.value.wasm],
    ["policies.lock.json", Buffer.from(lockText(build.value.lock))],
  ]);
  for (const [name, bytes] of written) {
    const file = path.join(folder, name);
    const isSame = fs.existsSync(file) && Buffer.compare(fs.readFileSync(file), bytes) === 0;
    if (isSame) continue;
    if (isCheck) {
      console.error(`stale: policies/${name}`);
      process.exitCode = 1;
    } else {
      fs.writeFileSync(file, bytes);
      console.log(`wrote policies/${name}`);
    }
  }
  if (process.exitCode === 1) console.error("Run: node scripts/policy-build.ts");
}

if (import.meta.main) main(process.argv.includes("--check"));
