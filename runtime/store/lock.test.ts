import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { holdRuntime, isRuntimeHeld, lockForApply, openStore, type LockHolder } from "./index.ts";
import { codesOf, newStateDir, problemOf, readerOf, testPorts, valueOf, writerOf } from "./store.fixture.ts";

const HOLDER: LockHolder = { host: "here", pid: process.pid, actor: "ops", since: "2026-03-01T12:00:00.000Z" };
const INDEX = path.join(import.meta.dirname, "index.ts");

/** A process that takes the lock, says so, and keeps it until it is ended. */
async function holderProcess(dir: string, take: string): Promise<ChildProcess> {
  const code = `
    import { lockForApply, holdRuntime } from ${JSON.stringify(INDEX)};
    globalThis.held = ${take};
    process.stdout.write(held.ok ? "held" : "refused");
    setInterval(() => globalThis.held, 1000);
  `;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code, dir], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  expect(said.toString()).toBe("held");
  return child;
}

const TAKE_LOCK = `await lockForApply(process.argv[1], { host: "there", pid: process.pid, actor: "ci", since: "2026-03-01T11:00:00.000Z" }, { timeoutMs: 0 })`;

describe("the apply lock", () => {
  test("makes the state folder, is held by one, and leaves nothing of its note", async () => {
    const dir = newStateDir();
    const lock = valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }));
    expect(fs.statSync(dir).mode & 0o777).toBe(0o700);
    expect(JSON.parse(fs.readFileSync(path.join(dir, "lock.json"), "utf8"))).toEqual(HOLDER);
    const second = await lockForApply(dir, HOLDER, { timeoutMs: 0 });
    expect(problemOf(second)).toMatchObject({
      code: "APPLY_LOCKED",
      context: { host: "here", pid: process.pid, actor: "ops", since: HOLDER.since },
    });
    lock.release();
    lock.release();
    expect(fs.readdirSync(dir)).toEqual(["lock.db"]);
    valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 })).release();
  });

  test("held by another process: names it, waits for it, and is free when it is killed", async () => {
    const dir = newStateDir();
    const child = await holderProcess(dir, TAKE_LOCK);
    const refused = problemOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }));
    expect([refused.code, refused.context]).toEqual([
      "APPLY_LOCKED",
      { host: "there", pid: child.pid, actor: "ci", since: "2026-03-01T11:00:00.000Z" },
    ]);
    expect(refused.detail).toContain('"ci" on "there"');
    setTimeout(() => child.kill("SIGKILL"), 50);
    valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 10_000 })).release();
  });

  test("a paused holder keeps it, whatever the note says", async () => {
    const dir = newStateDir();
    const child = await holderProcess(dir, TAKE_LOCK);
    child.kill("SIGSTOP");
    fs.writeFileSync(path.join(dir, "lock.json"), '{"pid": 1}');
    const refused = problemOf(await lockForApply(dir, HOLDER, { timeoutMs: 30 }));
    expect([refused.code, refused.context]).toEqual(["APPLY_LOCKED", {}]);
    child.kill("SIGCONT");
    expect(codesOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }))).toEqual(["APPLY_LOCKED"]);
  });

  test("a note left by a dead process, with a number since reused, holds nothing", async () => {
    const dir = newStateDir();
    valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 })).release();
    fs.writeFileSync(path.join(dir, "lock.json"), JSON.stringify(HOLDER));
    valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 })).release();
  });

  test.each(["", "not json", "[]", "x".repeat(5_000)])("a note of %j does not matter", async (note) => {
    const dir = newStateDir();
    const lock = valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }));
    fs.writeFileSync(path.join(dir, "lock.json"), note);
    expect(codesOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }))).toEqual(["APPLY_LOCKED"]);
    lock.release();
  });

  test("of two that race, exactly one gets it, time after time", async () => {
    const dir = newStateDir();
    for (let round = 0; round < 20; round++) {
      const results = await Promise.all([lockForApply(dir, HOLDER, { timeoutMs: 0 }), lockForApply(dir, HOLDER, { timeoutMs: 0 })]);
      expect(results.filter((result) => result.ok).length).toBe(1);
      for (const result of results) if (result.ok) result.value.release();
    }
  });

  test("waiting ends early when it is interrupted", async () => {
    const dir = newStateDir();
    const lock = valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }));
    const before = performance.now();
    expect(codesOf(await lockForApply(dir, HOLDER, { timeoutMs: 60_000, signal: AbortSignal.timeout(50) }))).toEqual(["APPLY_LOCKED"]);
    expect(performance.now() - before).toBeLessThan(10_000);
    lock.release();
  });

  test("a lock file that was overwritten, or is a FIFO, is said so and never waited on", async () => {
    const dir = newStateDir();
    valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 })).release();
    fs.writeFileSync(path.join(dir, "lock.db"), "garbage ".repeat(1_000));
    expect(codesOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }))).toEqual(["STORE_CORRUPT"]);
    fs.rmSync(path.join(dir, "lock.db"));
    fs.mkdirSync(path.join(dir, "lock.db"));
    expect(codesOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }))).toEqual(["STORE_CORRUPT"]);
  });
});

describe("a store that waits to be put in place", () => {
  function waiting(): string {
    const dir = newStateDir();
    writerOf(dir).close();
    fs.mkdirSync(path.join(dir, "ready"));
    fs.renameSync(path.join(dir, "store.db"), path.join(dir, "ready", "store.db"));
    return dir;
  }

  test("is put there by a reader that holds the lock itself", async () => {
    const dir = waiting();
    const lock = valueOf(await lockForApply(dir, HOLDER, { timeoutMs: 0 }));
    readerOf(dir).close();
    lock.release();
  });

  test("is left to the process that holds the lock, and is not called empty meanwhile", async () => {
    const dir = waiting();
    await holderProcess(dir, TAKE_LOCK);
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["STORE_UNAVAILABLE"]);
  });
});

describe("the runtime's hold", () => {
  test("is one, is seen, and ends with its process", async () => {
    const dir = newStateDir();
    expect(valueOf(isRuntimeHeld(dir))).toBe(false);
    const child = await holderProcess(dir, "holdRuntime(process.argv[1])");
    expect(valueOf(isRuntimeHeld(dir))).toBe(true);
    expect(codesOf(holdRuntime(dir))).toEqual(["RUNTIME_HELD"]);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(valueOf(isRuntimeHeld(dir))).toBe(false);
    valueOf(holdRuntime(dir)).release();
    expect(valueOf(isRuntimeHeld(dir))).toBe(false);
  });

  test("looking makes nothing", () => {
    const dir = newStateDir();
    fs.mkdirSync(dir, { mode: 0o700 });
    expect(valueOf(isRuntimeHeld(dir))).toBe(false);
    expect(fs.readdirSync(dir)).toEqual([]);
  });
});
