import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { openRecords, openStore, readKey, renewKey, runtimeRecipient, type KeyName } from "./index.ts";
import { recipientOf } from "./age-identity.ts";
import {
  ACTOR,
  applyTo,
  codesOf,
  filledStore,
  newStateDir,
  problemOf,
  readerOf,
  testPorts,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";

const NAMES = ["runtime.agekey", "store.key", "ledger.key"] as const;
const WHY = { actor: ACTOR, because: "lost with the disk" };

function filled(): string {
  const dir = newStateDir();
  filledStore(dir);
  const records = valueOf(openRecords(dir))!;
  valueOf(records.append("session/a/1", Buffer.from("hello")));
  records.close();
  return dir;
}

const keyFile = (dir: string, name: KeyName): string => path.join(dir, "keys", name);
const openings = (dir: string) => [
  openStore(dir, { mode: "read" }, testPorts()),
  openStore(dir, { mode: "write", create: false }, testPorts()),
  openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts()),
];

describe("a key", () => {
  test("is two lines: what it is, and the key with its format", () => {
    const dir = filled();
    for (const name of NAMES) {
      const lines = fs.readFileSync(keyFile(dir, name), "utf8").split("\n");
      expect([lines.length, lines[0]?.startsWith("# moltbot "), lines[2]]).toEqual([3, true, ""]);
    }
    const recipient = valueOf(runtimeRecipient(dir));
    expect(recipient).toBe(recipientOf(valueOf(readKey(dir, "runtime.agekey")).open()));
    expect(fs.readFileSync(keyFile(dir, "runtime.agekey"), "utf8")).toContain(recipient);
  });

  test("never shows itself", () => {
    const key = valueOf(readKey(filled(), "store.key"));
    expect([JSON.stringify(key), String(key)]).toEqual(['"***"', "***"]);
    expect(key.open()).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  test("there is none before the store", () => {
    const dir = newStateDir();
    expect(valueOf(runtimeRecipient(dir))).toBeNull();
    expect(codesOf(readKey(dir, "store.key"))).toEqual(["NO_RECORD"]);
  });

  test.each(NAMES)("%s that is gone is KEY_MISSING with a way forward, never a first start", (name) => {
    const dir = filled();
    fs.rmSync(keyFile(dir, name));
    for (const opened of openings(dir)) {
      const missing = problemOf(opened);
      expect([missing.code, missing.context.key, missing.remedy]).toEqual(["KEY_MISSING", name, expect.stringContaining("moltbot ")]);
    }
    expect(fs.existsSync(keyFile(dir, name))).toBe(false);
  });

  test.each(NAMES)("%s that others can read is refused", (name) => {
    const dir = filled();
    fs.chmodSync(keyFile(dir, name), 0o640);
    for (const opened of [...openings(dir), readKey(dir, name)]) expect(codesOf(opened)).toEqual(["KEY_UNSAFE"]);
  });

  test.each(NAMES)("%s that was cut, or is a folder, is corrupt", (name) => {
    const dir = filled();
    const text = fs.readFileSync(keyFile(dir, name), "utf8");
    fs.writeFileSync(keyFile(dir, name), text.slice(0, -5));
    expect(codesOf(readKey(dir, name))).toEqual(["STORE_CORRUPT"]);
    fs.writeFileSync(keyFile(dir, name), "");
    expect(codesOf(readKey(dir, name))).toEqual(["STORE_CORRUPT"]);
    fs.rmSync(keyFile(dir, name));
    fs.mkdirSync(keyFile(dir, name));
    expect(codesOf(openings(dir)[0]!)).toEqual(["STORE_CORRUPT"]);
  });

  test("of another store is told apart from a changed store", () => {
    const [dir, other] = [filled(), filled()];
    fs.copyFileSync(keyFile(other, "ledger.key"), keyFile(dir, "ledger.key"));
    expect(codesOf(openings(dir)[0]!)).toEqual(["KEY_MISMATCH"]);
    const third = filled();
    fs.copyFileSync(keyFile(other, "store.key"), keyFile(third, "store.key"));
    expect(codesOf(openRecords(third))).toEqual(["KEY_MISMATCH"]);
  });
});

describe("a renewed key", () => {
  test.each(NAMES)("%s, lost: the store goes on, and the ledger says why", (name) => {
    const dir = filled();
    fs.rmSync(keyFile(dir, name));
    const info = valueOf(renewKey(dir, name, WHY, testPorts()));
    expect(info.recordsKept).toBe(name !== "store.key");
    expect(info.recipient).toBe(name === "runtime.agekey" ? valueOf(runtimeRecipient(dir)) : null);
    const store = writerOf(dir);
    expect(wordsOf(store)).toEqual({ a: "one", b: "changed", d: "new" });
    expect(valueOf(store.ledger(1, 100)).at(-1)).toMatchObject({ kind: "epoch", body: { key: name, because: WHY.because } });
    expect(valueOf(store.verifyLedger()).records).toBeGreaterThan(1);
    applyTo(store, { z: "after" });
    store.close();
    const records = valueOf(openRecords(dir))!;
    expect(valueOf(records.list("session/")).length).toBe(name === "store.key" ? 0 : 1);
    valueOf(records.append("session/b/1", Buffer.from("again")));
    records.close();
    expect(fs.readdirSync(path.join(dir, "keys")).sort()).toEqual([...NAMES].sort());
  });

  test("store.key, still there: the conversations are kept", () => {
    const dir = filled();
    const before = valueOf(readKey(dir, "store.key")).open();
    expect(valueOf(renewKey(dir, "store.key", WHY, testPorts())).recordsKept).toBe(true);
    expect(valueOf(readKey(dir, "store.key")).open()).not.toBe(before);
    const records = valueOf(openRecords(dir))!;
    expect(valueOf(records.read("session/a/1")).map(String)).toEqual([String(Buffer.from("hello"))]);
    records.close();
  });

  test("an open conversation goes on under the new key", () => {
    const dir = filled();
    const records = valueOf(openRecords(dir))!;
    valueOf(renewKey(dir, "store.key", WHY, testPorts()));
    valueOf(records.append("session/a/1", Buffer.from("more")));
    records.close();
    const again = valueOf(openRecords(dir))!;
    expect(valueOf(again.read("session/a/1")).map((bytes) => Buffer.from(bytes).toString())).toEqual(["hello", "more"]);
    again.close();
  });

  test("all of them, lost together, one after the other", () => {
    const dir = filled();
    fs.rmSync(path.join(dir, "keys"), { recursive: true });
    expect(codesOf(renewKey(dir, "store.key", WHY, testPorts()))).toEqual(["KEY_MISSING"]);
    for (const name of ["ledger.key", "store.key", "runtime.agekey"] as const) valueOf(renewKey(dir, name, WHY, testPorts()));
    readerOf(dir).close();
  });

  test.each(NAMES)("%s, killed before its file took the old one's place: the next start finishes", (name) => {
    const dir = filled();
    valueOf(renewKey(dir, name, WHY, testPorts()));
    // As it was between the transaction and the rename.
    const [file, next] = [keyFile(dir, name), `${keyFile(dir, name)}.next`];
    fs.renameSync(file, next);
    fs.writeFileSync(file, fs.readFileSync(keyFile(filled(), name)), { mode: 0o600 });
    const renewed = fs.readFileSync(next, "utf8");
    readerOf(dir).close();
    writerOf(dir).close();
    expect([fs.existsSync(next), fs.readFileSync(file, "utf8")]).toEqual([false, renewed]);
    valueOf(openRecords(dir))!.close();
  });

  test.each(NAMES)("%s, killed before the store took it: the old one stays", (name) => {
    const dir = filled();
    fs.copyFileSync(keyFile(filled(), name), `${keyFile(dir, name)}.next`);
    const before = fs.readFileSync(keyFile(dir, name), "utf8");
    writerOf(dir).close();
    expect([fs.existsSync(`${keyFile(dir, name)}.next`), fs.readFileSync(keyFile(dir, name), "utf8")]).toEqual([false, before]);
  });
});
