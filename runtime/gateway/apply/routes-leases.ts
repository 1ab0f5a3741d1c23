import { mapResult, ok } from "../../../core/index.ts";
import { count, objectOf } from "../schema.ts";
import type { Route } from "../types.ts";
import { ACTOR, LEASE, WAIT_MS } from "./schemas.ts";
import { actorOf, done, WRITING, type ApplyWorld } from "./world.ts";

/** The claim on the gateway: taken, kept, given back. */
export function leaseRoutes({ leases }: ApplyWorld): readonly Route[] {
  return [
    {
      ...WRITING,
      path: "/v2/record/leases",
      id: "takeLease",
      summary: "Claim the gateway: nobody else applies until it is given back, or its holder is silent for too long",
      body: objectOf({ actor: ACTOR, waitMs: WAIT_MS }),
      status: 201,
      answer: objectOf({ lease: LEASE, silentMs: count("How long its holder may be silent, in milliseconds.") }),
      handle: async (call) => {
        const { waitMs } = call.body as { readonly waitMs: number };
        const taken = await leases.take(call.caller.id, actorOf(call), waitMs, call.signal);
        return mapResult(taken, ({ id }) => ({ status: 201, body: { lease: id, silentMs: leases.silentMs } }));
      },
    },
    {
      ...WRITING,
      path: "/v2/record/leases/{lease}/renew",
      id: "renewLease",
      summary: "Say that the holder of a claim is still there",
      isReading: true,
      isIdempotent: true,
      params: objectOf({ lease: LEASE }),
      status: 204,
      answer: {},
      handle: async ({ caller, params }) => done(leases.use(caller.id, params["lease"] ?? "")),
    },
    {
      method: "DELETE",
      path: "/v2/record/leases/{lease}",
      id: "endLease",
      summary: "Give a claim back",
      tag: "record",
      role: "editor",
      params: objectOf({ lease: LEASE }),
      status: 204,
      answer: {},
      handle: async ({ caller, params }) => {
        leases.release(caller.id, params["lease"] ?? "");
        return ok({ status: 204 });
      },
    },
  ];
}
