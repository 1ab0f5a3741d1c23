/**
 * Measures the running gateway: a table on standard error, JSON on standard output.
 *
 *   npm run bench:gateway                    everything
 *   npm run bench:gateway -- --rounds 3      fewer rounds; the figures are medians
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
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

async function start(folder: string): Promise<Started> {
  const startedAt = performance.now();
  const child = spawn(NODE, [MOLTBOT, "gateway", "run", "-o", "jsonl"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, LC_ALL: "C" },
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
    ];
    const machine = { cpus: os.availableParallelism(), node: process.version, load: os.loadavg()[0] };
    process.stdout.write(`${JSON.stringify({ machine, rounds, rows }, null, 2)}\n`);
    for (const { name, unit, value, goal } of rows)
      process.stderr.write(`${name.padEnd(32)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(4)} goal ${goal}\n`);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
