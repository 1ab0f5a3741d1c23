import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { byCodeUnit, digestBytes, failAll, ok, problem, type Diagnostic, type Json, type Result } from "../../core/index.ts";
import { aggregatorOf, ENTRIES, inspectModule, policySourcesDigest, withGuards, withoutStart, type PolicyLock } from "../policy/index.ts";
import { CAPABILITIES, checkPolicies } from "./check.ts";
import { capabilitiesFrom, nativesAmong } from "./functions.ts";
import type { InputSchemas } from "./inputs.ts";
import type { Opa } from "./opa.ts";
import { parsePolicy, type ParsedPolicy } from "./parse.ts";
import { isModule, type Module } from "./rego.ts";
import { canonicalPath, type BuildSource } from "./source.ts";
import { fileInTar } from "./tar.ts";
import { compilerErrors, inWorkplace, locator, type Locate, type Workplace } from "./workplace.ts";

export interface PolicyBuild {
  readonly wasm: Uint8Array;
  readonly lock: PolicyLock;
  readonly parsed: readonly ParsedPolicy[];
}

export interface BuildRequest {
  readonly sources: readonly BuildSource[];
  readonly schemas: InputSchemas;
  readonly opa: Opa;
  /** Names that other policies have already. */
  readonly reserved: readonly string[];
  /** Only the bytes matter: what a build would refuse was refused when they were made. */
  readonly isCheckedBefore?: boolean;
}

/** What a compiled bundle answers to. */
const ENTRYPOINTS: readonly string[] = ENTRIES.map((entry) => `moltbot/${entry}`);
const AGGREGATOR = "aggregator.rego";

/**
 * Compiles policies: the same sources give the same bytes, whatever their order, folder or machine.
 *
 * @returns every mistake of every policy at its place: `POLICY_SOURCE`, `POLICY_FUNCTION`, `POLICY_RULE_SHAPE`.
 */
export function buildPolicies(request: BuildRequest): Result<PolicyBuild> {
  const sources = request.sources.toSorted((a, b) => byCodeUnit(a.name, b.name));
  const taken = sources.filter((each, i) => request.reserved.includes(each.name) || sources[i - 1]?.name === each.name);
  if (taken.length > 0) return failAll(taken.map(nameTaken));
  return inWorkplace(request.opa, (place) => {
    const locate = locator(new Map(sources.map((each) => [canonicalPath(each.name), each])));
    const parsed = parseAll(place, sources, locate);
    if (!parsed.ok) return parsed;
    const checked = request.isCheckedBefore === true ? ok(undefined) : checkPolicies(place, parsed.value, request.schemas, locate);
    if (!checked.ok) return checked;
    return compile(place, parsed.value, request.opa, locate);
  });
}

/** Writes the sources and reads what they are. */
export function parseAll(place: Workplace, sources: readonly BuildSource[], locate: Locate): Result<readonly ParsedPolicy[]> {
  place.write(CAPABILITIES, capabilitiesFrom(place.run("capabilities", "--current").stdout));
  const parsed: ParsedPolicy[] = [];
  const wrong: Diagnostic[] = [];
  for (const source of sources) {
    const file = canonicalPath(source.name);
    place.write(file, source.rego);
    const run = place.run("parse", "--format", "json", "--json-include", "locations,-comments", file);
    const read = compilerErrors(run, locate);
    if (!read.ok) {
      wrong.push(...read.diagnostics);
      continue;
    }
    const module = JSON.parse(run.stdout) as Json;
    const policy = isModule(module) ? parsePolicy(source, module as unknown as Module) : compilerErrors({ ...run, status: 1 }, locate);
    if (policy.ok) parsed.push(policy.value as ParsedPolicy);
    else wrong.push(...policy.diagnostics);
  }
  return wrong.length > 0 ? failAll(wrong) : ok(parsed);
}

function compile(place: Workplace, parsed: readonly ParsedPolicy[], opa: Opa, locate: Locate): Result<PolicyBuild> {
  place.write(AGGREGATOR, aggregatorOf(parsed.map((each) => each.aggregated)));
  const entrypoints = ENTRYPOINTS.flatMap((each) => ["--entrypoint", each]);
  const run = place.run(
    "build",
    "--target",
    "wasm",
    ...entrypoints,
    "--capabilities",
    CAPABILITIES,
    "--output",
    "bundle.tar.gz",
    "policies",
    AGGREGATOR,
  );
  // `build` has no JSON form; what it could complain about was checked before.
  const built = compilerErrors(run, locate);
  if (!built.ok) return built;
  const raw = fileInTar(gunzipSync(fs.readFileSync(path.join(place.folder, "bundle.tar.gz"))), "/policy.wasm");
  if (!raw) return failAll([problem("POLICY_SOURCE", { detail: "The compiler wrote no module." })]);
  const builtins = [...new Set(parsed.flatMap((each) => each.functions))].sort(byCodeUnit);
  const wasm = withGuards(withoutStart(raw), nativesAmong(builtins));
  const inspected = inspectModule(wasm);
  if (!inspected.ok) return inspected;
  const texts = parsed.map(({ source }) => source);
  const lock: PolicyLock = {
    formatVersion: "1.0",
    opa: { version: opa.version, sha256: opa.sha256 },
    sources: policySourcesDigest(texts),
    texts: Object.fromEntries(texts.map((each) => [each.name, digestBytes(each.rego)])),
    data: Object.fromEntries(texts.map((each) => [each.name, each.data])),
    wasm: digestBytes(wasm),
    entrypoints: ENTRYPOINTS,
    builtins,
    policies: texts.map((each) => each.name),
    reads: shortest(parsed.flatMap((each) => each.reads)),
    rules: rulesOf(parsed),
  };
  return ok({ wasm, lock, parsed });
}

/** The lock file's text. */
export function lockText(lock: PolicyLock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Without what another path already covers, sorted. */
function shortest(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths)].sort(byCodeUnit);
  return unique.filter((one) => !unique.some((other) => other !== one && (other === "" || one.startsWith(`${other}.`))));
}

function rulesOf(parsed: readonly ParsedPolicy[]): PolicyLock["rules"] {
  const all = parsed.flatMap((each) => each.rules).toSorted((a, b) => byCodeUnit(a.rule, b.rule));
  return Object.fromEntries(all.map(({ rule, file, line, entry, effect }) => [rule, { file, line, entry, effect }]));
}

function nameTaken({ name, file, firstLine }: BuildSource): Diagnostic {
  return problem("POLICY_RULE_SHAPE", {
    detail: `The name "${name}" belongs to another policy in force, so nobody could tell whose rules ${name}.* are.`,
    remedy: "Give the Policy another name.",
    at: { file, line: firstLine, column: 1 },
    context: { policy: name },
  });
}
