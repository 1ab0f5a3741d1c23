import { DatabaseSync } from "node:sqlite";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { openRecords, type SealedRecords } from "./index.ts";
import { applyTo, codesOf, newStateDir, valueOf, wordsOf, writerOf } from "./store.fixture.ts";

function made(): { dir: string; records: SealedRecords } {
  const dir = newStateDir();
  writerOf(dir).close();
  return { dir, records: valueOf(openRecords(dir))! };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const texts = (records: SealedRecords, slot: string): readonly string[] => valueOf(records.read(slot)).map(text);

describe("sealed records", () => {
  test("are null where there is no store", () => {
    expect(valueOf(openRecords(newStateDir()))).toBeNull();
  });

  test("append, read, list, replace the head, remove", () => {
    const { dir, records } = made();
    expect(valueOf(records.get("session/a/1"))).toBeNull();
    expect([1, 2, 3].map((n) => valueOf(records.append("session/a/1", Buffer.from(`turn ${n}`))))).toEqual([1, 2, 3]);
    valueOf(records.append("session/a/2", Buffer.from("hi"), Buffer.from("title")));
    valueOf(records.put("session/b/1", Buffer.from("only a head")));
    valueOf(records.put("session/a/1", Buffer.from("renamed")));
    records.close();
    const again = valueOf(openRecords(dir))!;
    expect(texts(again, "session/a/1")).toEqual(["turn 1", "turn 2", "turn 3"]);
    expect(valueOf(again.read("session/a/1", { from: 2, limit: 1 })).map(text)).toEqual(["turn 2"]);
    expect(valueOf(again.read("session/a/1", { from: 9 }))).toEqual([]);
    expect(valueOf(again.list("session/a/")).map(({ slot, entries, head }) => [slot, entries, text(head)])).toEqual([
      ["session/a/1", 3, "renamed"],
      ["session/a/2", 1, "title"],
    ]);
    expect(valueOf(again.list("session/", { after: "session/a/1", limit: 1 })).map(({ slot }) => slot)).toEqual(["session/a/2"]);
    valueOf(again.remove("session/a/1"));
    valueOf(again.remove("session/a/1"));
    expect([valueOf(again.get("session/a/1")), valueOf(again.read("session/a/1"))]).toEqual([null, []]);
    expect(valueOf(again.list("session/")).length).toBe(2);
    again.close();
  });

  test("go on while an apply is open, and change nothing of it", () => {
    const { dir, records } = made();
    const store = writerOf(dir);
    const fence = valueOf(store.begin("acme/prod", `sha256:${"0".repeat(64)}`, "ops"));
    valueOf(records.append("session/a/1", Buffer.from("meanwhile")));
    valueOf(store.abandon(fence, "enough"));
    applyTo(store, { a: "one" });
    valueOf(records.append("session/a/1", Buffer.from("later")));
    expect([wordsOf(store), texts(records, "session/a/1")]).toEqual([{ a: "one" }, ["meanwhile", "later"]]);
    store.close();
    records.close();
  });

  test("two processes' appends interleave and none is lost", () => {
    const { dir, records } = made();
    const other = valueOf(openRecords(dir))!;
    for (let n = 0; n < 10; n++) valueOf((n % 2 === 0 ? records : other).append("session/a/1", Buffer.from(String(n))));
    expect(texts(records, "session/a/1")).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    records.close();
    other.close();
  });

  test("show nothing of what they hold, in any file of the state folder", () => {
    const { dir, records } = made();
    const canary = "canary-51d0c2";
    valueOf(records.append("session/a/1", Buffer.from(canary), Buffer.from(`title ${canary}`)));
    const files = fs.readdirSync(dir).filter((name) => fs.statSync(path.join(dir, name)).isFile());
    for (const name of files) expect(fs.readFileSync(path.join(dir, name)).includes(canary)).toBe(false);
    records.close();
  });

  test("have a size limit each", () => {
    const { records } = made();
    expect(codesOf(records.append("session/a/1", Buffer.alloc(LIMITS.sealedBytes)))).toEqual([]);
    expect(codesOf(records.append("session/a/1", Buffer.alloc(LIMITS.sealedBytes + 1)))).toEqual(["STORE_LIMIT"]);
    expect(codesOf(records.put("session/a/1", Buffer.alloc(LIMITS.sealedBytes + 1)))).toEqual(["STORE_LIMIT"]);
    records.close();
  });

  test.each(["", "/x", "Session/a", "session a", "session/ä", "x".repeat(201), "a\0"])("a slot named %j is our bug", (slot) => {
    const { records } = made();
    expect(() => records.put(slot, Buffer.from(""))).toThrow(/slot/);
    records.close();
  });

  test.each<readonly [string, string]>([
    [
      "a swapped entry",
      "UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE slot = 'session/a/2') WHERE slot = 'session/a/1' AND number = 1",
    ],
    [
      "two entries in each other's place",
      "UPDATE entries SET number = 9 WHERE slot = 'session/a/1' AND number = 1; UPDATE entries SET number = 1 WHERE slot = 'session/a/1' AND number = 3; UPDATE entries SET number = 3 WHERE slot = 'session/a/1' AND number = 9",
    ],
    ["a removed last entry", "DELETE FROM entries WHERE slot = 'session/a/1' AND number = 3"],
    ["a removed first entry", "DELETE FROM entries WHERE slot = 'session/a/1' AND number = 1"],
    ["another slot's head", "UPDATE slots SET sealed = (SELECT sealed FROM slots WHERE slot = 'session/a/2') WHERE slot = 'session/a/1'"],
    ["a removed head", "DELETE FROM slots WHERE slot = 'session/a/1'"],
    ["a removed conversation", "DELETE FROM slots WHERE slot = 'session/a/1'; DELETE FROM entries WHERE slot = 'session/a/1'"],
    ["a renamed conversation", "UPDATE slots SET slot = 'session/a/3' WHERE slot = 'session/a/1'"],
    ["a root that was removed", "DELETE FROM meta WHERE key = 'sealed_root'"],
  ])("with %s are corrupt", (_, sql) => {
    const { dir, records } = made();
    for (const n of [1, 2, 3]) valueOf(records.append("session/a/1", Buffer.from(`turn ${n}`)));
    valueOf(records.append("session/a/2", Buffer.from("hi")));
    const raw = new DatabaseSync(path.join(dir, "store.db"));
    raw.exec(sql);
    raw.close();
    const looks = [records.list("session/"), records.read("session/a/1"), records.get("session/a/1")];
    expect(looks.flatMap(codesOf)).toContain("STORE_CORRUPT");
    for (const look of looks) if (!look.ok) expect(codesOf(look)).toEqual(["STORE_CORRUPT"]);
    records.close();
  });
});
