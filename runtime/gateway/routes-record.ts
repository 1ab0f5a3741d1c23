import { fail, LIMITS, ok, problem, type Diagnostic, type Generation, type Hold, type JsonObject, type Result } from "../../core/index.ts";
import { isAtLeast } from "../auth/index.ts";
import type { Live, LiveOwner } from "../live/index.ts";
import type { Role } from "../run/index.ts";
import type { StoreWriter } from "../store/index.ts";
import { HOLD } from "./apply/answers.ts";
import { ownerOf } from "./owners.ts";
import { count, instant, objectOf, orNull, OWNER, pageFrom, pageOf, pageQuery, text } from "./schema.ts";
import type { Route } from "./types.ts";

export interface RecordWorld {
  readonly live: () => Live;
  readonly store: () => StoreWriter;
}

const GENERATION: JsonObject = objectOf({
  owner: OWNER,
  number: count("Counts from 1 for each owner."),
  status: text("What it is now.", { enum: ["candidate", "active", "superseded", "rejected"] }),
  reason: text("Why it exists."),
  because: orNull(text("What was said when it was made.")),
  digest: text("Over its resources."),
  plan: text("The digest of the plan that made it."),
  engine: text("The version of moltbot that wrote it."),
  commit: orNull(text("The commit it was made from.")),
  dirty: { type: "boolean", description: "Made from files that were not committed." },
  actor: text("Who made it."),
  createdAt: instant("When."),
  resources: count("How many resources it has."),
});

const LEDGER_RECORD: JsonObject = { type: "object", description: "One record of the ledger (`moltbot schema LedgerRecord`)." };

/** Generations, holds and the ledger: what the record says. */
export function recordRoutes({ live, store }: RecordWorld): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2/generations",
      id: "listGenerations",
      summary: "Generations, oldest first",
      tag: "generations",
      role: "viewer",
      query: pageQuery({ owner: OWNER }),
      answer: pageOf(GENERATION),
      status: 200,
      handle: async ({ query }) => {
        const owner = ownerOf(live(), query);
        if (!owner.ok) return owner;
        const all = store().generations(owner.value.owner);
        if (!all.ok) return all;
        const page = pageFrom([...all.value].reverse(), ({ number }) => String(number).padStart(12, "0"), query);
        return ok({ status: 200, body: { items: page.items.map(shownGeneration), next: page.next } });
      },
    },
    {
      method: "GET",
      path: "/v2/generations/active",
      id: "activeGeneration",
      summary: "The generation that runs",
      tag: "generations",
      role: "viewer",
      query: objectOf({ owner: OWNER }, ["owner"]),
      answer: GENERATION,
      status: 200,
      handle: async ({ query }) => {
        const owner = ownerOf(live(), query);
        if (!owner.ok) return owner;
        const { generation } = owner.value.active;
        return ok({ status: 200, etag: generation.digest, body: shownGeneration(generation) });
      },
    },
    {
      method: "GET",
      path: "/v2/holds",
      id: "listHolds",
      summary: "What is held back",
      tag: "holds",
      role: "viewer",
      query: pageQuery({ owner: OWNER }),
      answer: pageOf(HOLD),
      status: 200,
      handle: async ({ query }) => {
        const owner = ownerOf(live(), query);
        if (!owner.ok) return owner;
        const page = pageFrom(
          [...holdsOn(owner.value)].sort((a, b) => (a.id < b.id ? -1 : 1)),
          ({ id }) => id,
          query,
        );
        return ok({ status: 200, body: { items: page.items.map(shownHold), next: page.next } });
      },
    },
    {
      method: "DELETE",
      path: "/v2/holds/{id}",
      id: "liftHold",
      summary: "Lift a hold",
      tag: "holds",
      role: "operator",
      params: objectOf({ id: text("Its name.", { pattern: "^[0-9a-f]{8,64}$" }) }),
      query: objectOf({ owner: OWNER, reason: text("Why.", { minLength: 1, maxLength: 1024 }) }, ["owner"]),
      answer: {},
      status: 204,
      handle: async ({ query, params, caller }) => {
        const owner = ownerOf(live(), query);
        if (!owner.ok) return owner;
        const id = params["id"] ?? "";
        const hold = holdsOn(owner.value).find((each) => each.id === id);
        if (!hold) return fail(problem("API_NOT_FOUND", { detail: `There is no hold ${id}.` }));
        const least = hold.role ?? "owner";
        if (!isAtLeast(caller.role, least)) return fail(heldHigher(hold, least));
        const removed = store().removeHold(hold.owner, id, caller.id, typeof query["reason"] === "string" ? query["reason"] : "");
        return removed.ok ? ok({ status: 204 }) : removed;
      },
    },
    {
      method: "GET",
      path: "/v2/ledger",
      id: "readLedger",
      summary: "Records of the ledger, in order",
      tag: "generations",
      role: "viewer",
      query: objectOf(
        {
          from: { type: "integer", minimum: 1, description: "The first record, by its number; 1 where it is not said." },
          limit: { type: "integer", minimum: 1, maximum: LIMITS.apiLedgerPage, description: "How many." },
        },
        ["from", "limit"],
      ),
      answer: objectOf({
        records: { type: "array", items: LEDGER_RECORD },
        head: orNull(objectOf({ seq: count("The last record."), hash: text("Its hash.") })),
      }),
      status: 200,
      handle: async ({ query }) => ledgerPage(store(), query),
    },
  ];
}

/** What was put on an owner's resources, and on agents that the API made beside them; each once. */
function holdsOn({ declared, made }: LiveOwner): readonly Hold[] {
  const all = [...declared.holds, ...[...made.values()].flatMap(({ holds }) => holds)];
  return [...new Map(all.map((each) => [each.id, each])).values()];
}

function ledgerPage(store: StoreWriter, { from, limit }: JsonObject): Awaited<ReturnType<Route["handle"]>> {
  const records = store.ledger(typeof from === "number" ? from : 1, typeof limit === "number" ? limit : LIMITS.apiLedgerPage);
  if (!records.ok) return records;
  const head: Result<{ readonly seq: number; readonly hash: string } | null> = store.ledgerHead();
  return head.ok ? ok({ status: 200, body: { records: records.value.map((each) => ({ ...each })), head: head.value } }) : head;
}

function shownGeneration(generation: Generation): JsonObject {
  const { owner, number, status, reason, because, digest, plan, engine, commit, dirty, actor, createdAt, resources } = generation;
  return { owner, number, status, reason, because, digest, plan, engine, commit, dirty, actor, createdAt, resources };
}

/** Who may answer for more put it there: who may answer for less does not take it away. */
function heldHigher({ id }: Hold, least: Role): Diagnostic {
  return problem("API_FORBIDDEN", {
    detail: `The hold ${id} was made by somebody with the role ${least}; lifting it needs no less.`,
    remedy: "Ask somebody with that role, or on the gateway's machine:\nmoltbot gateway unfreeze ID --reason TEXT",
  });
}

function shownHold({ id, owner, selector, denied, reason, actor, at, until, role = "owner" }: Hold): JsonObject {
  return { id, owner, selector, denied: denied === "all" ? denied : [...denied], reason, actor, at, until, role };
}
