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
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { signWebhook } from "../runtime/channels/adapters/webhook/index.ts";
import { ROOT } from "../scripts/checkout.ts";
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

const CONVERSATIONS = 200;
const LOAD_MS = 5_000;
/** Messages a second that are due, whether those before were answered or not. */
const OFFERED = 500;
const OFFERED_MS = 10_000;
const SECRET = "what-requests-of-the-bench-are-signed-with";

/** A repository whose one agent answers 200 senders through a webhook. */
function loadRepository(scratch: string): string {
  const folder = path.join(scratch, "load");
  const api = "apiVersion: moltbot.dev/v1alpha1";
  const files: Readonly<Record<string, readonly string[]>> = {
    "moltbot.yaml": [api, "kind: Project", "metadata:", "  name: load", "spec:", "  target:", "    type: embedded"],
    "bots/agent.yaml": [api, "kind: Agent", "metadata:", "  name: a", "spec:", "  model:", "    provider: echo", "    name: echo-1"],
    "bots/provider.yaml": [api, "kind: ModelProvider", "metadata:", "  name: echo", "spec:", "  type: echo", "  local: true"],
    "bots/secret.yaml": [
      api,
      "kind: Secret",
      "metadata:",
      "  name: hook",
      "spec:",
      "  values:",
      "    shared:",
      "      env:",
      "        name: HOOK_SECRET",
    ],
    "bots/channel.yaml": [
      api,
      "kind: Channel",
      "metadata:",
      "  name: hook",
      "spec:",
      "  type: webhook",
      "  credentials:",
      "    webhookSecret:",
      "      secret: hook",
      "      key: shared",
      "  access:",
      "    direct: allowlist",
      "    allow:",
      ...Array.from({ length: CONVERSATIONS }, (_, i) => `      - s${i}`),
      "  routing:",
      "    - agent: a",
      "  rateLimits:",
      "    perSender: 100000/min",
      "    total: 1000000/min",
    ],
  };
  for (const [name, lines] of Object.entries(files)) {
    fs.mkdirSync(path.join(folder, "bots"), { recursive: true });
    fs.writeFileSync(path.join(folder, name), `${lines.join("\n")}\n`);
  }
  return folder;
}

interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Each sender writes its next message when the one before was answered; client and gateway share the machine. */
async function underLoad(agent: http.Agent, url: string): Promise<Load> {
  const taken: number[] = [];
  const startedAt = performance.now();
  const talk = async (sender: number): Promise<void> => {
    for (let i = 0; performance.now() - startedAt < LOAD_MS; i++) {
      const before = performance.now();
      await say(agent, url, `s${sender}`, `message ${i}`);
      taken.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: CONVERSATIONS }, (_, i) => talk(i)));
  const seconds = (performance.now() - startedAt) / 1_000;
  return loadOf(taken, seconds);
}

/** Messages at a steady rate, from one sender after the other; the time of each counts from when it was due. */
async function offered(agent: http.Agent, url: string): Promise<Load> {
  const taken: number[] = [];
  const all: Promise<void>[] = [];
  const startedAt = performance.now();
  const count = (OFFERED * OFFERED_MS) / 1_000;
  for (let i = 0; i < count;) {
    const due = startedAt + (i * 1_000) / OFFERED;
    if (due > performance.now()) {
      await sleep(1);
      continue;
    }
    all.push(say(agent, url, `s${i % CONVERSATIONS}`, `message ${i}`).then(() => void taken.push(performance.now() - due)));
    i++;
  }
  await Promise.all(all);
  return loadOf(taken, (performance.now() - startedAt) / 1_000);
}

function loadOf(taken: number[], seconds: number): Load {
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { perSecond: taken.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function say(agent: http.Agent, url: string, sender: string, text: string): Promise<void> {
  const body = Buffer.from(JSON.stringify({ sender, text }));
  const signed = signWebhook(SECRET, String(Math.floor(Date.now() / 1_000)), randomBytes(16).toString("hex"), body);
  const headers = { "content-type": "application/json", "content-length": body.length, ...signed };
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/hooks/hook`, { method: "POST", agent, headers }, (response) => {
      let said = "";
      response.on("data", (chunk: Buffer) => (said += chunk.toString()));
      response.on("end", () => {
        if (response.statusCode === 200 && said.includes(text)) resolve();
        else reject(new Error(`${response.statusCode}: ${said}`));
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function loadRows(scratch: string): Promise<readonly { name: string; unit: string; value: number; goal: number | null }[]> {
  const folder = loadRepository(scratch);
  const applied = run([NODE, MOLTBOT, "apply", "--auto-approve", "-C", folder]);
  if (applied.code !== 0) throw new Error(applied.stderr);
  const started = await start(folder, { HOOK_SECRET: SECRET });
  try {
    const status = run([NODE, MOLTBOT, "gateway", "status", "-o", "json", "-C", folder]);
    const { facts } = JSON.parse(status.stdout) as { readonly facts: { readonly url: string } };
    // The connections stand before anything is measured: Node accepts one with each turn of its loop, and turns are long under load.
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONVERSATIONS });
    await underLoad(agent, facts.url);
    const pid = started.child.pid ?? 0;
    const cpuBefore = cpuSeconds(pid);
    const { perSecond, p50Ms, p99Ms } = await underLoad(agent, facts.url);
    const cpuAfter = cpuSeconds(pid);
    await sleep(SETTLE_MS);
    const steady = await offered(agent, facts.url);
    agent.destroy();
    return [
      { name: `messages, ${CONVERSATIONS} conversations`, unit: "/s", value: perSecond, goal: 500 },
      { name: "answer, p50", unit: "ms", value: p50Ms, goal: null },
      { name: "answer, p99", unit: "ms", value: p99Ms, goal: null },
      {
        name: "CPU of the gateway per message",
        unit: "ms",
        value: ((cpuAfter - cpuBefore) * 1_000) / (perSecond * (LOAD_MS / 1_000)),
        goal: null,
      },
      { name: `answered of ${OFFERED}/s offered`, unit: "/s", value: steady.perSecond, goal: OFFERED },
      { name: "answer since it was due, p50", unit: "ms", value: steady.p50Ms, goal: null },
      { name: "answer since it was due, p99", unit: "ms", value: steady.p99Ms, goal: 50 },
      { name: "memory under load", unit: "MiB", value: residentMiB(pid), goal: null },
    ];
  } finally {
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
        `${name.padEnd(32)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(4)} ${goal === null ? "" : `goal ${goal}`}\n`,
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
