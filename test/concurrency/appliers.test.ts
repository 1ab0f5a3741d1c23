import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { history, verifyAudit } from "../../reconciler/engine.ts";
import { COMPILED } from "../compiled.fixture.ts";
import { agentText, ECHO, PROJECT, repository, value, worldOf, write } from "../engine.fixture.ts";

const CLI = resolve(import.meta.dirname, "../../bin/moltbot.js");
const ENV = { PATH: process.env["PATH"] ?? "", ...COMPILED, NO_COLOR: "1" };
const world = worldOf();

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

function start(repo: string, args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, "apply", "--auto-approve", "-C", repo, ...args], {
    env: ENV,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return { child, ended: new Promise((done) => child.on("close", (code) => done({ code, err }))) };
}

const applying = (repo: string, args: readonly string[] = []): Promise<Ended> => start(repo, args).ended;

function tree(prompt: string): Readonly<Record<string, string>> {
  return { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a", `prompt: ${prompt}`) };
}

async function generations(repo: string): Promise<number> {
  return value(await history({ repo }, world)).generations[0]?.number ?? 0;
}

/** The normal run is short; `npm run test:slow` goes on. */
const ROUNDS = process.env["MOLTBOT_TEST_SLOW"] === "1" ? 50 : 6;

describe("hostile input 52: applies at the same instant", () => {
  test.each([2, 4])("%i of them, again and again: each acts, finds nothing to do or is told", { timeout: 300_000 }, async (count) => {
    const repo = repository(tree("Start."));
    for (let i = 1; i <= ROUNDS; i++) {
      write(repo, tree(`Number ${i}.`));
      const all = await Promise.all(Array.from({ length: count }, () => applying(repo)));
      const told = all.map(({ code, err }) => `exit ${code}\n${err}`).join("\n");
      expect(
        all.map(({ code }) => code),
        told,
      ).toContain(0);
      // 5 is LOCKED, or STALE for one that planned before another committed.
      for (const { code } of all) expect([0, 5], told).toContain(code);
      expect(await generations(repo)).toBe(i);
    }
    value(await verifyAudit({ repo }, null, world));
  });
});

describe("hostile input 53: a lock left behind", () => {
  test("by a killed process is free at once, whatever its note says", async () => {
    const repo = repository(tree("One."));
    expect(await applying(repo)).toMatchObject({ code: 0 });
    write(repo, {
      ".moltbot/lock.json": JSON.stringify({ host: "elsewhere", pid: process.pid, actor: "ghost", since: "2026-01-01T00:00:00.000Z" }),
    });
    write(repo, tree("Two."));
    expect(await applying(repo)).toMatchObject({ code: 0 });
  });
});

describe("hostile input 54, local: the holder is paused", () => {
  test(
    "the other stays LOCKED and names the holder; continued, the holder finishes, and nothing runs twice",
    { timeout: 60_000 },
    async () => {
      const repo = repository(tree("One."));
      expect(await applying(repo)).toMatchObject({ code: 0 });
      write(repo, tree("Two."));
      const holder = start(repo, []);
      await untilLocked(repo, holder.child);
      holder.child.kill("SIGSTOP");
      const other = await applying(repo, ["--lock-timeout", "0"]);
      holder.child.kill("SIGCONT");
      const first = await holder.ended;
      if (other.code === 5) expect(other.err).toMatch(/APPLY_LOCKED|PLAN_STALE/);
      expect([first.code, other.code]).toContain(0);
      expect(await generations(repo)).toBe(2);
    },
  );
});

/** Waits until the note beside the lock names this process. */
async function untilLocked(repo: string, child: ChildProcess): Promise<void> {
  const note = join(repo, ".moltbot/lock.json");
  for (let i = 0; i < 2_000 && child.exitCode === null; i++) {
    if (readNote(note) === child.pid) return;
    await new Promise((done) => setTimeout(done, 1));
  }
}

function readNote(file: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { pid: number }).pid;
  } catch {
    return undefined;
  }
}
