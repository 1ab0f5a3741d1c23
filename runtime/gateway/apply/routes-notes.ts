import type { Digest, JsonObject } from "../../../core/index.ts";
import { objectOf, orNull, OWNER, text } from "../schema.ts";
import type { Route } from "../types.ts";
import { ACTOR, ANY, DIGEST } from "./schemas.ts";
import { actorOf, done, ownerIn, WRITING, type ApplyWorld } from "./world.ts";

/** What is written to the record beside an apply. Said twice under one key, it is written once. */
export function noteRoutes({ store }: ApplyWorld): readonly Route[] {
  const noting = { ...WRITING, isIdempotent: true, status: 204, answer: {} } as const;
  return [
    {
      ...noting,
      path: "/v2/record/pins/end",
      id: "endPin",
      summary: "Let what a rollback refused come back",
      body: objectOf({ owner: OWNER, actor: ACTOR }),
      handle: async (call) => done(store().endPin(ownerIn(call), actorOf(call))),
    },
    {
      ...noting,
      path: "/v2/record/refusals",
      id: "recordRefusal",
      summary: "Note in the ledger that a plan was refused",
      body: objectOf({
        owner: OWNER,
        actor: ACTOR,
        codes: { type: "array", maxItems: 64, items: text("A code.", { pattern: "^[A-Z][A-Z0-9_]{1,63}$" }) },
        plan: orNull(DIGEST),
      }),
      handle: async (call) => {
        const { codes, plan } = call.body as unknown as { readonly codes: readonly string[]; readonly plan: Digest | null };
        return done(store().recordRefusal(ownerIn(call), actorOf(call), codes, plan));
      },
    },
    {
      ...noting,
      path: "/v2/record/waivers",
      id: "recordWaiver",
      summary: "Note in the ledger that an owner takes the place of approvals",
      role: "owner",
      body: objectOf({ owner: OWNER, actor: ACTOR, waiver: ANY }),
      handle: async (call) =>
        done(store().recordWaiver(ownerIn(call), actorOf(call), (call.body as { readonly waiver: JsonObject }).waiver)),
    },
  ];
}
