import { load } from "js-yaml";
import { escapeText, fail, isObject, jsonEqual, LIMITS, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { ownTools, programOf, runPlugin, type HostCall, type RunningPlugin } from "../../runtime/sandbox/index.ts";
import { formatErrors } from "../../schemas/index.ts";
import { loadPlugins, type ArchiveFile, type PluginManifest } from "../../trust/signatures/index.ts";

const TESTS_FILE = "tests.yaml";
const MIB = 1024 * 1024;

/** One call and what came of it. */
export interface TestedCall {
  readonly name: string;
  readonly tool: string;
  readonly passed: boolean;
  /** What it returned, or the code it failed with. */
  readonly result: { readonly value: Json } | { readonly code: string; readonly detail: string };
  /** What was wanted instead, in words; null when it passed. */
  readonly wanted: string | null;
  /** What the plugin asked of the host, in order, and whether it was answered. */
  readonly asked: readonly { readonly tool: string; readonly args: JsonObject; readonly answered: boolean }[];
  readonly logged: readonly string[];
  readonly ms: number;
}

export interface TestedPlugin {
  readonly name: string;
  readonly version: string;
  readonly calls: readonly TestedCall[];
}

interface HostAnswer {
  readonly tool: string;
  readonly args?: JsonObject;
  readonly answer?: string;
  readonly refuse?: string;
}

interface PlannedCall {
  readonly name: string;
  readonly tool: string;
  readonly args?: JsonObject;
  readonly expect?: Json;
  readonly fails?: string;
}

interface PluginTests {
  readonly settings?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly host?: readonly HostAnswer[];
  readonly tests: readonly PlannedCall[];
}

/**
 * Runs calls of a plugin in the sandbox of the gateway, with what its `tests.yaml` says of the host: nothing real
 * is ever asked. Without a tool these are the tests of that file; with one it is a single call.
 */
export async function testPlugin(
  files: readonly ArchiveFile[],
  one: { readonly tool: string; readonly args: JsonObject } | null,
): Promise<Result<TestedPlugin>> {
  const { manifestOf } = await loadPlugins();
  const manifest = await manifestOf({ files });
  if (!manifest.ok) return manifest;
  const tests = await testsIn(files);
  if (!tests.ok) return tests;
  const planned = one ? [{ name: one.tool, ...one }] : tests.value.tests;
  const calls: TestedCall[] = [];
  for (const each of planned) {
    const call = await tested(manifest.value, files, tests.value, each);
    if (!call.ok) return call;
    calls.push(call.value);
  }
  return ok({ name: manifest.value.name, version: manifest.value.version, calls });
}

async function testsIn(files: readonly ArchiveFile[]): Promise<Result<PluginTests>> {
  const file = files.find(({ path }) => path === TESTS_FILE);
  if (!file) return ok({ tests: [] });
  try {
    if (file.bytes.byteLength > LIMITS.pluginManifestBytes) return invalid(`it has more than ${LIMITS.pluginManifestBytes} bytes`);
    const value = JSON.parse(JSON.stringify(load(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes)) ?? null)) as Json;
    const [error] = await formatErrors("PluginTests", value);
    if (error) return invalid(`${error.pointer === "" ? "the top level" : error.pointer} does not fit its ${error.keyword}`);
    return ok(value as unknown as PluginTests);
  } catch (error) {
    return invalid(error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it cannot be read");
  }
}

function invalid(why: string): Result<never> {
  return fail(
    problem("PLUGIN_TESTS_INVALID", {
      detail: `${TESTS_FILE} is refused: ${escapeText(why)}.`,
      remedy: "Every field is in docs/reference/plugin-tests.md.",
    }),
  );
}

async function tested(
  manifest: PluginManifest,
  files: readonly ArchiveFile[],
  tests: PluginTests,
  call: PlannedCall,
): Promise<Result<TestedCall>> {
  const logged: string[] = [];
  const asked: { readonly tool: string; readonly args: JsonObject; readonly answered: boolean }[] = [];
  const running = started(manifest, files, tests, logged);
  if (!running.ok) return running;
  const began = performance.now();
  const result = await running.value.call(call.tool, call.args ?? {}, hostOf(manifest, tests, asked), new AbortController().signal);
  const ms = Math.round(performance.now() - began);
  await running.value.close();
  const [problemOf] = result.ok ? [] : result.diagnostics;
  const shown = result.ok ? { value: result.value } : { code: problemOf?.code ?? "", detail: problemOf?.detail ?? "" };
  const wanted = wantedInstead(call, shown);
  return ok({ name: call.name, tool: call.tool, passed: wanted === null, result: shown, wanted, asked, logged, ms });
}

function wantedInstead(call: PlannedCall, result: TestedCall["result"]): string | null {
  if (call.fails !== undefined) return "code" in result && result.code === call.fails ? null : `a failure with ${call.fails}`;
  if ("code" in result) return call.expect === undefined ? "no failure" : JSON.stringify(call.expect);
  return call.expect === undefined || jsonEqual(call.expect, result.value) ? null : JSON.stringify(call.expect);
}

function started(manifest: PluginManifest, files: readonly ArchiveFile[], tests: PluginTests, logged: string[]): Result<RunningPlugin> {
  const { name } = manifest;
  const code = files.find(({ path }) => path === manifest.entry)?.bytes ?? new Uint8Array();
  const limits = { memoryBytes: 32 * MIB, timeoutMs: 10_000, storageBytes: 16 * MIB };
  const facts = ownTools(manifest).map((tool) => ({
    name: textOf(tool["name"]),
    description: "",
    input: isObject(tool["input"]) ? tool["input"] : {},
  }));
  const program = programOf(
    { name, settings: tests.settings ?? {}, limits, isolation: "worker" },
    manifest,
    code,
    facts,
    tests.secrets ?? {},
  );
  return runPlugin(program, { log: (line) => void logged.push(line), event: () => undefined });
}

/** A host that knows what `tests.yaml` says, and what the manifest does not need is refused as it would be. */
function hostOf(manifest: PluginManifest, tests: PluginTests, asked: { tool: string; args: JsonObject; answered: boolean }[]): HostCall {
  const kept = new Map<string, Json>();
  const needs = Array.isArray(manifest.capabilities) ? (manifest.capabilities as readonly JsonObject[]).map((need) => need["tool"]) : [];
  return (tool, args) => {
    if (tool === "storage") return Promise.resolve(ok(storageIn(kept, args)));
    const found = needs.includes(tool) ? tests.host?.find((each) => each.tool === tool && fits(each, args)) : undefined;
    const isAnswered = found?.answer !== undefined && found.refuse === undefined;
    asked.push({ tool, args, answered: isAnswered });
    if (isAnswered) return Promise.resolve(ok(found.answer));
    const why = found
      ? `the tests refuse it with ${found.refuse ?? "nothing"}`
      : "no entry of `host` in the tests fits it, or the manifest does not need it";
    return Promise.resolve(fail(problem("PLUGIN_NOT_DECLARED", { detail: `${tool} is refused: ${why}.` })));
  };
}

function fits({ args = {} }: HostAnswer, asked: JsonObject): boolean {
  return Object.entries(args).every(([name, value]) => asked[name] !== undefined && jsonEqual(asked[name], value));
}

function storageIn(kept: Map<string, Json>, { op, key, value }: JsonObject): Json {
  const name = textOf(key);
  if (op === "keys") return [...kept.keys()].sort();
  if (op === "delete") return kept.delete(name);
  if (op === "set") kept.set(name, value ?? null);
  return op === "get" ? (kept.get(name) ?? null) : null;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
