/**
 * What calling a plugin and running a command costs: a table on standard error, JSON on standard output.
 *
 *     node bench/sandbox.ts [--calls 300]
 *
 * - first: from nothing to the first answer, thread or process included
 * - call: one after the other, a fresh instance each; and four at once
 * - host: one call with one request to the host
 * - command: `true` in its sandbox
 */
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ok, type Result } from "../core/index.ts";
import { openCommands, runPlugin, type HostCall, type PluginProgram, type RunningPlugin } from "../runtime/sandbox/index.ts";

const { values } = parseArgs({ options: { calls: { type: "string", default: "300" } } });
const count = Number(values.calls);
const host: HostCall = () => Promise.resolve(ok("answer"));
const never = new AbortController().signal;
const SOURCE = `export default { tools: { echo: (args) => args, ask: (args, context) => context.call("http.fetch", args) } };`;

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ code, detail }) => `${code}: ${detail}`).join("; "));
}

function started(over: Partial<PluginProgram>): RunningPlugin {
  const program: PluginProgram = {
    name: "bench",
    runtime: "js",
    code: new TextEncoder().encode(SOURCE),
    settings: {},
    secrets: {},
    inputs: { echo: { type: "object" } },
    limits: { memoryBytes: 32 * 1024 * 1024, timeoutMs: 10_000, storageBytes: 0 },
    isolation: "worker",
    ...over,
  };
  return must(runPlugin(program, { log: () => undefined, event: () => undefined }));
}

const rows: { readonly name: string; readonly p50: number; readonly p99: number }[] = [];

async function row(name: string, times: number, work: () => Promise<unknown>): Promise<void> {
  const ms: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = performance.now();
    await work();
    ms.push(performance.now() - before);
  }
  ms.sort((a, b) => a - b);
  const at = (share: number): number => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;
  rows.push({ name, p50: at(0.5), p99: at(0.99) });
}

const wasm = new Uint8Array(fs.readFileSync(path.join(import.meta.dirname, "../examples/plugins/checksum/checksum.wasm")));
const kinds: readonly (readonly [string, Partial<PluginProgram>, string])[] = [
  ["js", {}, "echo"],
  ["js, process", { isolation: "process" }, "echo"],
  ["wasm", { runtime: "wasm", code: wasm, limits: { memoryBytes: 2 * 1024 * 1024, timeoutMs: 10_000, storageBytes: 0 } }, "crc32"],
];
for (const [name, over, tool] of kinds) {
  const args = { text: "a text of some length" };
  await row(`${name}: first`, 5, async () => {
    const plugin = started(over);
    must(await plugin.call(tool, args, host, never));
    await plugin.close();
  });
  const plugin = started(over);
  await row(`${name}: call`, count, async () => must(await plugin.call(tool, args, host, never)));
  if (over.runtime !== "wasm") {
    await row(`${name}: host`, count, async () => must(await plugin.call("ask", args, host, never)));
    await row(`${name}: four at once, each`, Math.ceil(count / 4), async () => {
      await Promise.all([1, 2, 3, 4].map(async () => must(await plugin.call(tool, args, host, never))));
    });
  }
  await plugin.close();
}
const commands = openCommands();
if ((await commands.protection()).by !== "none") {
  const limits = { timeoutMs: 10_000, memoryBytes: 64 * 1024 * 1024, processes: 8, cpus: 1, outputBytes: 4096, diskBytes: 1024 * 1024 };
  const request = { argv: ["true"], cwd: ".", env: {}, stdin: null, workspace: "/", access: "none", hosts: [], limits } as const;
  await row("command", 30, async () => must(await commands.run(request, never)));
}
for (const { name, p50, p99 } of rows)
  console.error(`${name.padEnd(32)} p50 ${p50.toFixed(2).padStart(8)} ms   p99 ${p99.toFixed(2).padStart(8)} ms`);
console.log(JSON.stringify({ kind: "SandboxBench", calls: count, rows }, null, 2));
