import { DatabaseSync } from "node:sqlite";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flipBit, HONEST, specimen, type Specimen } from "./damage.fixture.ts";
import { openStore } from "./index.ts";
import {
  ACTOR,
  applyTo,
  codesOf,
  everything,
  filledStore,
  newStateDir,
  OWNER,
  PLAN,
  problemOf,
  readerOf,
  requestOf,
  testPorts,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";

/** Made once: no test touches it, each damages a copy. */
let whole: Specimen;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-"));
  whole = specimen(folder);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const store = (dir: string): string => path.join(dir, "store.db");

function sql(statement: string): (dir: string) => void {
  return (dir) => {
    const raw = new DatabaseSync(store(dir));
    raw.exec(statement);
    raw.close();
  };
}

describe("a damaged store is corrupt, never empty and never different", () => {
  test.each<readonly [string, (dir: string) => void]>([
    ["an empty file", (dir) => fs.truncateSync(store(dir), 0)],
    ["one byte", (dir) => fs.truncateSync(store(dir), 1)],
    ["half a page", (dir) => fs.truncateSync(store(dir), 2_048)],
    ["one page", (dir) => fs.truncateSync(store(dir), 4_096)],
    ["half the file", (dir) => fs.truncateSync(store(dir), fs.statSync(store(dir)).size / 2)],
    ["another kind of file", (dir) => fs.writeFileSync(store(dir), "kind: Project\n")],
    [
      "another database",
      (dir) => {
        fs.rmSync(store(dir));
        sql("CREATE TABLE generations (n); PRAGMA user_version = 1")(dir);
      },
    ],
    ["no file, but keys", (dir) => fs.rmSync(store(dir))],
    [
      "no file and no keys, but a seen head",
      (dir) => {
        fs.rmSync(store(dir));
        fs.rmSync(path.join(dir, "keys"), { recursive: true });
      },
    ],
    [
      "a folder",
      (dir) => {
        fs.rmSync(store(dir));
        fs.mkdirSync(store(dir));
      },
    ],
    ["no seen head", (dir) => fs.rmSync(path.join(dir, "head.json"))],
    ["an empty seen head", (dir) => fs.truncateSync(path.join(dir, "head.json"), 0)],
    [
      "a seen head of another store",
      (dir) => {
        const other = newStateDir();
        writerOf(other).close();
        fs.copyFileSync(path.join(other, "head.json"), path.join(dir, "head.json"));
      },
    ],
    [
      "the store of another folder",
      (dir) => {
        const other = newStateDir();
        writerOf(other).close();
        fs.copyFileSync(store(other), store(dir));
      },
    ],
  ])("%s", (_, damage) => {
    const seen = whole.look(damage);
    expect(seen.says).toBe("refused");
    if (seen.says === "refused") for (const code of seen.codes) expect(HONEST).toContain(code);
  });

  test.each([
    ["a hold removed", "DELETE FROM holds"],
    ["a hold edited", "UPDATE holds SET body = replace(body, 'all', 'any')"],
    ["an edit removed", "DELETE FROM edits"],
    ["a generation removed", "DELETE FROM generations WHERE key = 1"],
    ["the active generation removed", "DELETE FROM generations WHERE key = 2"],
    ["an older generation made active", "UPDATE generations SET body = replace(body, 'superseded', 'active') WHERE key = 1"],
    ["an owner removed", "DELETE FROM owners WHERE name = 'acme/test'"],
    ["an owner renamed", "UPDATE owners SET name = 'acme/else' WHERE name = 'acme/test'"],
    ["a fence set back", "UPDATE owners SET fence = 1"],
    ["a pin put in", "INSERT INTO pins VALUES (1, 1, '{}')"],
    ["an intent put in", "INSERT INTO intents VALUES (1, 9, '{}')"],
    ["a row removed", "DELETE FROM generation_rows WHERE address = 'Agent/a'"],
    [
      "a row's digest changed",
      "UPDATE generation_rows SET digest = (SELECT digest FROM generation_rows WHERE address = 'Agent/x') WHERE address = 'Agent/a'",
    ],
    [
      "a row put in",
      "INSERT INTO generation_rows SELECT owner, 'Agent/evil', from_gen, to_gen, digest, row_digest FROM generation_rows WHERE address = 'Agent/a'",
    ],
    ["a row given to another owner", "UPDATE generation_rows SET owner = 2 WHERE address = 'Agent/a'"],
    ["an ended row revived", "UPDATE generation_rows SET to_gen = NULL WHERE address = 'Agent/c'"],
    ["a value changed", "UPDATE contents SET bytes = x'7b7d'"],
    ["a value removed", "DELETE FROM contents"],
    ["the ledger emptied", "DELETE FROM ledger"],
    ["the ledger's tail cut", "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)"],
    ["a ledger record edited", "UPDATE ledger SET record = replace(record, 'ops', 'eve') WHERE seq = 3"],
    ["a ledger record removed", "DELETE FROM ledger WHERE seq = 3"],
    ["a ledger record added", "INSERT INTO ledger SELECT max(seq) + 1, record FROM ledger"],
    [
      "two ledger records swapped",
      "UPDATE ledger SET seq = 99 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 99",
    ],
    ["the head edited", "UPDATE meta SET value = replace(value, '\"seq\":1', '\"seq\":2') WHERE key = 'head'"],
    ["the signature removed", "DELETE FROM meta WHERE key = 'signature'"],
    ["the data key replaced", "UPDATE meta SET value = x'00' WHERE key = 'data_key'"],
    ["the format raised", "UPDATE meta SET value = '2' WHERE key = 'format'; PRAGMA user_version = 2"],
    ["the format raised in one place", "PRAGMA user_version = 2"],
    ["the format lowered in one place", "PRAGMA user_version = 0"],
    ["the application id removed", "PRAGMA application_id = 0"],
    ["a table dropped", "DROP TABLE holds"],
    ["a table added", "CREATE TABLE extra (x)"],
    ["a trigger planted", "CREATE TRIGGER t AFTER INSERT ON ledger BEGIN DELETE FROM holds; END"],
    ["another journal mode", "PRAGMA journal_mode = DELETE"],
  ])("%s with sqlite3", (_, statement) => {
    const seen = whole.look(sql(statement));
    expect(seen.says).toBe("refused");
    if (seen.says === "refused") for (const code of seen.codes) expect(HONEST).toContain(code);
  });

  test("any bit flipped anywhere in the file", () => {
    const { look, dir } = whole;
    const size = fs.statSync(store(dir)).size;
    const codes = new Set<string>();
    fc.assert(
      fc.property(fc.nat(size - 1), fc.nat(7), (byte, bit) => {
        const seen = look((copy) => flipBit(store(copy), byte, bit));
        expect(seen.says).not.toBe("something else");
        if (seen.says === "refused") for (const code of seen.codes) codes.add(code);
      }),
      { numRuns: 150 },
    );
    for (const code of codes) expect(HONEST).toContain(code);
  });

  test("the file cut anywhere", () => {
    const { look, dir } = whole;
    const size = fs.statSync(store(dir)).size;
    fc.assert(
      fc.property(fc.nat(size - 1), (length) => {
        const seen = look((copy) => fs.truncateSync(store(copy), length));
        expect(seen.says).toBe("refused");
        if (seen.says === "refused") for (const code of seen.codes) expect(HONEST).toContain(code);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a damaged store that is written to", () => {
  test("refuses, or becomes exactly what was asked for", () => {
    const dir = newStateDir();
    filledStore(dir);
    const copy = path.join(path.dirname(dir), "copy");
    const size = fs.statSync(store(dir)).size;
    fc.assert(
      fc.property(fc.nat(size - 1), fc.nat(7), (byte, bit) => {
        fs.rmSync(copy, { recursive: true, force: true });
        fs.cpSync(dir, copy, { recursive: true });
        flipBit(store(copy), byte, bit);
        const seen = applied(copy);
        if ("codes" in seen) for (const code of seen.codes) expect(HONEST).toContain(code);
        else expect(seen.words).toEqual({ a: "after", b: "changed", e: "new" });
      }),
      { numRuns: 80 },
    );
  });
});

test("a page that nobody reads is damaged: read on, but nothing is written on top of it", () => {
  const dir = newStateDir();
  fs.cpSync(whole.dir, dir, { recursive: true });
  const raw = new DatabaseSync(store(dir));
  const { page } = raw.prepare("SELECT max(pageno) AS page FROM dbstat WHERE name = 'entries'").get() as { page: number };
  raw.close();
  flipBit(store(dir), (page - 1) * 4_096, 4);
  readerOf(dir).close();
  expect(codesOf(openStore(dir, { mode: "write", create: false }, testPorts()))).toEqual(["STORE_CORRUPT"]);
});

/** One apply on a store, and what is in force afterwards. */
function applied(dir: string): { readonly words: unknown } | { readonly codes: readonly string[] } {
  const opened = openStore(dir, { mode: "write", create: false }, testPorts());
  if (!opened.ok) return { codes: codesOf(opened) };
  try {
    const fence = opened.value?.begin(OWNER, PLAN, ACTOR);
    if (!fence?.ok) return { codes: fence ? codesOf(fence) : ["STORE_CORRUPT"] };
    const done = opened.value?.commit(fence.value, requestOf({ a: "after", d: null, e: "new" }));
    if (!done?.ok) return { codes: done ? codesOf(done) : [] };
  } finally {
    opened.value?.close();
  }
  const reader = openStore(dir, { mode: "read" }, testPorts());
  if (!reader.ok) return { codes: codesOf(reader) };
  try {
    return { words: reader.value && wordsOf(reader.value) };
  } catch (error) {
    return { codes: [String(error instanceof Error && error.message.split(":")[0])] };
  } finally {
    reader.value?.close();
  }
}

describe("row 60: a store put back from an older copy", () => {
  function putBack(): string {
    const dir = newStateDir();
    filledStore(dir);
    const old = fs.readFileSync(store(dir));
    const writer = writerOf(dir);
    applyTo(writer, { a: "newest" });
    writer.close();
    fs.writeFileSync(store(dir), old);
    return dir;
  }

  test("is noticed, and nothing is read from it", () => {
    const dir = putBack();
    for (const options of [{ mode: "read" }, { mode: "write", create: false }] as const) {
      const behind = problemOf(openStore(dir, options as { mode: "read" }, testPorts()));
      expect([behind.code, behind.remedy]).toEqual(["LEDGER_BEHIND", expect.stringContaining("--accept-older")]);
    }
    expect(codesOf(openStore(dir, { mode: "write", create: true, actor: ACTOR }, testPorts()))).toEqual(["LEDGER_BEHIND"]);
  });

  test("and changed since is a rewritten ledger", () => {
    const dir = putBack();
    const seen = fs.readFileSync(path.join(dir, "head.json"));
    fs.writeFileSync(path.join(dir, "head.json"), JSON.stringify({ ...JSON.parse(seen.toString()), seq: 3 }));
    expect(codesOf(openStore(dir, { mode: "read" }, testPorts()))).toEqual(["LEDGER_BROKEN"]);
  });
});

test("a seen head that trails, as after a kill, is no problem and is brought up", () => {
  const dir = newStateDir();
  filledStore(dir);
  const trailing = fs.readFileSync(path.join(dir, "head.json"));
  const writer = writerOf(dir);
  applyTo(writer, { a: "newest" });
  writer.close();
  const newest = fs.readFileSync(path.join(dir, "head.json"), "utf8");
  fs.writeFileSync(path.join(dir, "head.json"), trailing);
  readerOf(dir).close();
  writerOf(dir).close();
  expect(fs.readFileSync(path.join(dir, "head.json"), "utf8")).toBe(newest);
});

test("temporary files of a killed process are swept, those of a living one are not", () => {
  const dir = newStateDir();
  writerOf(dir).close();
  const [dead, living] = [
    path.join(dir, "head.json.4194304-0123456789ab.tmp"),
    path.join(dir, `head.json.${process.pid}-0123456789ab.tmp`),
  ];
  for (const file of [dead, living]) fs.writeFileSync(file, "");
  fs.mkdirSync(path.join(dir, "ready"));
  writerOf(dir).close();
  expect([fs.existsSync(dead), fs.existsSync(living), fs.existsSync(path.join(dir, "ready"))]).toEqual([false, true, false]);
});

test("a whole store answers the same twice", () => {
  const dir = newStateDir();
  filledStore(dir);
  const [one, two] = [readerOf(dir), readerOf(dir)];
  expect(everything(one)).toEqual(everything(two));
  expect(valueOf(one.verifyContents()).generations).toBe(3);
  one.close();
  two.close();
});
