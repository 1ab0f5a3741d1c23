/**
 * Kills an apply at one system call after the other (strace injects SIGKILL as the call is entered),
 * and checks what the next apply makes of it. All durable writes of an apply are synchronous on the
 * main thread, so the calls of that thread, in order, are every point at which something can be half
 * done.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished } from "vitest";
import { agentText, ECHO, manifest, PROJECT, write } from "../engine.fixture.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CLI = join(ROOT, "bin/moltbot.js");

/** Calls that change something that outlives the process. `openat` counts only where it creates. */
const MUTATING = [
  "openat",
  "mkdir",
  "write",
  "pwrite64",
  "pwritev",
  "fsync",
  "fdatasync",
  "rename",
  "renameat2",
  "unlink",
  "ftruncate",
  "fallocate",
];

const ENV = { PATH: process.env["PATH"] ?? "", UV_THREADPOOL_SIZE: "1", NODE_DISABLE_COMPILE_CACHE: "1", NO_COLOR: "1" };
const LIMIT_MS = 60_000;

/** Whether `strace` is here. CI must have it: a missing one is a failure there, not a skipped test. */
export function hasStrace(): boolean {
  const found = spawnSync("strace", ["--version"]).status === 0;
  if (!found && process.env["CI"] === "true") throw new Error("strace is not installed");
  return found;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string, args: readonly string[]): Ended {
  const child = spawnSync(command, args, { env: ENV, encoding: "utf8", timeout: LIMIT_MS });
  return { code: child.status, signal: child.signal, out: child.stdout, err: child.stderr };
}

function moltbot(repo: string, args: readonly string[]): Ended {
  return run(process.execPath, [CLI, ...args, "-C", repo]);
}

/** One system call of the main thread: its name and which of that name it is. */
export interface Point {
  readonly call: string;
  readonly nth: number;
  readonly text: string;
}

export interface Scenario {
  /** A folder to copy for each try: a repository and what was applied from it so far. */
  readonly folder: string;
  readonly points: readonly Point[];
  /** The row digest of the generation that an undisturbed apply ends in. */
  readonly digest: string;
  readonly generation: number;
  readonly unmanaged: readonly string[];
}

const BEFORE = { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a"), "r/b.yaml": agentText("b") };
const AFTER = {
  "r/a.yaml": agentText("a", "prompt: Be short."),
  "r/b.yaml": null,
  "r/c.yaml": agentText("c"),
  "r/s.yaml": manifest("Skill", "s", "prompt: Do it."),
};

/** What is released goes to another owner, and that is no second moment at which a kill could tear things apart. */
const FORGETTING = { "moltbot.yaml": `${PROJECT}  forget: [Agent/b]\n` };

/** `first`: an apply into nothing. `update`: one that updates, creates and deletes. `forget`: one that releases. */
export function prepare(kind: "first" | "update" | "forget"): Scenario {
  const folder = mkdtempSync(join(tmpdir(), "moltbot-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, kind === "forget" ? { ...BEFORE, ...FORGETTING } : BEFORE);
  if (kind !== "first") {
    expect(moltbot(folder, ["apply", "--auto-approve"])).toMatchObject({ code: 0 });
    write(folder, AFTER);
  }
  const whole = copyOf(folder);
  const log = join(whole, "strace.log");
  const traced = run("strace", [
    "-f",
    "-qq",
    "-y",
    "-e",
    `trace=${MUTATING.join(",")}`,
    "-o",
    log,
    process.execPath,
    CLI,
    "apply",
    "--auto-approve",
    "-C",
    whole,
  ]);
  expect(traced).toMatchObject({ code: 0 });
  const points = pointsOf(readFileSync(log, "utf8"));
  const { active, unmanaged } = statusOf(whole);
  rmSync(whole, { recursive: true, force: true });
  return { folder, points, digest: active.digest, generation: active.number, unmanaged };
}

function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), "moltbot-killed-"));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The main thread is the one that the log names first. */
function pointsOf(log: string): Point[] {
  const main = /^(\d+) /.exec(log)?.[1];
  const counts = new Map<string, number>();
  const points: Point[] = [];
  for (const line of log.split("\n")) {
    const call = /^(\d+) +([a-z0-9]+)\(/.exec(line);
    const name = call?.[2];
    if (call?.[1] !== main || name === undefined) continue;
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    if (name !== "openat" || line.includes("O_CREAT")) points.push({ call: name, nth, text: line.slice(0, 160) });
  }
  return points;
}

interface Active {
  readonly number: number;
  readonly digest: string;
}

interface Status {
  readonly active: Active;
  readonly openIntent: unknown;
  readonly candidate: unknown;
  readonly unmanaged: readonly string[];
}

function statusOf(repo: string): Status {
  const status = moltbot(repo, ["status", "-o", "json"]);
  expect(status).toMatchObject({ code: 0 });
  return JSON.parse(status.out) as Status;
}

/** The end state is that of an undisturbed apply, nothing is left open, the ledger verifies, a plan has no changes. */
function converges(repo: string, scenario: Scenario, what: string): void {
  const again = moltbot(repo, ["apply", "--auto-approve"]);
  expect(again.code, `${what}; the next apply: ${again.err}`).toBe(0);
  const { active, openIntent, candidate, unmanaged } = statusOf(repo);
  expect([active.digest, active.number, unmanaged], what).toEqual([scenario.digest, scenario.generation, scenario.unmanaged]);
  expect([openIntent, candidate], what).toEqual([null, null]);
  const audit = moltbot(repo, ["audit", "verify"]);
  expect(audit.code, `${what}; the ledger: ${audit.err}`).toBe(0);
  const plan = moltbot(repo, ["plan", "--detailed-exitcode"]);
  expect(plan.code, `${what}; the plan: ${plan.out}${plan.err}`).toBe(0);
}

function disturbed(repo: string, call: string, effect: string): Ended {
  const inject = `inject=${call}:${effect}`;
  const args = [
    "-f",
    "-qq",
    "-e",
    `trace=${call}`,
    "-e",
    inject,
    "-o",
    "/dev/null",
    process.execPath,
    CLI,
    "apply",
    "--auto-approve",
    "-C",
    repo,
  ];
  return run("strace", args);
}

function inCopy(scenario: Scenario, use: (repo: string) => void): void {
  const repo = copyOf(scenario.folder);
  try {
    use(repo);
  } finally {
    rmSync(repo, { recursive: true, force: true });
  }
}

/** Kills an apply at one point, then applies again. */
export function killAt(scenario: Scenario, point: Point): void {
  inCopy(scenario, (repo) => {
    const what = `killed at ${point.text}`;
    const killed = disturbed(repo, point.call, `signal=KILL:when=${point.nth}`);
    expect(killed.signal === "SIGKILL" || killed.code === 137 || killed.code === 0, `${what}: ${killed.err}`).toBe(true);
    converges(repo, scenario, what);
  });
}

/**
 * Fails one system call, and every one of its kind after it, with an error of the disk: the apply ends
 * with a documented outcome and no stack trace, and once the disk is well the next one converges.
 */
export function failAt(scenario: Scenario, point: Point, error: "ENOSPC" | "EIO"): void {
  inCopy(scenario, (repo) => {
    const what = `${error} from ${point.text}`;
    const failed = disturbed(repo, point.call, `error=${error}:when=${point.nth}+`);
    expect([0, 7, 9], `${what}: ${failed.err}`).toContain(failed.code);
    expect(failed.err, what).not.toMatch(/^\s+at /m);
    converges(repo, scenario, what);
  });
}
