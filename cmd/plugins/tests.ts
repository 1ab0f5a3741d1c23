import { load } from "js-yaml";
import {
  byCodeUnit,
  escapeText,
  fail,
  InternalError,
  isObject,
  jsonEqual,
  LIMITS,
  ok,
  problem,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import { loadPlugin, type LoadedPlugin } from "../../runtime/load/index.ts";
import { needFor, ownTools, programOf, runPlugin, type HostCall, type RunningPlugin } from "../../runtime/sandbox/index.ts";
import type { Run } from "../../runtime/run/index.ts";
import { formatErrors } from "../../schemas/index.ts";
import { loadPlugins, type ArchiveFile, type PluginManifest } from "../../trust/signatures/index.ts";

const TESTS_FILE = "tests.yaml";
const MIB = 1024 * 1024;

/** A request of the plugin. */
export interface Asked {
  readonly tool: string;
  readonly args: JsonObject;
  /** The credentials that the host would send along, as the plugin names them. */
  readonly credentials: readonly string[];
  readonly answered: boolean;
}

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
  readonly asked: readonly Asked[];
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
  readonly credentials?: readonly string[];
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
  const asked: Asked[] = [];
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

/** A host that knows what `tests.yaml` says; what the manifest does not need is refused as it would be. */
function hostOf(manifest: PluginManifest, tests: PluginTests, asked: Asked[]): HostCall {
  const kept = new Map<string, Json>();
  const plugin = asDeclared(manifest);
  return async (tool, args) => {
    if (tool === "storage") return ok(storageIn(kept, args));
    const request = tool === "http.fetch" ? await requestOf(plugin, args) : otherRequest(plugin, tool);
    const credentials = request.ok ? request.value : [];
    const found = request.ok ? tests.host?.find((each) => each.tool === tool && fits(each, args, credentials)) : undefined;
    const isAnswered = found?.answer !== undefined && found.refuse === undefined;
    asked.push({ tool, args, credentials, answered: isAnswered });
    if (isAnswered) return ok(found.answer);
    if (!request.ok) return request;
    return fail(
      undeclared(tool, found ? `the tests refuse it with ${found.refuse ?? "nothing"}` : "no entry of `host` in the tests fits it"),
    );
  };
}

/** What the manifest asks for, as if a Plugin resource gave exactly that. */
function asDeclared({ name, capabilities, credentials }: PluginManifest): LoadedPlugin {
  const given = (Array.isArray(credentials) ? (credentials as readonly JsonObject[]) : []).map((each) => ({
    ...each,
    value: { secret: "test" },
  }));
  const spec = { capabilities: capabilities ?? [], credentials: given };
  return loadPlugin({ apiVersion: "moltbot.dev/v1alpha1", kind: "Plugin", metadata: { name }, spec });
}

/** The request as the gateway would read it, and the names of the credentials it would carry: refused for the same reasons. */
async function requestOf({ needs, credentials }: LoadedPlugin, args: JsonObject): Promise<Result<readonly string[]>> {
  const { fetchTool } = await import("../../runtime/tools/index.ts");
  const nothing = (): never => {
    throw new InternalError("a test of a plugin sends nothing");
  };
  const tool = fetchTool({ live: nothing });
  const offered = credentials.map((each) => ({ ...each, open: nothing }));
  const call = tool.canonicalise(args, NOBODY, offered);
  if (!call.ok) return call;
  if (!needFor(needs, call.value)) return fail(undeclared("http.fetch", "no need in the manifest covers it"));
  const along = call.value.facts["credentials"];
  return ok(Array.isArray(along) ? along.filter((each) => typeof each === "string") : []);
}

const NOBODY: Run = {
  owner: "test/test",
  agent: "test",
  session: "test",
  id: "test",
  principal: null,
  channel: null,
  callers: [],
  behind: [],
  signal: new AbortController().signal,
};

function otherRequest({ needs }: LoadedPlugin, tool: string): Result<readonly string[]> {
  return needs.some((need) => need.tool === tool) ? ok([]) : fail(undeclared(tool, "the manifest does not need it"));
}

function undeclared(tool: string, why: string): ReturnType<typeof problem> {
  return problem("PLUGIN_NOT_DECLARED", { detail: `${tool} is refused: ${why}.` });
}

function fits({ args = {}, credentials }: HostAnswer, asked: JsonObject, along: readonly string[]): boolean {
  const areThose = credentials === undefined || jsonEqual(credentials.toSorted(byCodeUnit), along.toSorted(byCodeUnit));
  return areThose && Object.entries(args).every(([name, value]) => asked[name] !== undefined && jsonEqual(asked[name], value));
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
