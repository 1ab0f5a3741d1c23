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
import { hasEffect, plan, status, verifyAudit } from "../../reconciler/engine.ts";
import { agentText, codesOf, ECHO, manifest, PROJECT, value, worldOf, write } from "../engine.fixture.ts";

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
const world = worldOf();

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
export async function prepare(kind: "first" | "update" | "forget"): Promise<Scenario> {
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
  const { digest, generation, unmanaged } = await outcomeOf(whole);
  rmSync(whole, { recursive: true, force: true });
  return { folder, points, digest, generation, unmanaged };
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

interface Outcome {
  readonly digest: string;
  readonly generation: number;
  readonly unmanaged: readonly string[];
  readonly open: readonly unknown[];
}

async function outcomeOf(repo: string): Promise<Outcome> {
  const { active, openIntent, candidate, unmanaged } = value(await status({ repo }, world)) ?? {};
  return { digest: active?.digest ?? "", generation: active?.number ?? 0, unmanaged: unmanaged ?? [], open: [openIntent, candidate] };
}

/** The end state is that of an undisturbed apply, nothing is left open, the ledger verifies, a plan has no changes. */
async function converges(repo: string, scenario: Scenario, what: string): Promise<void> {
  const again = moltbot(repo, ["apply", "--auto-approve"]);
  expect(again.code, `${what}; the next apply: ${again.err}`).toBe(0);
  const { digest, generation, unmanaged } = scenario;
  expect(await outcomeOf(repo), what).toEqual({ digest, generation, unmanaged, open: [null, null] });
  expect(codesOf(await verifyAudit({ repo }, null, world)), `${what}; the ledger`).toEqual([]);
  const planned = value(await plan({ repo }, world));
  expect(hasEffect(planned.plan.body), `${what}; the plan`).toBe(false);
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

async function inCopy(scenario: Scenario, use: (repo: string) => Promise<void>): Promise<void> {
  const repo = copyOf(scenario.folder);
  try {
    await use(repo);
  } finally {
    rmSync(repo, { recursive: true, force: true });
  }
}

/** Every `nth` of these, beginning anywhere: what one run leaves out is another one's. A failure names its point. */
export function sampled<T>(all: readonly T[], nth: number): readonly T[] {
  const first = Math.floor(Math.random() * nth);
  return all.filter((_, i) => i % nth === first);
}

/** Kills an apply at one point, then applies again. */
export async function killAt(scenario: Scenario, point: Point): Promise<void> {
  await inCopy(scenario, async (repo) => {
    const what = `killed at ${point.text}`;
    const killed = disturbed(repo, point.call, `signal=KILL:when=${point.nth}`);
    expect(killed.signal === "SIGKILL" || killed.code === 137 || killed.code === 0, `${what}: ${killed.err}`).toBe(true);
    await converges(repo, scenario, what);
  });
}

/**
 * Fails one system call, and every one of its kind after it, with an error of the disk: the apply ends
 * with a documented outcome and no stack trace, and once the disk is well the next one converges.
 */
export async function failAt(scenario: Scenario, point: Point, error: "ENOSPC" | "EIO"): Promise<void> {
  await inCopy(scenario, async (repo) => {
    const what = `${error} from ${point.text}`;
    const failed = disturbed(repo, point.call, `error=${error}:when=${point.nth}+`);
    expect([0, 7, 9], `${what}: ${failed.err}`).toContain(failed.code);
    expect(failed.err, what).not.toMatch(/^\s+at /m);
    await converges(repo, scenario, what);
  });
}
