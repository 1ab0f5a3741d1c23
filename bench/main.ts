/**
 * Measures moltbot on this machine: a table on standard error, JSON on standard output.
 *
 *   npm run bench                      everything (a quarter of an hour)
 *   npm run bench -- --quick           tiny sizes: shows that the bench itself works
 *   npm run bench -- --rounds 9        more rounds; the figures are medians
 *   npm run bench -- --sizes 10000     other sizes of the plan rows and of peak memory
 *   npm run bench -- --growth 1000,3000,10000   other sizes of the growth exponents
 *   npm run bench -- --no-growth       without the growth exponents
 *   npm run bench -- --peers cfengine  beside these peers only; --no-peers for none
 *
 * Rows run in turn, round after round, so that a slow minute of a shared machine hits them all. The page
 * cache is warm: every file was written by the run itself. No time counts unless the answer was right.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { closureRows } from "./closure.ts";
import { peerRows, peersHere } from "./peers.ts";
import { growthPoint, memory, otherRows, planRows, startRows, type Bench, type Figures, type Row } from "./rows.ts";
import { exponent, median } from "./run.ts";
import type { Shape } from "./world.ts";

interface Measured {
  readonly name: string;
  readonly wallS: number;
  readonly cpuS: number | null;
  readonly goalS: number | null;
  readonly rounds: number;
}

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    sizes: { type: "string" },
    growth: { type: "string" },
    "no-growth": { type: "boolean", default: false },
    peers: { type: "string" },
    "no-peers": { type: "boolean", default: false },
  },
});
const rounds = Number(asked.rounds ?? (asked.quick ? 1 : 5));
const sizes = (asked.sizes ?? (asked.quick ? "60" : "10000,100000")).split(",").map(Number);
const growthSizes = (asked.growth ?? (asked.quick ? "30,60,120" : "1000,3000,10000,30000,100000")).split(",").map(Number);
const SHAPES: readonly Shape[] = ["random", "hub", "chain"];

async function main(): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-"));
  const bench: Bench = { scratch, env: { XDG_CACHE_HOME: path.join(scratch, "cache") } };
  try {
    const rows = await measureAll(bench);
    const peaks = sizes.map((count) => ({ count, mib: Math.round(memory(bench, count)) }));
    const growth = asked["no-growth"] ? [] : SHAPES.map((shape) => growthOf(bench, shape, startOf(rows)));
    const facts = { machine: machine(), pageCache: "warm", rounds, rows, memory: peaks, growth };
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    process.stderr.write(`\n${table(rows)}\n${rest(facts)}`);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function measureAll(bench: Bench): Promise<readonly Measured[]> {
  const [first = 0] = sizes;
  const wanted = asked.peers?.split(",");
  const peers = asked["no-peers"] ? [] : peersHere().filter((peer) => wanted?.includes(peer) ?? true);
  // Small rows and large ones apart: a round of the large ones takes a minute.
  const groups: readonly (() => readonly Row[])[] = [
    () => startRows(bench),
    ...sizes.map((count) => () => [...planRows(bench, count), ...(count === first ? peerRows(bench, peers, count) : [])]),
    () => otherRows(bench, first, rounds),
    () => closureRows(first),
  ];
  const measured: Measured[] = [];
  for (const make of groups) measured.push(...(await inTurn(make())));
  return measured;
}

/** One round to warm up, then each row once per round. */
async function inTurn(rows: readonly Row[]): Promise<readonly Measured[]> {
  const taken = new Map<string, Figures[]>(rows.map((row) => [row.name, []]));
  for (let round = asked.quick ? 1 : 0; round <= rounds; round++) {
    for (const row of rows) {
      const figures = await row.once(round);
      if (round > 0) taken.get(row.name)?.push(figures);
      process.stderr.write(`${round === 0 ? "warm-up" : `round ${round}`}  ${seconds(figures.wallS)}  ${row.name}\n`);
    }
  }
  return rows.map(({ name, goalS }) => {
    const all = taken.get(name) ?? [];
    const cpu = all.flatMap((each) => each.cpuS ?? []);
    return { name, goalS, rounds, wallS: median(all.map((each) => each.wallS)), cpuS: cpu.length > 0 ? median(cpu) : null };
  });
}

/** CPU seconds of a plan of one file: what every plan pays, and so no part of how cost grows. */
function startOf(rows: readonly Measured[]): number {
  return rows.find((row) => row.name === "plan, one file")?.cpuS ?? 0;
}

interface Growth {
  readonly shape: Shape;
  readonly points: readonly { readonly count: number; readonly cpuS: number }[];
  readonly exponent: number;
}

function growthOf(bench: Bench, shape: Shape, startS: number): Growth {
  const points = growthSizes.map((count) => {
    const cpuS = growthPoint(bench, count, shape, Math.min(rounds, 3));
    process.stderr.write(`growth  ${seconds(cpuS)} CPU  ${shape} ${count}\n`);
    return { count, cpuS };
  });
  return { shape, points, exponent: exponent(points.map(({ count, cpuS }) => [count, cpuS - startS])) };
}

function machine(): Readonly<Record<string, string | number>> {
  const [cpu] = os.cpus();
  return {
    cpus: os.availableParallelism(),
    cpu: cpu?.model ?? "unknown",
    memoryMiB: Math.round(os.totalmem() / 2 ** 20),
    node: process.version,
    load: os.loadavg()[0] ?? 0,
  };
}

function seconds(value: number): string {
  return value < 0.1 ? `${(value * 1000).toFixed(1).padStart(6)} ms` : `${value.toFixed(3).padStart(7)} s`;
}

function table(rows: readonly Measured[]): string {
  const lines = rows.map(({ name, wallS, cpuS, goalS }) => {
    const goal = goalS === null ? "" : `${seconds(goalS)}  ${wallS <= goalS ? "reached" : `${(wallS / goalS).toFixed(1)}x`}`;
    return `${name.padEnd(52)} ${seconds(wallS)}  ${cpuS === null ? "         " : seconds(cpuS)}  ${goal}`;
  });
  return [`${"".padEnd(52)} ${"wall".padStart(9)}  ${"CPU".padStart(9)}  goal`, ...lines].join("\n");
}

function rest(facts: {
  readonly memory: readonly { readonly count: number; readonly mib: number }[];
  readonly growth: readonly Growth[];
}): string {
  const peaks = facts.memory.map(({ count, mib }) => `peak memory of a cold plan, ${count}: ${mib} MiB\n`);
  const growth = facts.growth.map((each) => `CPU growth exponent, ${each.shape}: ${each.exponent.toFixed(2)}\n`);
  return [...peaks, ...growth].join("");
}

await main();
