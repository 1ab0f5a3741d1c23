import { describe, expect, test } from "vitest";
import { digestBytes, LIMITS, UNMANAGED, type Address, type Digest, type Owner } from "../../core/index.ts";
import { applyTo, beginOn, codesOf, newStateDir, OWNER, ACTOR, requestOf, testPorts, valueOf, wordsOf, writerOf } from "./store.fixture.ts";
import { holdRuntime, type StoreWriter } from "./index.ts";

const A: Address = "Agent/a";
const released = { released: [A] };

function filled(): StoreWriter {
  const store = writerOf(newStateDir(), testPorts());
  applyTo(store, { a: "one", b: "two" });
  return store;
}

const hold = (store: StoreWriter, selector: Address | "*") =>
  valueOf(store.addHold({ owner: OWNER, selector, denied: "all", reason: "r", actor: ACTOR, until: null }));
const selectors = (store: StoreWriter, owner: Owner) => valueOf(store.holds(owner)).map((each) => each.selector);

describe("what is released", () => {
  test("leaves its owner and stays, unmanaged, in the same transaction, with a receipt for both", () => {
    const store = filled();
    applyTo(store, { a: null }, released);
    expect([wordsOf(store), wordsOf(store, UNMANAGED)]).toEqual([{ b: "two" }, { a: "one" }]);
    expect(valueOf(store.ownersOf([A]))).toEqual(new Map([[A, UNMANAGED]]));
    const records = valueOf(store.ledger(1, 100)).filter((each) => each.kind === "receipt");
    expect(records.slice(-2).map(({ owner, body }) => [owner, body["reason"]])).toEqual([
      [UNMANAGED, "forget"],
      [OWNER, "apply"],
    ]);
    valueOf(store.verifyContents());
    valueOf(store.verifyLedger());
  });

  test("cannot be written over, and is taken back by adopting it", () => {
    const store = filled();
    applyTo(store, { a: null }, released);
    expect(codesOf(store.commit(beginOn(store), requestOf({ a: "new" })))).toEqual(["ADDRESS_OWNED"]);
    applyTo(store, { a: "new" }, { adopted: [{ address: A, from: UNMANAGED }] });
    expect([wordsOf(store), wordsOf(store, UNMANAGED)]).toEqual([{ a: "new", b: "two" }, {}]);
  });

  test("one is taken back while another is released: one generation of the unmanaged", () => {
    const store = filled();
    applyTo(store, { a: null }, released);
    applyTo(store, { a: "new", b: null }, { adopted: [{ address: A, from: UNMANAGED }], released: ["Agent/b"] });
    expect([wordsOf(store), wordsOf(store, UNMANAGED)]).toEqual([{ a: "new" }, { b: "two" }]);
    expect(valueOf(store.generations(UNMANAGED)).map((each) => each.number)).toEqual([2, 1]);
    valueOf(store.verifyContents());
  });

  test("keeps its edits, and what an operator has stopped stays stopped on the way there and back", () => {
    const store = filled();
    valueOf(store.addEdit({ owner: OWNER, address: A, patch: [{ pointer: "/spec/word", value: "x" }], actor: ACTOR }));
    hold(store, A);
    hold(store, "*");
    applyTo(store, { a: null }, released);
    expect(valueOf(store.edits(UNMANAGED)).map((each) => [each.owner, each.address])).toEqual([[UNMANAGED, A]]);
    expect(valueOf(store.edits(OWNER))).toEqual([]);
    expect([selectors(store, OWNER), selectors(store, UNMANAGED)]).toEqual([["*"], [A, A]]);
    applyTo(store, { a: "new" }, { adopted: [{ address: A, from: UNMANAGED }] });
    expect([selectors(store, OWNER).sort(), selectors(store, UNMANAGED), valueOf(store.edits(UNMANAGED))]).toEqual([["*", A, A], [], []]);
  });

  test("a hold goes along to another owner as well", () => {
    const store = filled();
    hold(store, A);
    applyTo(store, { a: "theirs" }, { owner: "other/prod", adopted: [{ address: A, from: OWNER }] });
    expect([selectors(store, OWNER), valueOf(store.holds("other/prod")).map((each) => each.selector)]).toEqual([[], [A]]);
  });

  test("with a running gateway nothing moves before the candidate is active", () => {
    const dir = newStateDir();
    const store = writerOf(dir, testPorts());
    applyTo(store, { a: "one", b: "two" });
    const running = valueOf(holdRuntime(dir));
    const fence = beginOn(store);
    const candidate = valueOf(store.commit(fence, requestOf({ a: null }, released), { candidate: true }));
    expect([wordsOf(store), wordsOf(store, UNMANAGED)]).toEqual([{ a: "one", b: "two" }, {}]);
    valueOf(
      store.answerCandidate(OWNER, { generation: candidate.number, digest: candidate.digest, healthy: true, reason: null, actor: ACTOR }),
    );
    valueOf(store.activate(fence));
    running.release();
    expect([wordsOf(store), wordsOf(store, UNMANAGED)]).toEqual([{ b: "two" }, { a: "one" }]);
  });

  test("outlives the generations of its owner that had it", () => {
    const store = filled();
    applyTo(store, { a: null }, released);
    for (let i = 0; i < 60; i++) applyTo(store, { b: `word ${i}` });
    expect(wordsOf(store, UNMANAGED)).toEqual({ a: "one" });
    valueOf(store.verifyContents());
  });

  test.each([
    ["is not removed", { b: "x" }, [A]],
    ["is not there", { a: null }, ["Agent/none"]],
  ] as const)("what %s cannot be released: our bug", (_, changes, addresses) => {
    const store = filled();
    expect(() => store.commit(beginOn(store), requestOf(changes, { released: addresses }))).toThrow("a release of");
  });
});

test("what is made by hand is counted: at the limit it goes in, and one past it does not", () => {
  const store = filled();
  const bytes = Buffer.from("{}");
  const rowsOf = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ address: `Agent/m${from + i}` as const, before: null, bytes }));
  const make = (from: number, count: number) =>
    store.changeUnmanaged({ rows: rowsOf(from, count), actor: ACTOR, because: "r", schema: digestBytes("s"), engine: "0" });
  valueOf(make(0, LIMITS.unmanagedObjects));
  expect(codesOf(make(LIMITS.unmanagedObjects, 1))).toEqual(["STORE_LIMIT"]);
  expect(valueOf(store.active(UNMANAGED))?.resources).toBe(LIMITS.unmanagedObjects);
});

test("while an apply that takes an object over is being tried, nobody changes it", () => {
  const dir = newStateDir();
  const store = writerOf(dir, testPorts());
  applyTo(store, { b: "two" });
  const row = { address: "Agent/m" as const, bytes: Buffer.from("{}") };
  const change = (before: Digest | null, bytes: Uint8Array | null) =>
    store.changeUnmanaged({ rows: [{ ...row, before, bytes }], actor: ACTOR, because: "r", schema: digestBytes("s"), engine: "0" });
  valueOf(change(null, row.bytes));
  const running = valueOf(holdRuntime(dir));
  const fence = beginOn(store);
  valueOf(store.commit(fence, requestOf({ m: "new" }, { adopted: [{ address: "Agent/m", from: UNMANAGED }] }), { candidate: true }));
  expect(codesOf(change(digestBytes(row.bytes), null))).toEqual(["CANDIDATE_OPEN"]);
  valueOf(store.abandon(fence, "over"));
  expect(codesOf(change(digestBytes(row.bytes), null))).toEqual([]);
  running.release();
});
