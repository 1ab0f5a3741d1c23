import { LIMITS, type JsonObject } from "../../../core/index.ts";
import { count, instant, objectOf, orNull, OWNER, text } from "../schema.ts";

/** The words of the operations on the record, as the OpenAPI document says them. */

/** Most entries of one list in a request. */
export const MANY = 100_000;

export const DIGEST: JsonObject = text("sha256 of the bytes.", { pattern: "^sha256:[0-9a-f]{64}$" });
export const ADDRESS: JsonObject = text("`Kind/name`.", {
  minLength: 3,
  maxLength: 128,
  pattern: "^[A-Z][A-Za-z]+/[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
});
export const ACTOR: JsonObject = text("Who applies, for the ledger.", { minLength: 1, maxLength: 256 });
export const LEASE: JsonObject = text("The claim.", { pattern: "^[0-9a-f]{32}$" });
export const ANY: JsonObject = { type: "object" };
export const FENCE: JsonObject = objectOf({ owner: OWNER, number: count("Only grows."), plan: DIGEST });
export const DIGESTS: JsonObject = { type: "array", maxItems: MANY, items: DIGEST };
export const WAIT_MS: JsonObject = { type: "integer", minimum: 0, maximum: LIMITS.apiRequestMs, description: "How long to wait for it." };

/** What a commit says: the request of the store, with lists of digests where that has bytes. */
export const COMMIT: JsonObject = objectOf(
  {
    reason: text("Why it exists.", { enum: ["apply", "rollback", "destroy", "restore", "adopt", "forget", "api"] }),
    because: orNull(text("What was said.", { maxLength: 4_096 })),
    resolved: DIGEST,
    schema: DIGEST,
    engine: text("The version of moltbot that plans.", { maxLength: 64 }),
    commit: orNull(text("The commit.", { pattern: "^[0-9a-f]{40}([0-9a-f]{24})?$" })),
    dirty: { type: "boolean" },
    rows: { type: "array", maxItems: MANY, items: objectOf({ address: ADDRESS, digest: orNull(DIGEST) }) },
    values: DIGESTS,
    evidence: objectOf({ list: DIGEST, values: DIGESTS }),
    correctedEdits: { type: "array", maxItems: MANY, items: text("An edit.", { maxLength: 64 }) },
    pin: orNull(
      objectOf({
        owner: OWNER,
        generation: count("The one that was restored."),
        because: text("Why.", { maxLength: 4_096 }),
        actor: ACTOR,
        at: instant("When."),
        refused: DIGESTS,
      }),
    ),
    receipt: { type: "object", maxProperties: 64, additionalProperties: { type: ["string", "integer"] } },
    adopted: { type: "array", maxItems: MANY, items: objectOf({ address: ADDRESS, from: OWNER }) },
    released: { type: "array", maxItems: MANY, items: ADDRESS },
    restores: count("For a rollback: whose resources come back."),
    isPartial: { const: true },
    moved: { type: "array", maxItems: MANY, items: objectOf({ from: ADDRESS, to: ADDRESS }) },
  },
  ["evidence", "pin", "adopted", "released", "restores", "isPartial", "moved"],
);
