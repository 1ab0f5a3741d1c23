import { LIMITS, mapResult, type Digest, type Fence, type JsonObject } from "../../../core/index.ts";
import { objectOf, OWNER, text } from "../schema.ts";
import type { Route } from "../types.ts";
import { RECEIPT, RECORDED } from "./answers.ts";
import { commit } from "./commit.ts";
import { COMMIT, DIGEST, FENCE, LEASE } from "./schemas.ts";
import { receiptOf } from "./views.ts";
import { done, ownerIn, reply, said, withLease, wordIn, WRITING, type ApplyWorld } from "./world.ts";

/** The two transactions of an apply, and its end: written as a candidate, tried, active. */
export function commitRoutes(world: ApplyWorld): readonly Route[] {
  const { store, leases } = world;
  return [
    {
      ...WRITING,
      path: "/v2/record/intents",
      id: "beginApply",
      summary: "Settle what an interrupted apply left, and write down that one begins",
      body: objectOf({ lease: LEASE, owner: OWNER, plan: DIGEST }),
      answer: objectOf({ fence: FENCE, settled: text("What became of an open candidate.") }),
      handle: (call) =>
        withLease(leases, call, async ({ actor }) => {
          const settled = store().settleCandidate(ownerIn(call), actor);
          if (!settled.ok) return settled;
          const fence = store().begin(ownerIn(call), wordIn(call, "plan") as Digest, actor);
          return mapResult(fence, (claimed) => reply({ fence: { ...claimed }, settled: settled.value.outcome }));
        }),
    },
    {
      ...WRITING,
      path: "/v2/record/commits",
      id: "commitApply",
      summary: "Write the next generation as a candidate; the runtime tries it, and says so in its receipt",
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ lease: LEASE, fence: FENCE, request: COMMIT }),
      answer: objectOf({ generation: RECORDED }),
      handle: (call) => withLease(leases, call, (lease) => commit(world, lease, call.body as JsonObject)),
    },
    {
      ...WRITING,
      path: "/v2/record/activations",
      id: "activateApply",
      summary: "The candidate that the runtime has answered for becomes active, or is rejected with the reason",
      body: objectOf({ lease: LEASE, fence: FENCE }),
      answer: RECEIPT,
      handle: (call) =>
        withLease(leases, call, async ({ actor }) => {
          const { fence } = call.body as unknown as { readonly fence: Fence };
          const answer = store().candidateAnswer(fence.owner);
          if (!answer.ok) return answer;
          const ended = answer.value?.healthy === false ? store().settleCandidate(fence.owner, actor) : store().activate(fence);
          return ended.ok ? said(receiptOf(store(), fence.owner)) : ended;
        }),
    },
    {
      ...WRITING,
      path: "/v2/record/abandonments",
      id: "abandonApply",
      summary: "End an apply without effect, saying why",
      body: objectOf({ fence: FENCE, why: text("Why.", { maxLength: 1_024 }) }),
      status: 204,
      answer: {},
      handle: async (call) => {
        const { fence, why } = call.body as unknown as { readonly fence: Fence; readonly why: string };
        return done(store().abandon(fence, why));
      },
    },
  ];
}
