/**
 * Measures the running gateway: a table on standard error, JSON on standard output.
 *
 *   npm run bench:gateway                    everything
 *   npm run bench:gateway -- --rounds 3      fewer rounds; the figures are medians
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

const { values: asked } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });
const rounds = Number(asked.rounds);
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
  const child = spawn(NODE, [MOLTBOT, "gateway", "run", "-o", "jsonl"], {
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

/** Resident memory, from the kernel. */
function residentMiB(pid: number): number {
  const [, kib = "0"] = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

const CONVERSATIONS = 200;
const LOAD_MS = 5_000;
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
async function underLoad(url: string): Promise<Load> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONVERSATIONS });
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
  agent.destroy();
  const seconds = (performance.now() - startedAt) / 1_000;
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
    await underLoad(facts.url);
    const { perSecond, p50Ms, p99Ms } = await underLoad(facts.url);
    return [
      { name: `messages, ${CONVERSATIONS} conversations`, unit: "/s", value: perSecond, goal: 500 },
      { name: "answer, p50", unit: "ms", value: p50Ms, goal: null },
      { name: "answer, p99", unit: "ms", value: p99Ms, goal: 50 },
      { name: "memory under load", unit: "MiB", value: residentMiB(started.child.pid ?? 0), goal: null },
    ];
  } finally {
    await stop(started);
  }
}

async function main(): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-gateway-"));
  try {
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
    const rows = [
      { name: "start to ready", unit: "ms", value: median(ready), goal: 1_000 },
      { name: "idle memory", unit: "MiB", value: median(idle), goal: 150 },
      { name: "stop", unit: "ms", value: median(stopped), goal: 5_000 },
      ...(await loadRows(scratch)),
    ];
    const machine = { cpus: os.availableParallelism(), node: process.version, load: os.loadavg()[0] };
    process.stdout.write(`${JSON.stringify({ machine, rounds, rows }, null, 2)}\n`);
    for (const { name, unit, value, goal } of rows)
      process.stderr.write(
        `${name.padEnd(32)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(4)} ${goal === null ? "" : `goal ${goal}`}\n`,
      );
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
