/** Runs programs and says what they took: wall clock, CPU of the program and its children, peak memory. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ROOT } from "../scripts/checkout.ts";

export const NODE = process.execPath;
export const MOLTBOT = path.join(ROOT, "bin", "moltbot.js");

export interface Ran {
  readonly wallS: number;
  /** User and system time, of its children too. */
  readonly cpuS: number;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** bash's `time` gives the CPU seconds of a program and its children in milliseconds, which Node does not. */
const TIMED = 'TIMEFORMAT="%R %U %S"; time "$0" "$@" >"$BENCH_OUT" 2>"$BENCH_ERR"';

/** Runs to the end with an environment built for it; the output goes to files, as a pipe would slow it down. */
export function run(command: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Ran {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-run-"));
  const [out, err] = [path.join(scratch, "out"), path.join(scratch, "err")];
  const env = { PATH: process.env["PATH"], HOME: scratch, NO_COLOR: "1", LC_ALL: "C", ...options.env, BENCH_OUT: out, BENCH_ERR: err };
  const ended = spawnSync("bash", ["-c", TIMED, ...command], { cwd: options.cwd, env, encoding: "utf8", maxBuffer: 1024 * 1024 });
  const figures = /(\d+\.\d+) (\d+\.\d+) (\d+\.\d+)\s*$/.exec(ended.stderr);
  if (!figures) throw new Error(`bash's time said nothing: ${ended.stderr}`);
  const [, wall = "0", user = "0", system = "0"] = figures;
  const result = {
    wallS: Number(wall),
    cpuS: Number(user) + Number(system),
    code: ended.status ?? -1,
    stdout: read(out),
    stderr: read(err),
  };
  fs.rmSync(scratch, { recursive: true, force: true });
  return result;
}

function read(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** Loaded into the program that is measured; small, so that it measures next to nothing of itself. */
const PROBE =
  'process.on("exit", () => process.getBuiltinModule("fs").writeFileSync(process.env.BENCH_RSS, String(process.resourceUsage().maxRSS)))';

/** The same, for a Node program, with its peak resident memory in MiB: it says so itself as it ends. */
export function peakMiB(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bench-rss-")), "rss");
  run([NODE, `--import=data:text/javascript,${encodeURIComponent(PROBE)}`, ...args], { env: { ...env, BENCH_RSS: file } });
  const kib = Number(read(file));
  fs.rmSync(path.dirname(file), { recursive: true, force: true });
  return kib / 1024;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** The slope of log(y) over log(x) by least squares: 1 is linear, 2 is quadratic. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.filter(([, y]) => y > 0).map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (pick: 0 | 1): number => logs.reduce((sum, point) => sum + point[pick], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}
