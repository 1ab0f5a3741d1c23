import type { JsonObject } from "../../../core/index.ts";
import { count, instant, listOf, objectOf, orNull, OWNER, text } from "../schema.ts";
import { ADDRESS, DIGEST } from "./schemas.ts";

/** What the operations on the record answer, as the OpenAPI document says it: the words of core/record. */

const LINEAGE: JsonObject = text("Which store.");
const HASHED: JsonObject = objectOf({ seq: count("Its number."), hash: DIGEST });

export const RECORDED: JsonObject = objectOf(
  {
    owner: OWNER,
    number: count("Counts from 1 for each owner."),
    status: text("What it is now.", { enum: ["candidate", "active", "superseded", "rejected"] }),
    reason: text("Why it exists."),
    because: orNull(text("What was said when it was made.")),
    digest: DIGEST,
    plan: DIGEST,
    resolved: DIGEST,
    schema: DIGEST,
    engine: text("The version of moltbot that wrote it."),
    commit: orNull(text("The commit it was made from.")),
    dirty: { type: "boolean", description: "Made from files that were not committed." },
    actor: text("Who made it."),
    createdAt: instant("When."),
    resources: count("How many resources it has."),
    evidence: DIGEST,
    restores: count("For a rollback: whose resources came back."),
    isPartial: { const: true },
    lives: { type: "object", additionalProperties: { type: "string" } },
  },
  ["evidence", "restores", "isPartial", "lives"],
);

export const HOLD: JsonObject = objectOf(
  {
    id: text("Its name."),
    owner: OWNER,
    selector: text("What is held: an address, or `*` for everything."),
    denied: { anyOf: [{ const: "all" }, { type: "array", items: text("A tool.") }], description: "What it takes away." },
    reason: text("Why."),
    actor: text("Who."),
    at: instant("Since when."),
    until: orNull(instant("Until when; null until it is lifted.")),
    role: text("The least role that may lift it; absent: owner.", { enum: ["viewer", "operator", "editor", "owner"] }),
  },
  ["role"],
);

const EDIT: JsonObject = objectOf({
  id: text("Its name."),
  owner: OWNER,
  address: ADDRESS,
  patch: listOf(objectOf({ pointer: text("A JSON Pointer."), value: {}, remove: { const: true } }, ["value", "remove"])),
  actor: text("Who."),
  at: instant("When."),
});

const PIN: JsonObject = objectOf({
  owner: OWNER,
  generation: count("The one that was restored."),
  because: text("Why."),
  actor: text("Who."),
  at: instant("When."),
  refused: listOf(DIGEST),
});

export const HEAD_PROOF: JsonObject = objectOf({
  lineage: LINEAGE,
  signed: text("The exact text that was signed."),
  signature: text("Ed25519, base64."),
  key: text("The public half of the key, base64url."),
});

const ANSWER: JsonObject = objectOf({
  generation: count("Which."),
  digest: DIGEST,
  healthy: { type: "boolean", description: "Whether the runtime can run it." },
  reason: orNull(text("Why not.")),
  actor: text("Who answered."),
  at: instant("When."),
});

const ROWS: JsonObject = listOf({ type: "array", prefixItems: [ADDRESS, DIGEST], items: false, minItems: 2 });

export const ROWS_ANSWER: JsonObject = objectOf({ rows: ROWS });

export const OBSERVED: JsonObject = objectOf({
  owner: OWNER,
  lineage: LINEAGE,
  generation: orNull(RECORDED),
  rows: ROWS,
  edits: listOf(EDIT),
  holds: listOf(HOLD),
  pin: orNull(PIN),
  candidate: orNull(RECORDED),
  ledgerHead: orNull(HASHED),
  recipient: orNull(text("The runtime's public half.")),
  foreign: listOf({ type: "array", prefixItems: [ADDRESS, OWNER], items: false, minItems: 2 }),
  unmanaged: count("How many objects belong to no Project."),
});

export const STATUS: JsonObject = objectOf({
  lineage: LINEAGE,
  active: orNull(RECORDED),
  candidate: orNull(RECORDED),
  pin: orNull(PIN),
  holds: listOf(HOLD),
  edits: count("How many."),
  openIntent: orNull(objectOf({ plan: DIGEST, actor: text("Who."), at: instant("Since when.") })),
  ledgerHead: orNull(HASHED),
  unmanaged: listOf(ADDRESS),
  recipient: orNull(text("The runtime's public half.")),
});

export const CHECKED: JsonObject = objectOf({ records: count("How many."), head: orNull(HASHED), lineage: LINEAGE });

export const RECEIPT: JsonObject = objectOf({
  lineage: LINEAGE,
  active: orNull(RECORDED),
  candidate: orNull(RECORDED),
  answer: orNull(ANSWER),
  head: HEAD_PROOF,
});
