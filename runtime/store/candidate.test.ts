import { describe, expect, test } from "vitest";
import { digestBytes, type Fence, type Generation } from "../../core/index.ts";
import { holdRuntime, type StoreWriter } from "./index.ts";
import {
  ACTOR,
  applyTo,
  beginOn,
  codesOf,
  newStateDir,
  OWNER,
  PLAN,
  problemOf,
  requestOf,
  valueOf,
  wordsOf,
  writerOf,
} from "./store.fixture.ts";

/** A store with generation 1 active and generation 2 waiting for a runtime. */
function waiting(extra: Parameters<typeof requestOf>[1] = {}): { store: StoreWriter; dir: string; fence: Fence; candidate: Generation } {
  const dir = newStateDir();
  const store = writerOf(dir);
  applyTo(store, { a: "one", b: "two" });
  const fence = beginOn(store);
  const candidate = valueOf(store.commit(fence, requestOf({ a: "changed", b: null, c: "new" }, extra), { candidate: true }));
  return { store, dir, fence, candidate };
}

const healthy = (candidate: Generation) => ({
  generation: candidate.number,
  digest: candidate.digest,
  healthy: true,
  reason: null,
  actor: "gateway",
});
const kindsOf = (store: StoreWriter) => valueOf(store.ledger(1, 100)).map(({ kind }) => kind);

describe("a candidate", () => {
  test("leaves the generation before it in force, and both readable", () => {
    const { store, candidate } = waiting();
    expect(candidate).toMatchObject({ number: 2, status: "candidate" });
    expect(valueOf(store.candidate(OWNER))).toEqual(candidate);
    expect(valueOf(store.active(OWNER))?.number).toBe(1);
    expect([wordsOf(store), wordsOf(store, OWNER, 2)]).toEqual([
      { a: "one", b: "two" },
      { a: "changed", c: "new" },
    ]);
    expect(valueOf(store.openIntent(OWNER))).not.toBeNull();
    store.close();
  });

  test("becomes active after a healthy answer about exactly its rows", () => {
    const { store, fence, candidate } = waiting();
    expect(codesOf(store.activate(fence))).toEqual(["CANDIDATE_OPEN"]);
    valueOf(store.answerCandidate(OWNER, healthy(candidate)));
    expect(valueOf(store.candidateAnswer(OWNER))).toMatchObject({ healthy: true, generation: 2 });
    expect(valueOf(store.activate(fence))).toMatchObject({ number: 2, status: "active" });
    expect(wordsOf(store)).toEqual({ a: "changed", c: "new" });
    expect([valueOf(store.candidate(OWNER)), valueOf(store.candidateAnswer(OWNER)), valueOf(store.openIntent(OWNER))]).toEqual([
      null,
      null,
      null,
    ]);
    expect(kindsOf(store).slice(3)).toEqual(["intent", "candidate", "answer", "receipt"]);
    expect(codesOf(store.activate(fence))).toEqual(["FENCE_LOST"]);
    store.close();
  });

  test.each([
    ["an unhealthy answer", { healthy: false, reason: "no such model" }, "no such model"],
    ["an answer about other rows", { digest: digestBytes("else") }, "loaded something else"],
  ])("is rejected after %s, and the next generation starts from the active one", (_, answer, why) => {
    const { store, fence, candidate } = waiting();
    valueOf(store.answerCandidate(OWNER, { ...healthy(candidate), ...answer }));
    const refused = problemOf(store.activate(fence));
    expect([refused.code, refused.detail]).toEqual(["CANDIDATE_REJECTED", expect.stringContaining(why)]);
    expect(valueOf(store.generations(OWNER)).map(({ number, status }) => [number, status])).toEqual([
      [2, "rejected"],
      [1, "active"],
    ]);
    expect(wordsOf(store)).toEqual({ a: "one", b: "two" });
    expect(codesOf(store.rows(OWNER, 2))).toEqual(["GENERATION_UNKNOWN"]);
    const next = applyTo(store, { a: "third" });
    expect([next.number, wordsOf(store)]).toEqual([3, { a: "third", b: "two" }]);
    expect(valueOf(store.verifyContents())).toEqual({ generations: 2, rows: 4, values: 3 });
    store.close();
  });

  test("blocks the next apply until it is settled", () => {
    const { store } = waiting();
    expect(codesOf(store.begin(OWNER, PLAN, ACTOR))).toEqual(["CANDIDATE_OPEN"]);
    expect(codesOf(store.begin("acme/test", PLAN, ACTOR))).toEqual([]);
    store.close();
  });

  test("nobody will answer is rejected by the next apply", () => {
    const { store } = waiting();
    expect(valueOf(store.settleCandidate(OWNER, ACTOR))).toMatchObject({ outcome: "rejected", generation: { number: 2 } });
    expect(valueOf(store.settleCandidate(OWNER, ACTOR))).toEqual({ outcome: "none" });
    expect(applyTo(store, { a: "third" }).number).toBe(3);
    store.close();
  });

  test("a running gateway has not answered yet keeps waiting", () => {
    const { store, dir, candidate } = waiting();
    const runtime = valueOf(holdRuntime(dir));
    expect(valueOf(store.settleCandidate(OWNER, ACTOR))).toEqual({ outcome: "waiting" });
    valueOf(store.answerCandidate(OWNER, healthy(candidate)));
    expect(valueOf(store.settleCandidate(OWNER, ACTOR))).toMatchObject({
      outcome: "activated",
      generation: { number: 2, status: "active" },
    });
    expect(wordsOf(store)).toEqual({ a: "changed", c: "new" });
    runtime.release();
    store.close();
  });

  test("answered as unhealthy is rejected by the next apply, with the runtime's reason", () => {
    const { store, candidate } = waiting();
    valueOf(store.answerCandidate(OWNER, { ...healthy(candidate), healthy: false, reason: "port in use" }));
    expect(valueOf(store.settleCandidate(OWNER, ACTOR))).toMatchObject({ outcome: "rejected", why: "port in use" });
    store.close();
  });

  test("given up by its own applier goes with its claim", () => {
    const { store, fence } = waiting();
    valueOf(store.abandon(fence, "interrupted"));
    expect(valueOf(store.candidate(OWNER))).toBeNull();
    expect(applyTo(store, { a: "third" }).number).toBe(3);
    store.close();
  });

  test("corrects edits and sets the pin only when it becomes active", () => {
    const pin = { owner: OWNER, generation: 1, because: "broke", actor: ACTOR, at: "2026-03-01T12:00:00.000Z", refused: [PLAN] };
    const dir = newStateDir();
    const store = writerOf(dir);
    applyTo(store, { a: "one" });
    const edit = valueOf(store.addEdit({ owner: OWNER, address: "Agent/a", patch: [{ pointer: "/spec", remove: true }], actor: "api" }));
    const fence = beginOn(store);
    const candidate = valueOf(store.commit(fence, requestOf({ a: "two" }, { correctedEdits: [edit.id], pin }), { candidate: true }));
    expect([valueOf(store.edits(OWNER)), valueOf(store.pin(OWNER))]).toEqual([[edit], null]);
    valueOf(store.answerCandidate(OWNER, healthy(candidate)));
    valueOf(store.activate(fence));
    expect([valueOf(store.edits(OWNER)), valueOf(store.pin(OWNER))]).toEqual([[], pin]);
    store.close();
  });

  test("an answer about a generation that does not wait is refused", () => {
    const { store, candidate } = waiting();
    expect(codesOf(store.answerCandidate(OWNER, { ...healthy(candidate), generation: 1 }))).toEqual(["GENERATION_UNKNOWN"]);
    store.close();
  });

  test("its addresses are its owner's already", () => {
    const { store } = waiting();
    const fence = beginOn(store, "acme/test");
    for (const name of ["b", "c"]) expect(codesOf(store.commit(fence, requestOf({ [name]: "mine" })))).toEqual(["ADDRESS_OWNED"]);
    store.close();
  });
});
