import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { apply, history, plan, status, verifyAudit } from "../../reconciler/engine.ts";
import { agentText, ECHO, PROJECT, repository, value, worldOf, write, YES } from "../engine.fixture.ts";

const CLI = resolve(import.meta.dirname, "../../bin/moltbot.js");
const ENV = { PATH: process.env["PATH"] ?? "", NODE_DISABLE_COMPILE_CACHE: "1", NO_COLOR: "1" };
const TREE = { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a") };
const world = worldOf();

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
}

/** Applies in a process of its own that gets signals after some time. */
function signalled(repo: string, signals: readonly NodeJS.Signals[], afterMs: number): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, "apply", "--auto-approve", "-C", repo], { env: ENV, stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const timers = signals.map((signal, i) => setTimeout(() => child.kill(signal), afterMs + i * 150));
  return new Promise((done) =>
    child.on("close", (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      done({ code, signal, err });
    }),
  );
}

async function converges(repo: string): Promise<void> {
  value(await apply({ repo }, null, YES, world));
  expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
  expect(value(await status({ repo }, world)).openIntent).toBeNull();
  value(await verifyAudit({ repo }, null, world));
}

describe("hostile input 66: signals during an apply", () => {
  const cases: readonly (readonly [string, readonly NodeJS.Signals[]])[] = [
    ["SIGINT once", ["SIGINT"]],
    ["SIGTERM once", ["SIGTERM"]],
    ["SIGINT twice", ["SIGINT", "SIGINT"]],
    ["SIGHUP", ["SIGHUP"]],
    ["SIGPIPE", ["SIGPIPE"]],
  ];
  test.each(cases)("%s, at any moment: whole or nothing, and the next apply converges", { timeout: 120_000 }, async (_name, signals) => {
    for (const afterMs of [60, 180, 300, 450, 700]) {
      const repo = repository(TREE);
      const { code, signal, err } = await signalled(repo, signals, afterMs);
      expect([0, 7, 130].includes(code ?? -1) || signal !== null, `${afterMs} ms: ${code} ${signal} ${err}`).toBe(true);
      expect(err).not.toMatch(/^\s+at /m);
      const { generations } = value(await history({ repo }, world));
      expect(generations.length).toBeLessThanOrEqual(1);
      if (code === 0) expect(generations).toHaveLength(1);
      await converges(repo);
    }
  });
});

describe("hostile input 65: a clock that jumps", () => {
  test("an hour either way, to 1970 and to 2038: records stay in order, nothing is lost", async () => {
    const jumps = ["2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z", "2026-06-01T11:00:00Z", "1970-01-01T00:00:00Z", "2038-01-19T03:14:08Z"];
    let tick = 0;
    const jumping = worldOf({ clock: { now: () => new Date(jumps[tick++ % jumps.length] as string) } });
    const repo = repository(TREE);
    for (const prompt of ["One.", "Two.", "Three."]) {
      write(repo, { "r/a.yaml": agentText("a", `prompt: ${prompt}`) });
      expect(value(await apply({ repo }, null, YES, jumping)).outcome).toBe("applied");
    }
    expect(value(await history({ repo }, jumping)).generations.map((each) => each.number)).toEqual([3, 2, 1]);
    expect(value(await verifyAudit({ repo }, null, jumping)).records).toBeGreaterThanOrEqual(7);
    expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
  });
});
