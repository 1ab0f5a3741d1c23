import { describe, expect, test } from "vitest";
import { digestBytes, type Address, type Fence } from "../../core/index.ts";
import type { CommitRequest, StoreWriter } from "../store/index.ts";
import { beginOn, newStateDir, OWNER, requestOf, valueOf, writerOf } from "../store/store.fixture.ts";
import { answerCandidates, type Trial } from "./candidates.ts";

const ACTOR = "gateway@test";
const never = new AbortController().signal;

/** A commit of one Secret without a value, which the runtime can build; or of an Agent without a model, which it cannot. */
function requestFor(kind: "Secret" | "Agent", description: string): CommitRequest {
  const bytes = new TextEncoder().encode(JSON.stringify({ kind, metadata: { name: "a" }, spec: { description, data: {} } }));
  const address: Address = `${kind}/a`;
  const digest = digestBytes(bytes);
  return { ...requestOf({}), rows: [{ address, digest }], values: new Map([[digest, bytes]]) };
}

function waiting(kind: "Secret" | "Agent" = "Secret"): { readonly store: StoreWriter; readonly fence: Fence } {
  const store = writerOf(newStateDir());
  valueOf(store.commit(beginOn(store), requestFor("Secret", "one")));
  const fence = beginOn(store);
  valueOf(store.commit(fence, requestFor(kind, "two"), { candidate: true }));
  return { store, fence };
}

const activeOf = (store: StoreWriter): number | undefined => valueOf(store.active(OWNER))?.number;

const answer = async (store: StoreWriter, tries: Trial, trialMs = 1_000): Promise<unknown> =>
  valueOf(await answerCandidates({ store, actor: ACTOR, trials: [{ name: "plugins", tries }], trialMs }, never));

describe("a candidate", () => {
  test("that every part can run is answered once, and may become active", async () => {
    const { store, fence } = waiting();
    expect(await answer(store, async () => null)).toEqual([{ owner: OWNER, generation: 2, healthy: true, reason: null }]);
    expect(await answer(store, async () => "never asked again")).toEqual([]);
    expect(valueOf(store.activate(fence)).number).toBe(2);
    expect(activeOf(store)).toBe(2);
    store.close();
  });

  test.each<[string, Trial, string]>([
    ["cannot run", async () => "the archive is gone", "plugins: the archive is gone"],
    ["throws", async () => Promise.reject(new Error("bang")), 'plugins: "bang"'],
    ["never ends", () => new Promise(() => {}), "plugins: no answer within 30 ms"],
  ])("that a part %s is refused with the reason, and the one before it stays", async (_, tries, reason) => {
    const { store, fence } = waiting();
    expect(await answer(store, tries, 30)).toMatchObject([{ healthy: false, reason }]);
    expect(store.activate(fence).ok).toBe(false);
    expect(activeOf(store)).toBe(1);
    store.close();
  });

  test("that cannot even be built is refused without asking any part", async () => {
    const { store } = waiting("Agent");
    const said = await answer(store, async () => Promise.reject(new Error("asked")));
    expect(said).toMatchObject([{ healthy: false, reason: "Agent/a names no model." }]);
    store.close();
  });

  test("is left alone by a gateway that is stopping", async () => {
    const { store } = waiting();
    const stop = new AbortController();
    const done = answerCandidates({ store, actor: ACTOR, trials: [{ name: "p", tries: async () => (stop.abort(), null) }] }, stop.signal);
    expect(valueOf(await done)).toEqual([]);
    expect(valueOf(store.candidateAnswer(OWNER))).toBeNull();
    store.close();
  });

  test("nothing waits: nothing is said", async () => {
    const store = writerOf(newStateDir());
    valueOf(store.commit(beginOn(store), requestFor("Secret", "one")));
    expect(await answer(store, async () => "no")).toEqual([]);
    store.close();
  });
});
