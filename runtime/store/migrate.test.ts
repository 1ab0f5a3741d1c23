import { DatabaseSync } from "node:sqlite";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { digestBytes, LIMITS } from "../../core/index.ts";
import { backupStore, holdRuntime, migrateStore, openRecords, openStore, restoreStore } from "./index.ts";
import { makeFormat0 } from "./format-0.fixture.ts";
import {
  ACTOR,
  applyTo,
  beginOn,
  codesOf,
  everything,
  filledStore,
  newStateDir,
  OWNER,
  PLAN,
  problemOf,
  readerOf,
  requestOf,
  temporaryFolder,
  testPorts,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";

const BY = { actor: ACTOR };

/** What is kept over a migration: all but the ledger's end. */
function kept(dir: string): unknown {
  const reader = readerOf(dir);
  const { head: _, ledger, ...rest } = everything(reader) as { head: unknown; ledger: readonly unknown[] };
  reader.close();
  return { ...rest, ledger: ledger.slice(0, 10) };
}

function older(): { dir: string; before: unknown } {
  const dir = newStateDir();
  filledStore(dir);
  const before = kept(dir);
  makeFormat0(dir);
  return { dir, before };
}

describe("an older store", () => {
  test("is not read before it is migrated, and says how", () => {
    const { dir } = older();
    for (const opened of [
      openStore(dir, { mode: "read" }, testPorts()),
      openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts()),
      openRecords(dir),
    ]) {
      expect([problemOf(opened).code, problemOf(opened).remedy]).toEqual([
        "STORE_MIGRATION_NEEDED",
        expect.stringContaining("moltbot migrate"),
      ]);
    }
  });

  test("migrated is all it was, with what its format lacked", () => {
    const { dir, before } = older();
    const old = path.join(dir, "store.db.format-0");
    expect(valueOf(migrateStore(dir, BY, testPorts()))).toEqual({ from: "0", to: "1", copy: old });
    expect(kept(dir)).toEqual(before);
    const store = writerOf(dir);
    expect(valueOf(store.holds(OWNER))[0]).toMatchObject({ until: null });
    expect(valueOf(store.ledger(1, 100)).at(-1)).toMatchObject({ kind: "migrated", body: { from: "0", to: "1" } });
    expect(valueOf(store.verifyLedger()).records).toBe(11);
    valueOf(store.verifyContents());
    const pin = { owner: OWNER, generation: 1, because: "broke", actor: ACTOR, at: "2026-03-01T12:00:00.000Z", refused: [PLAN] };
    applyTo(store, { a: "after" }, { pin });
    expect([wordsOf(store).a, valueOf(store.pin(OWNER))]).toEqual(["after", pin]);
    store.close();
    const copy = new DatabaseSync(old, { readOnly: true });
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'format'").get()).toEqual({ value: "0" });
    copy.close();
    expect(fs.statSync(old).mode & 0o777).toBe(0o600);
  });

  test("twice is once: a store of this format is left alone", () => {
    const { dir } = older();
    valueOf(migrateStore(dir, BY, testPorts()));
    const head = valueOf(readerOf(dir).ledgerHead());
    expect(valueOf(migrateStore(dir, BY, testPorts()))).toEqual({ from: "1", to: "1", copy: null });
    expect(valueOf(readerOf(dir).ledgerHead())).toEqual(head);
  });

  test("knows afterwards which values a resource names, and keeps them as long as it", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    const file = Buffer.from("a prompt");
    const request = requestOf({ a: digestBytes(file) });
    valueOf(store.commit(beginOn(store), { ...request, values: new Map([...request.values, [digestBytes(file), file]]) }));
    store.close();
    makeFormat0(dir);
    valueOf(migrateStore(dir, BY, testPorts()));
    const again = writerOf(dir);
    for (let n = 0; n <= LIMITS.generationsKept; n++) applyTo(again, { b: `word ${n}` });
    expect(valueOf(again.knownValues([digestBytes(file)])).size).toBe(1);
    applyTo(again, { a: null });
    for (let n = 0; n <= LIMITS.generationsKept; n++) applyTo(again, { b: `word again ${n}` });
    expect(valueOf(again.knownValues([digestBytes(file)])).size).toBe(0);
    again.close();
  });

  test("that was changed is not migrated, and stays as it is", () => {
    const { dir } = older();
    const raw = new DatabaseSync(path.join(dir, "store.db"));
    raw.exec("UPDATE holds SET body = replace(body, 'odd', 'fine')");
    raw.close();
    expect(codesOf(migrateStore(dir, BY, testPorts()))).toEqual(["STORE_CORRUPT"]);
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["STORE_MIGRATION_NEEDED"]);
  });

  test("in a backup is brought up to date when it is restored, with or without its keys", () => {
    const { dir, before } = older();
    const file = path.join(temporaryFolder(), "backup");
    const content = fs.readFileSync(path.join(dir, "store.db"));
    const current = newStateDir();
    filledStore(current);
    valueOf(backupStore(current, file, testPorts()));
    const [first] = fs.readFileSync(file, "utf8").split("\n", 1);
    const head = JSON.parse(fs.readFileSync(path.join(dir, "head.json"), "utf8")) as { seq: number; hash: string; lineage: string };
    const header = {
      ...(JSON.parse(first ?? "") as object),
      lineage: head.lineage,
      head: { seq: head.seq, hash: head.hash },
      storeFormat: "0",
    };
    fs.writeFileSync(
      file,
      Buffer.concat([Buffer.from(`${JSON.stringify({ ...header, bytes: content.length, digest: digestBytes(content) })}\n`), content]),
    );
    const why = { actor: ACTOR, because: "moved" };
    for (const place of [dir, newStateDir()]) {
      valueOf(restoreStore(place, file, { ...why, replace: true }, testPorts()));
      expect(kept(place)).toEqual(before);
      const reader = readerOf(place);
      expect(valueOf(reader.ledger(11, 5)).map(({ kind }) => kind)).toEqual(["migrated", "restored"]);
      reader.close();
    }
  });

  test("is not migrated under a running gateway, nor where there is none", () => {
    const { dir } = older();
    const runtime = valueOf(holdRuntime(dir));
    expect(codesOf(migrateStore(dir, BY, testPorts()))).toEqual(["RUNTIME_HELD"]);
    runtime.release();
    expect(codesOf(migrateStore(newStateDir(), BY, testPorts()))).toEqual(["NO_RECORD"]);
  });

  test("of a format nobody knows is not guessed", () => {
    const dir = newStateDir();
    filledStore(dir);
    const raw = new DatabaseSync(path.join(dir, "store.db"));
    raw.exec("UPDATE meta SET value = '7' WHERE key = 'format'; PRAGMA user_version = 7");
    raw.close();
    for (const result of [migrateStore(dir, BY, testPorts()), openStore(dir, { mode: "read" }, testPorts())])
      expect(codesOf(result)).toEqual(["STORE_VERSION"]);
  });
});
