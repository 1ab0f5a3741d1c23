import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStore } from "./index.ts";
import { ACTOR, applyTo, beginOn, newStateDir, requestOf, testPorts, valueOf, wordsOf, writerOf } from "./store.fixture.ts";
import { hasUnfinishedWrite } from "./wal.ts";

/**
 * Row 133: power goes while the last transaction is being written. SQLite's log is on disk, the database
 * not yet, and the log ends somewhere in the last transaction: cut, or with a torn frame.
 */
interface PowerCut {
  readonly dir: string;
  /** Bytes of the log before and after the last transaction. */
  readonly from: number;
  readonly to: number;
  /** A state folder as the power cut left it: the log cut to `length`, its last `torn` bytes garbage. */
  readonly at: (length: number, torn: number) => string;
}

function powerCut(): PowerCut {
  const dir = newStateDir();
  const writer = writerOf(dir);
  applyTo(writer, { a: "one", b: "two" });
  const fence = beginOn(writer);
  const [db, wal, head] = ["store.db", "store.db-wal", "head.json"].map((name) => path.join(dir, name)) as [string, string, string];
  // What was on the disk when the last transaction began; the seen head is written only after it.
  const seen = fs.readFileSync(head);
  const from = fs.statSync(wal).size;
  valueOf(writer.commit(fence, requestOf({ a: "last", c: "x".repeat(9_000) })));
  const [database, log] = [fs.readFileSync(db), fs.readFileSync(wal)];
  writer.close();
  const copy = path.join(path.dirname(dir), "after");
  return {
    dir,
    from,
    to: log.length,
    at: (length, torn) => {
      fs.rmSync(copy, { recursive: true, force: true });
      fs.cpSync(dir, copy, { recursive: true });
      fs.writeFileSync(path.join(copy, "store.db"), database);
      fs.writeFileSync(path.join(copy, "head.json"), seen);
      fs.writeFileSync(path.join(copy, "store.db-wal"), Buffer.concat([log.subarray(0, length - torn), Buffer.alloc(torn, 0xa5)]));
      return copy;
    },
  };
}

const FRAME = 4_096 + 24;

describe("after a power cut", () => {
  test("everything before the unfinished write stands, it is reported, and an apply can go on", () => {
    const cut = powerCut();
    expect((cut.to - cut.from) % FRAME).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: cut.from, max: cut.to }), fc.nat(40), (length, torn) => {
        const tornBytes = Math.min(torn, length - cut.from);
        const isWhole = length === cut.to && tornBytes === 0;
        const isEmpty = length - tornBytes === cut.from && tornBytes === 0;
        const dir = cut.at(length, tornBytes);
        const opened = openStore(dir, { mode: "write", create: false }, testPorts());
        const store = valueOf(opened);
        if (!store) throw new Error("a store was due");
        const words = wordsOf(store);
        expect(words).toEqual(isWhole ? { a: "last", b: "two", c: "x".repeat(9_000) } : { a: "one", b: "two" });
        // Less than a frame's own header tells nothing: it may be left from before.
        if (!isWhole && !isEmpty && tornBytes === 0)
          expect(opened.ok && opened.warnings.map(({ code }) => code)).toEqual(["STORE_RECOVERED"]);
        if (isWhole || isEmpty) expect(opened.ok && opened.warnings).toEqual([]);
        valueOf(store.verifyLedger());
        applyTo(store, { a: "after", c: null });
        expect(wordsOf(store)).toEqual({ a: "after", b: "two" });
        store.close();
        expect(fs.existsSync(path.join(dir, "store.db-wal"))).toBe(false);
      }),
      {
        numRuns: 40,
        examples: [
          [cut.from, 0],
          [cut.to, 0],
          [cut.from + 1, 0],
          [cut.from + FRAME, 0],
          [cut.to - 1, 0],
          [cut.to, 8],
        ],
      },
    );
  });

  test("a torn last frame of the right length is seen by its checksum", () => {
    const cut = powerCut();
    expect(hasUnfinishedWrite(path.join(cut.at(cut.to, 8), "store.db-wal"))).toBe(true);
    expect(hasUnfinishedWrite(path.join(cut.at(cut.to, 0), "store.db-wal"))).toBe(false);
    expect(hasUnfinishedWrite(path.join(cut.at(cut.from, 0), "store.db-wal"))).toBe(false);
  });

  test("a reader sees the same, and says nothing of it", () => {
    const cut = powerCut();
    const dir = cut.at(cut.to - 100, 0);
    const reader = valueOf(openStore(dir, { mode: "read" }, testPorts()));
    expect(reader && wordsOf(reader)).toEqual({ a: "one", b: "two" });
    reader?.close();
  });

  test("a disk that lost what it had confirmed is noticed: the seen head is newer", () => {
    const cut = powerCut();
    const newest = fs.readFileSync(path.join(cut.dir, "head.json"));
    const dir = cut.at(cut.to - 100, 0);
    fs.writeFileSync(path.join(dir, "head.json"), newest);
    const opened = openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts());
    expect(opened.ok ? [] : opened.diagnostics.map(({ code }) => code)).toEqual(["LEDGER_BEHIND"]);
  });

  test("a log that begins with garbage, or is a few bytes, is unfinished; none is not", () => {
    const folder = path.dirname(powerCut().dir);
    const file = path.join(folder, "x-wal");
    for (const [bytes, expected] of [
      [Buffer.alloc(0), false],
      [Buffer.alloc(10), true],
      [Buffer.alloc(5_000, 1), true],
    ] as const) {
      fs.writeFileSync(file, bytes);
      expect(hasUnfinishedWrite(file)).toBe(expected);
    }
    expect(hasUnfinishedWrite(path.join(folder, "none"))).toBe(false);
  });
});
