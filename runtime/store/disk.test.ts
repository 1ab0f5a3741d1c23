import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { openStore } from "./index.ts";
import { openSession } from "./open.ts";
import { placesOf } from "./files.ts";
import { readerOn } from "./reader.ts";
import {
  applyTo,
  beginOn,
  codesOf,
  newStateDir,
  OWNER,
  readerOf,
  requestOf,
  testPorts,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";
import { writerOn } from "./writer.ts";

const FIXTURE = path.join(import.meta.dirname, "disk.fixture.ts");

/** Fails the Nth call of a function of node:fs with a system error, once. */
function failOnce(name: "fsyncSync" | "renameSync" | "openSync" | "writeFileSync", code: string, nth = 1): void {
  const original = fs[name] as (...args: unknown[]) => never;
  let calls = 0;
  const spy = vi.spyOn(fs, name).mockImplementation((...args: unknown[]) => {
    if (++calls === nth) throw Object.assign(new Error(`${code}: a test`), { code });
    return original(...args);
  });
  onTestFinished(() => spy.mockRestore());
}

describe("row 56: a disk that fills up", () => {
  test("during a commit: nothing of it is in force, and with room again the same apply goes through", () => {
    const dir = newStateDir();
    const first = writerOf(dir);
    applyTo(first, { a: "one" });
    first.close();
    const { session, head } = openSession(placesOf(dir), "write", testPorts());
    const store = writerOn(session, head.lineage);
    const fence = beginOn(store);
    const pages = Number(session.db.row("PRAGMA page_count")?.[0]);
    session.db.exec(`PRAGMA max_page_count = ${pages + 4}`);
    const big = requestOf({ a: "x".repeat(100_000), b: "y".repeat(100_000) });
    expect(codesOf(store.commit(fence, big))).toEqual(["STORE_UNAVAILABLE"]);
    expect(wordsOf(readerOn(session, head.lineage))).toEqual({ a: "one" });
    session.db.exec("PRAGMA max_page_count = 1000000");
    expect(valueOf(store.commit(fence, big)).number).toBe(2);
    store.close();
    valueOf(readerOf(dir).verifyLedger());
  });

  test("at any size: the store before stands, and the next run converges", () => {
    const dir = newStateDir();
    const writer = writerOf(dir);
    applyTo(writer, { a: "one" });
    writer.close();
    let isFull = true;
    let refused = 0;
    for (let blocks = 100; isFull; blocks += 400) {
      // `ulimit -f` counts 512 bytes here; a write past it is an error like a full disk's.
      const run = spawnSync(
        "sh",
        ["-c", `trap '' XFSZ; ulimit -f "$1"; exec "$2" "$3" "$4"`, "sh", String(blocks), process.execPath, FIXTURE, dir],
        {
          encoding: "utf8",
        },
      );
      expect([0, null], run.stderr).toContain(run.status);
      isFull = run.stdout !== "done";
      if (isFull) expect(run.stdout).toBe("STORE_UNAVAILABLE");
      if (isFull) refused++;
      const reader = readerOf(dir);
      expect(Object.keys(wordsOf(reader)).length).toBe(isFull ? 1 : 201);
      valueOf(reader.verifyLedger());
      valueOf(reader.verifyContents());
      reader.close();
      expect(blocks).toBeLessThan(20_000);
    }
    expect(refused).toBeGreaterThan(2);
  });
});

describe("row 57: fsync or rename fails", () => {
  test.each([
    ["fsyncSync", "EIO"],
    ["renameSync", "EIO"],
    ["openSync", "ENOSPC"],
    ["writeFileSync", "ENOSPC"],
  ] as const)("%s while the store is made: it is not made, and the next start makes it", (name, code) => {
    const dir = newStateDir();
    const refused: number[] = [];
    for (const nth of [1, 2, 3]) {
      failOnce(name, code, nth);
      const opened = openStore(dir, { mode: "write", create: true, actor: "ops" }, testPorts());
      vi.restoreAllMocks();
      if (!opened.ok) expect(codesOf(opened)).toEqual(["STORE_UNAVAILABLE"]);
      else opened.value.close();
      if (!opened.ok) refused.push(nth);
    }
    expect(refused).toContain(1);
    const store = writerOf(dir);
    applyTo(store, { a: "one" });
    expect(wordsOf(store)).toEqual({ a: "one" });
    store.close();
    expect(fs.readdirSync(dir).sort()).toEqual(["head.json", "keys", "store.db"]);
  });

  test("of the seen head: the apply stands, and a warning says so", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    const fence = beginOn(store);
    failOnce("renameSync", "EIO");
    const done = store.commit(fence, requestOf({ a: "one" }));
    vi.restoreAllMocks();
    expect([done.ok, done.ok && done.warnings.map(({ code }) => code)]).toEqual([true, ["STORE_UNAVAILABLE"]]);
    expect(fs.readdirSync(dir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    store.close();
    expect(valueOf(readerOf(dir).active(OWNER))?.number).toBe(1);
  });
});

test("a store that somebody else keeps busy is unavailable after a bounded wait, and unharmed", () => {
  const dir = newStateDir();
  const store = writerOf(dir);
  const fence = beginOn(store);
  const other = openSession(placesOf(dir), "write", testPorts());
  other.session.db.exec("BEGIN IMMEDIATE");
  const before = performance.now();
  expect(codesOf(store.commit(fence, requestOf({ a: "one" })))).toEqual(["STORE_UNAVAILABLE"]);
  expect(performance.now() - before).toBeGreaterThan(LIMITS.storeBusyMs * 0.9);
  expect(wordsOf(store)).toEqual({});
  other.session.db.exec("ROLLBACK");
  other.session.close();
  expect(valueOf(store.commit(fence, requestOf({ a: "one" }))).number).toBe(1);
  store.close();
});
