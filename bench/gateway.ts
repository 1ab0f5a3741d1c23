/**
 * Measures the running gateway: a table on standard error, JSON on standard output.
 *
 *   npm run bench:gateway                    everything, with what the gate and a plugin cost (bench/gate.ts, bench/sandbox.ts)
 *   npm run bench:gateway -- --rounds 3      fewer rounds; the figures are medians
 *   npm run bench:gateway -- --only load     messages alone; or start, gate, sandbox
 *   npm run bench:gateway -- --profile DIR   a CPU profile of the gateway under load, for bench/profile.ts
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/checkout.ts";
import { CONVERSATIONS, closedLoop, healthDuring, loadRepository, offered, sayTo, SECRET, type Load } from "./gateway-load.ts";
import { median, MOLTBOT, NODE, run } from "./run.ts";

const { values: asked } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, only: { type: "string" }, profile: { type: "string" } },
});
const rounds = Number(asked.rounds);
const isWanted = (part: string): boolean => asked.only === undefined || asked.only === part;
const START_DEADLINE_MS = 30_000;
/** As long as it takes until what a start leaves behind is collected. */
const SETTLE_MS = 2_000;

interface Started {
  readonly child: ChildProcess;
  /** From the start of the process to its word that it is ready. */
  readonly readyMs: number;
}

async function start(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const startedAt = performance.now();
  const profile = asked.profile === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", path.resolve(asked.profile)];
  const child = spawn(NODE, [...profile, MOLTBOT, "gateway", "run", "-o", "jsonl"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, LC_ALL: "C", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('"type":"ready"')) {
    if (child.exitCode !== null || performance.now() - startedAt > START_DEADLINE_MS) throw new Error(`the gateway did not start: ${said}`);
    await sleep(2);
  }
  return { child, readyMs: performance.now() - startedAt };
}

async function stop({ child }: Started): Promise<number> {
  const startedAt = performance.now();
  child.kill("SIGTERM");
  await once(child, "close");
  return performance.now() - startedAt;
}

/** Seconds of CPU that a process took so far, from the kernel: in ticks of 10 ms. */
function cpuSeconds(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory, from the kernel. */
function residentMiB(pid: number): number {
  const [, kib = "0"] = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

const LOAD_MS = 5_000;
/** Messages a second that are due, whether those before were answered or not. */
const OFFERED = 500;
/** More than it can do, so often. */
const TOO_MUCH = 3;

function rowsOf(
  what: string,
  { perSecond, p50Ms, p99Ms, refused }: Load,
  goals: { perSecond?: number; p99Ms?: number } = {},
): readonly Row[] {
  return [
    { name: `${what}: answered`, unit: "/s", value: perSecond, goal: goals.perSecond ?? null },
    { name: `${what}: p50`, unit: "ms", value: p50Ms, goal: null },
    { name: `${what}: p99`, unit: "ms", value: p99Ms, goal: goals.p99Ms ?? null },
    { name: `${what}: told to come again`, unit: "", value: refused, goal: null },
  ];
}

async function loadRows(scratch: string): Promise<readonly Row[]> {
  const folder = loadRepository(scratch);
  const applied = run([NODE, MOLTBOT, "apply", "--auto-approve", "-C", folder]);
  if (applied.code !== 0) throw new Error(applied.stderr);
  const started = await start(folder, { HOOK_SECRET: SECRET });
  // A pool, as senders have one: who opens a connection for each message that waits is slowed down by TCP itself.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 * CONVERSATIONS });
  try {
    const status = run([NODE, MOLTBOT, "gateway", "status", "-o", "json", "-C", folder]);
    const { facts } = JSON.parse(status.stdout) as { readonly facts: { readonly url: string } };
    const pid = started.child.pid ?? 0;
    const kept = sayTo(facts.url, agent);
    // The connections stand, and every conversation has begun, before anything is measured.
    const begun = await closedLoop(kept, LOAD_MS / 2);
    const cpuBefore = cpuSeconds(pid);
    const loop = closedLoop(kept, LOAD_MS);
    const health = await healthDuring(facts.url, loop);
    const closed = await loop;
    const cpuMs = (cpuSeconds(pid) - cpuBefore) * 1_000;
    await sleep(SETTLE_MS);
    const steady = await offered(kept, OFFERED, 2 * LOAD_MS);
    await sleep(SETTLE_MS);
    const apiece = await offered(sayTo(facts.url, false), OFFERED, LOAD_MS);
    await sleep(SETTLE_MS);
    const flood = offered(kept, Math.round(closed.perSecond * TOO_MUCH), LOAD_MS);
    const floodHealth = await healthDuring(facts.url, flood);
    return [
      ...rowsOf(`${CONVERSATIONS} conversations begin`, begun),
      ...rowsOf(`${CONVERSATIONS} conversations`, closed, { perSecond: OFFERED }),
      { name: "health meanwhile, p99", unit: "ms", value: health.p99Ms, goal: null },
      { name: "CPU of the gateway per message", unit: "ms", value: cpuMs / (closed.perSecond * (LOAD_MS / 1_000)), goal: null },
      ...rowsOf(`${OFFERED}/s offered`, steady, { perSecond: OFFERED, p99Ms: 50 }),
      ...rowsOf(`${OFFERED}/s, each a new connection`, apiece),
      ...rowsOf(`${TOO_MUCH} times what it can do`, await flood),
      { name: "health meanwhile, p99", unit: "ms", value: floodHealth.p99Ms, goal: null },
      { name: "memory under load", unit: "MiB", value: residentMiB(pid), goal: null },
    ];
  } finally {
    agent.destroy();
    await stop(started);
  }
}

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly goal: number | null;
}

async function startRows(scratch: string): Promise<readonly Row[]> {
  const folder = path.join(scratch, "quickstart");
  fs.cpSync(path.join(ROOT, "examples", "quickstart"), folder, { recursive: true });
  const applied = run([NODE, MOLTBOT, "apply", "--auto-approve", "-C", folder]);
  if (applied.code !== 0) throw new Error(applied.stderr);
  const [ready, idle, stopped]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= rounds; round++) {
    const started = await start(folder);
    await sleep(SETTLE_MS);
    const mib = residentMiB(started.child.pid ?? 0);
    const stopMs = await stop(started);
    process.stderr.write(
      `${round === 0 ? "warm-up" : `round ${round}`}  ready ${started.readyMs.toFixed(0)} ms  idle ${mib.toFixed(0)} MiB\n`,
    );
    if (round === 0) continue;
    ready.push(started.readyMs);
    idle.push(mib);
    stopped.push(stopMs);
  }
  return [
    { name: "start to ready", unit: "ms", value: median(ready), goal: 1_000 },
    { name: "idle memory", unit: "MiB", value: median(idle), goal: 150 },
    { name: "stop", unit: "ms", value: median(stopped), goal: 5_000 },
  ];
}

/** The JSON of another bench; its table goes where ours does. */
function alone(name: string): unknown {
  const ran = run([NODE, path.join(ROOT, "bench", name)]);
  process.stderr.write(ran.stderr);
  if (ran.code !== 0) throw new Error(`${name} ended with ${ran.code}`);
  return JSON.parse(ran.stdout) as unknown;
}

async function main(): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-gateway-"));
  try {
    const rows = [...(isWanted("start") ? await startRows(scratch) : []), ...(isWanted("load") ? await loadRows(scratch) : [])];
    for (const { name, unit, value, goal } of rows)
      process.stderr.write(
        `${name.padEnd(48)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(4)} ${goal === null ? "" : `goal ${goal}`}\n`,
      );
    const machine = { cpus: os.availableParallelism(), node: process.version, load: os.loadavg()[0] };
    const others = {
      ...(isWanted("gate") ? { gate: alone("gate.ts") } : {}),
      ...(isWanted("sandbox") ? { sandbox: alone("sandbox.ts") } : {}),
    };
    process.stdout.write(`${JSON.stringify({ machine, rounds, rows, ...others }, null, 2)}\n`);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
