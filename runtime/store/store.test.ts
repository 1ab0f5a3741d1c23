import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { digestBytes, generationDigest, LIMITS, type Owner } from "../../core/index.ts";
import { openStore } from "./index.ts";
import {
  ACTOR,
  applyTo,
  beginOn,
  bytesOf,
  codesOf,
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

const OTHER: Owner = "acme/test";
const kinds = (dir: string): readonly string[] => {
  const store = readerOf(dir);
  const found = valueOf(store.ledger(1, 1_000)).map(({ kind }) => kind);
  store.close();
  return found;
};

describe("a store", () => {
  test("that was never made is null, and looking makes nothing", () => {
    const dir = newStateDir();
    expect(valueOf(openStore(dir, { mode: "read" }, testPorts()))).toBeNull();
    expect(valueOf(openStore(dir, { mode: "write", create: false }, testPorts()))).toBeNull();
    expect(fs.existsSync(dir)).toBe(false);
  });

  test("is made with its keys and its first record, closed to others", () => {
    const dir = newStateDir();
    writerOf(dir).close();
    const modes = ["", "store.db", "head.json", "keys", "keys/runtime.agekey", "keys/store.key", "keys/ledger.key"].map((name) => [
      name,
      (fs.statSync(path.join(dir, name)).mode & 0o777).toString(8),
    ]);
    expect(Object.fromEntries(modes)).toEqual({
      "": "700",
      "store.db": "600",
      "head.json": "600",
      keys: "700",
      "keys/runtime.agekey": "600",
      "keys/store.key": "600",
      "keys/ledger.key": "600",
    });
    expect(fs.readdirSync(dir).sort()).toEqual(["head.json", "keys", "store.db"]);
    expect(kinds(dir)).toEqual(["created"]);
  });

  test("two stores have two lineages", () => {
    const [a, b] = [writerOf(newStateDir()), writerOf(newStateDir())];
    expect(a.lineage).not.toBe(b.lineage);
    a.close();
    b.close();
  });

  test("says nothing is active before the first apply", () => {
    const store = writerOf(newStateDir());
    expect(valueOf(store.active(OWNER))).toBeNull();
    expect(valueOf(store.generations(OWNER))).toEqual([]);
    expect(valueOf(store.owners())).toEqual([]);
    expect(codesOf(store.rows(OWNER, 1))).toEqual(["GENERATION_UNKNOWN"]);
    store.close();
  });

  test("reading leaves the folder as it was", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    applyTo(store, { a: "one" });
    store.close();
    const before = fs.readdirSync(dir).map((name) => [name, fs.statSync(path.join(dir, name)).mtimeMs]);
    const reader = readerOf(dir);
    wordsOf(reader);
    reader.close();
    expect(fs.readdirSync(dir).map((name) => [name, fs.statSync(path.join(dir, name)).mtimeMs])).toEqual(before);
  });
});

describe("an apply", () => {
  test("makes generation N+1 active and keeps N readable", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    const first = applyTo(store, { a: "one", b: "two" });
    const second = applyTo(store, { b: "changed", c: "new" });
    const third = applyTo(store, { a: null });
    store.close();
    const reader = readerOf(dir);
    expect([first, second, third].map(({ number, status, resources }) => [number, status, resources])).toEqual([
      [1, "active", 2],
      [2, "active", 3],
      [3, "active", 2],
    ]);
    expect(valueOf(reader.generations(OWNER)).map(({ number, status }) => [number, status])).toEqual([
      [3, "active"],
      [2, "superseded"],
      [1, "superseded"],
    ]);
    expect([1, 2, 3].map((n) => wordsOf(reader, OWNER, n))).toEqual([
      { a: "one", b: "two" },
      { a: "one", b: "changed", c: "new" },
      { b: "changed", c: "new" },
    ]);
    expect(valueOf(reader.verifyContents())).toEqual({ generations: 3, rows: 7, values: 4 });
    expect(third.digest).toBe(generationDigest(valueOf(reader.rows(OWNER, 3))));
    reader.close();
    expect(kinds(dir)).toEqual(["created", "intent", "receipt", "intent", "receipt", "intent", "receipt"]);
  });

  test("a row set to what it is costs nothing, and one that comes back is whole", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one", b: "two" });
    applyTo(store, { a: "one", b: null });
    applyTo(store, { b: "two" });
    expect([1, 2, 3].map((n) => wordsOf(store, OWNER, n))).toEqual([{ a: "one", b: "two" }, { a: "one" }, { a: "one", b: "two" }]);
    store.close();
  });

  test("rows come sorted by address, whatever order they were given in", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { z: "1", b: "2", m: "3" });
    applyTo(store, { a: "4", n: "5" });
    expect([...valueOf(store.rows(OWNER, 2)).keys()]).toEqual(["Agent/a", "Agent/b", "Agent/m", "Agent/n", "Agent/z"]);
    store.close();
  });

  test("an older fence is lost, whoever took the newer one", () => {
    const dir = newStateDir();
    const [one, two] = [writerOf(dir), writerOf(dir)];
    const old = beginOn(one);
    const young = beginOn(two);
    expect(young.number).toBe(old.number + 1);
    expect(codesOf(one.commit(old, requestOf({ a: "late" })))).toEqual(["FENCE_LOST"]);
    expect(codesOf(one.abandon(old, "late"))).toEqual(["FENCE_LOST"]);
    expect(valueOf(two.commit(young, requestOf({ a: "young" }))).number).toBe(1);
    expect(codesOf(two.commit(young, requestOf({ a: "again" })))).toEqual(["FENCE_LOST"]);
    expect(wordsOf(one)).toEqual({ a: "young" });
    one.close();
    two.close();
    expect(kinds(dir)).toEqual(["created", "intent", "abandoned", "intent", "receipt"]);
  });

  test("an intent nobody closed is told, closed and written down by the next", () => {
    const dir = newStateDir();
    const dead = writerOf(dir);
    beginOn(dead);
    dead.close();
    const next = writerOf(dir);
    expect(valueOf(next.openIntent(OWNER))).toMatchObject({ fence: { number: 1, plan: PLAN }, actor: ACTOR });
    const begun = next.begin(OWNER, PLAN, ACTOR);
    expect(begun.ok && begun.warnings.map(({ code }) => code)).toEqual(["STORE_RECOVERED"]);
    next.close();
  });

  test("abandon closes the intent and says why", () => {
    const store = writerOf(newStateDir());
    valueOf(store.abandon(beginOn(store), "load check failed"));
    expect(valueOf(store.openIntent(OWNER))).toBeNull();
    expect(valueOf(store.ledger(3, 1))[0]?.body).toMatchObject({ why: "load check failed", fence: 1 });
    store.close();
  });

  test.each([
    ["bytes that hash to something else", { values: new Map([[digestBytes("right"), Buffer.from("wrong")]]) }],
    ["a row whose bytes nobody has", { values: new Map() }],
  ])("%s are refused, and nothing is written", (_, extra) => {
    const store = writerOf(newStateDir());
    const fence = beginOn(store);
    const before = valueOf(store.ledgerHead());
    expect(codesOf(store.commit(fence, requestOf({ a: "one" }, extra)))).toEqual(["VALUE_MISMATCH"]);
    expect(valueOf(store.ledgerHead())).toEqual(before);
    expect(valueOf(store.active(OWNER))).toBeNull();
    expect(valueOf(store.commit(fence, requestOf({ a: "one" }))).number).toBe(1);
    store.close();
  });

  test("bytes the store has already need not come again", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const known = digestBytes(bytesOf("a", "one"));
    expect([...valueOf(store.knownValues([known, PLAN]))]).toEqual([known]);
    const rows = [{ address: "Agent/a" as const, digest: null }];
    valueOf(store.commit(beginOn(store), requestOf({}, { rows })));
    valueOf(store.commit(beginOn(store), requestOf({}, { rows: [{ address: "Agent/a", digest: known }] })));
    expect(wordsOf(store)).toEqual({ a: "one" });
    store.close();
  });

  test("a value that is asked for and not there is corruption, not absence", () => {
    const store = writerOf(newStateDir());
    expect(codesOf(store.values([PLAN]))).toEqual(["STORE_CORRUPT"]);
    store.close();
  });

  test("an empty generation is one too: destroy", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const last = applyTo(store, { a: null }, { reason: "destroy", because: "moved away" });
    expect([last.resources, last.reason, last.because]).toEqual([0, "destroy", "moved away"]);
    expect(wordsOf(store)).toEqual({});
    store.close();
  });

  test("the clock may jump: records stay in order and verify", () => {
    const dir = newStateDir();
    const ports = testPorts("2026-03-01T12:00:00.000Z");
    const store = writerOf(dir, ports);
    for (const instant of ["1970-01-01T00:00:00.000Z", "2038-01-19T03:14:08.000Z", "2026-03-01T11:00:00.000Z"]) {
      ports.set(instant);
      applyTo(store, { a: instant });
    }
    expect(valueOf(store.ledger(1, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(valueOf(store.verifyLedger()).records).toBe(7);
    store.close();
  });

  test("a reader stays with the moment it was opened", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    applyTo(store, { a: "one" });
    const reader = readerOf(dir);
    applyTo(store, { a: "two" });
    expect([wordsOf(reader), wordsOf(store)]).toEqual([{ a: "one" }, { a: "two" }]);
    reader.close();
    store.close();
  });

  test("a writer sees what another process committed", () => {
    const dir = newStateDir();
    const [one, two] = [writerOf(dir), writerOf(dir)];
    applyTo(one, { a: "one" });
    expect(wordsOf(two)).toEqual({ a: "one" });
    applyTo(two, { a: "two" });
    expect(wordsOf(one)).toEqual({ a: "two" });
    one.close();
    two.close();
  });
});

describe("retention", () => {
  test(`keeps ${LIMITS.generationsKept} generations and the values they need`, () => {
    const store = writerOf(newStateDir());
    const total = LIMITS.generationsKept + 5;
    applyTo(store, { still: "here" });
    for (let n = 2; n <= total; n++) applyTo(store, { a: `word ${n}` });
    const kept = valueOf(store.generations(OWNER));
    expect([kept.length, kept[0]?.number, kept.at(-1)?.number]).toEqual([
      LIMITS.generationsKept,
      total,
      total - LIMITS.generationsKept + 1,
    ]);
    expect(wordsOf(store, OWNER, kept.at(-1)?.number)).toEqual({ still: "here", a: `word ${total - LIMITS.generationsKept + 1}` });
    expect(codesOf(store.rows(OWNER, 5))).toEqual(["GENERATION_UNKNOWN"]);
    expect(valueOf(store.verifyContents()).values).toBe(LIMITS.generationsKept + 1);
    expect([...valueOf(store.knownValues([digestBytes(bytesOf("a", "word 2")), digestBytes(bytesOf("still", "here"))]))]).toEqual([
      digestBytes(bytesOf("still", "here")),
    ]);
    store.close();
  });

  test("what a kept resource names by digest is kept with it, and goes with it", () => {
    const store = writerOf(newStateDir());
    const [file, shared] = [Buffer.from("a prompt"), Buffer.from("shared by two")];
    const naming = (...parts: readonly Uint8Array[]): string => parts.map((part) => digestBytes(part)).join(" ");
    const withFiles = (changes: Record<string, string | null>): void => {
      const request = requestOf(changes);
      const values = new Map([...request.values, ...[file, shared].map((bytes) => [digestBytes(bytes), bytes] as const)]);
      valueOf(store.commit(beginOn(store), { ...request, values }));
    };
    withFiles({ a: naming(file, shared), b: naming(shared) });
    applyTo(store, { a: null });
    for (let n = 0; n < LIMITS.generationsKept; n++) applyTo(store, { c: `word ${n}` });
    expect([...valueOf(store.knownValues([digestBytes(file), digestBytes(shared)]))]).toEqual([digestBytes(shared)]);
    store.close();
  });

  test("what a generation is proved with stays as long as it, and no longer", () => {
    const store = writerOf(newStateDir());
    const [plan, approval] = [Buffer.from("a plan"), Buffer.from("an approval")];
    const list = Buffer.from(JSON.stringify({ plan: digestBytes(plan), approvals: [digestBytes(approval)] }));
    const values = new Map([list, plan, approval].map((bytes) => [digestBytes(bytes), bytes] as const));
    const { evidence } = applyTo(store, { a: "one" }, { evidence: { list: digestBytes(list), values } });
    expect(evidence).toBe(digestBytes(list));
    expect(valueOf(store.ledger(1, 10)).at(-1)?.body["evidence"]).toBe(evidence);
    for (let n = 1; n < LIMITS.generationsKept; n++) applyTo(store, { c: `word ${n}` });
    expect([...valueOf(store.values(values.keys())).keys()].sort()).toEqual([...values.keys()].sort());
    applyTo(store, { c: "one too many" });
    expect(valueOf(store.knownValues(values.keys())).size).toBe(0);
    store.close();
  });

  test("what a rejected candidate would have been proved with goes with it", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const list = Buffer.from("evidence");
    applyTo(
      store,
      { a: "two" },
      { evidence: { list: digestBytes(list), values: new Map([[digestBytes(list), list]]) } },
      { candidate: true },
    );
    expect(valueOf(store.settleCandidate(OWNER, ACTOR)).outcome).toBe("rejected");
    expect(valueOf(store.knownValues([digestBytes(list)])).size).toBe(0);
    store.close();
  });
});

describe("owners", () => {
  test("have generations, numbers and fences of their own", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    applyTo(store, { b: "two" }, { owner: OTHER });
    applyTo(store, { b: "three" }, { owner: OTHER });
    expect(valueOf(store.owners())).toEqual([OWNER, OTHER]);
    expect([wordsOf(store), wordsOf(store, OTHER)]).toEqual([{ a: "one" }, { b: "three" }]);
    expect(valueOf(store.active(OTHER))?.number).toBe(2);
    expect([...valueOf(store.ownersOf(["Agent/a", "Agent/b", "Agent/c"]))]).toEqual([
      ["Agent/a", OWNER],
      ["Agent/b", OTHER],
    ]);
    store.close();
  });

  test("never write over each other", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const fence = beginOn(store, OTHER);
    const refused = store.commit(fence, requestOf({ a: "mine now" }));
    expect(problemOf(refused)).toMatchObject({ code: "ADDRESS_OWNED", context: { address: "Agent/a", owner: OWNER } });
    expect(wordsOf(store)).toEqual({ a: "one" });
    store.close();
  });

  test("a resource that is taken over by name leaves its owner in the same transaction", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one", b: "two" });
    const adopted = [{ address: "Agent/a" as const, from: OWNER }];
    applyTo(store, { a: "one" }, { owner: OTHER, reason: "adopt", adopted });
    expect([wordsOf(store), wordsOf(store, OTHER)]).toEqual([{ b: "two" }, { a: "one" }]);
    expect(valueOf(store.active(OWNER))).toMatchObject({ number: 2, reason: "adopt", because: `adopted by ${OTHER}` });
    expect(valueOf(store.verifyLedger()).records).toBe(valueOf(store.ledgerHead())?.seq);
    store.close();
  });
});

describe("edits, holds, pins and refusals", () => {
  test("edits stand in the order in which they were made, whatever their ids and the clock", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
    for (const value of words)
      valueOf(store.addEdit({ owner: OWNER, address: "Agent/a", patch: [{ pointer: "/spec/word", value }], actor: "api" }));
    const edits = valueOf(store.edits(OWNER));
    expect(edits.map(({ patch: [step] }) => step && "value" in step && step.value)).toEqual(words);
    store.close();
  });

  test("stand until they are resolved, each with its record", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    applyTo(store, { a: "one" });
    const edit = valueOf(
      store.addEdit({ owner: OWNER, address: "Agent/a", patch: [{ pointer: "/spec/word", value: "private" }], actor: "api" }),
    );
    const hold = valueOf(store.addHold({ owner: OWNER, selector: "*", denied: ["exec.run"], reason: "odd", actor: ACTOR, until: null }));
    expect([valueOf(store.edits(OWNER)), valueOf(store.holds(OWNER))]).toEqual([[edit], [hold]]);
    valueOf(store.removeHold(OWNER, hold.id, ACTOR, "fine again"));
    applyTo(store, { a: "two" }, { correctedEdits: [edit.id] });
    expect([valueOf(store.edits(OWNER)), valueOf(store.holds(OWNER))]).toEqual([[], []]);
    valueOf(store.recordRefusal(OWNER, ACTOR, ["PINNED"], PLAN));
    const said = JSON.stringify(valueOf(store.ledger(1, 100)));
    store.close();
    expect(kinds(dir)).toEqual(["created", "intent", "receipt", "edit", "hold", "unhold", "intent", "receipt", "refused"]);
    expect(said).not.toContain("private");
  });

  test("a hold outlives generations and rollbacks", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const hold = valueOf(store.addHold({ owner: OWNER, selector: "Agent/a", denied: "all", reason: "odd", actor: ACTOR, until: null }));
    applyTo(store, { a: null });
    applyTo(store, { a: "one" }, { reason: "rollback", because: "broke" });
    expect(valueOf(store.holds(OWNER))).toEqual([hold]);
    store.close();
  });

  test("a pin is set by a rollback, replaced by the next, and ended once", () => {
    const dir = newStateDir();
    const store = writerOf(dir);
    applyTo(store, { a: "one" });
    const pin = (generation: number) => ({
      owner: OWNER,
      generation,
      because: "broke",
      actor: ACTOR,
      at: "2026-03-01T12:00:00.000Z",
      refused: [PLAN],
    });
    applyTo(store, { a: "two" }, { reason: "rollback", pin: pin(1) });
    expect(valueOf(store.pin(OWNER))).toEqual(pin(1));
    applyTo(store, { a: "three" });
    expect(valueOf(store.pin(OWNER))).toEqual(pin(1));
    applyTo(store, { a: "four" }, { pin: pin(3) });
    expect(valueOf(store.pin(OWNER))).toEqual(pin(3));
    valueOf(store.endPin(OWNER, ACTOR));
    valueOf(store.endPin(OWNER, ACTOR));
    expect(valueOf(store.pin(OWNER))).toBeNull();
    applyTo(store, { a: "five" }, { pin: null });
    store.close();
    expect(kinds(dir).filter((kind) => kind.endsWith("pin"))).toEqual(["pin", "pin", "unpin"]);
  });

  test("a hold that is not there is said so, and nothing is recorded", () => {
    const store = writerOf(newStateDir());
    applyTo(store, { a: "one" });
    const head = valueOf(store.ledgerHead());
    expect(codesOf(store.removeHold(OWNER, "nope", ACTOR, "why"))).toEqual(["HOLD_UNKNOWN"]);
    expect(valueOf(store.ledgerHead())).toEqual(head);
    store.close();
  });

  test("one note has a size limit", () => {
    const store = writerOf(newStateDir());
    const note = (length: number) =>
      store.addHold({ owner: OWNER, selector: "*", denied: "all", reason: "x".repeat(length), actor: ACTOR, until: null });
    const empty = Buffer.byteLength(JSON.stringify(valueOf(note(0))));
    expect(codesOf(note(LIMITS.noteBytes - empty))).toEqual([]);
    expect(codesOf(note(LIMITS.noteBytes - empty + 1))).toEqual(["STORE_LIMIT"]);
    store.close();
  });
});
