import { LIMITS, mapResult, type Address, type Digest, type Owner } from "../../../core/index.ts";
import { count, listOf, objectOf, orNull, OWNER } from "../schema.ts";
import type { Route } from "../types.ts";
import { CHECKED, HEAD_PROOF, OBSERVED, RECORDED, ROWS_ANSWER, STATUS } from "./answers.ts";
import { ADDRESS, DIGEST, MANY } from "./schemas.ts";
import { observed, statusOf } from "./views.ts";
import { LOOKING, ownerIn, READING, reply, said, type ApplyWorld } from "./world.ts";

/** What a plan compares with, and what the record says of itself. */
export function readingRoutes(world: ApplyWorld): readonly Route[] {
  const { store } = world;
  return [
    {
      ...READING,
      path: "/v2/record/observe",
      id: "observe",
      summary: "The live state of one owner: what a plan compares with",
      answer: OBSERVED,
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ owner: OWNER, addresses: { type: "array", maxItems: MANY, items: ADDRESS } }),
      handle: async (call) => {
        const recipient = world.recipient();
        if (!recipient.ok) return recipient;
        const { addresses } = call.body as { readonly addresses: readonly Address[] };
        return said(observed(store(), ownerIn(call), addresses, recipient.value));
      },
    },
    {
      ...LOOKING,
      path: "/v2/record/owners",
      id: "listOwners",
      summary: "Whose configurations this gateway runs",
      answer: objectOf({ owners: listOf(OWNER) }),
      handle: async () => mapResult(store().owners(), (owners) => reply({ owners: [...owners] })),
    },
    {
      ...LOOKING,
      path: "/v2/record/status",
      id: "recordStatus",
      summary: "What the record says of one owner",
      answer: STATUS,
      query: objectOf({ owner: OWNER }),
      handle: async ({ query }) => {
        const recipient = world.recipient();
        return recipient.ok ? said(statusOf(store(), query["owner"] as Owner, recipient.value)) : recipient;
      },
    },
    {
      ...LOOKING,
      path: "/v2/record/generations",
      id: "recordGenerations",
      summary: "The generations of one owner in full, newest first",
      query: objectOf({ owner: OWNER }),
      answer: objectOf({ generations: listOf(RECORDED) }),
      handle: async ({ query }) =>
        mapResult(store().generations(query["owner"] as Owner), (all) => reply({ generations: all.map((each) => ({ ...each })) })),
    },
    {
      ...LOOKING,
      path: "/v2/record/rows",
      id: "recordRows",
      summary: "Every address of one generation with its digest",
      query: objectOf({ owner: OWNER, generation: count("Which.") }),
      answer: ROWS_ANSWER,
      handle: async ({ query }) =>
        mapResult(store().rows(query["owner"] as Owner, Number(query["generation"])), (rows) =>
          reply({ rows: [...rows].map((each) => [...each]) }),
        ),
    },
    {
      ...LOOKING,
      path: "/v2/record/head",
      id: "recordHead",
      summary: "The signed end of the ledger",
      answer: HEAD_PROOF,
      handle: async () => mapResult(store().headProof(), (proof) => reply({ ...proof })),
    },
    {
      ...READING,
      path: "/v2/record/verify",
      id: "verifyRecord",
      summary: "Walk the whole ledger up to its signed head, and to a head seen elsewhere",
      answer: CHECKED,
      body: objectOf({ head: orNull(objectOf({ seq: count("Its number."), hash: DIGEST })) }),
      handle: async ({ body }) => {
        const { head } = body as unknown as { readonly head: { readonly seq: number; readonly hash: Digest } | null };
        return mapResult(store().verifyLedger(head ?? undefined), (check) =>
          reply({ records: check.records, head: check.head && { ...check.head }, lineage: store().lineage }),
        );
      },
    },
  ];
}
