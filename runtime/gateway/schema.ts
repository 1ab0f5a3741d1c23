import type { JsonObject } from "../../core/index.ts";

/** Words for JSON Schemas of routes; what they make is also the OpenAPI document. */

export const text = (description: string, more: JsonObject = {}): JsonObject => ({ type: "string", description, ...more });
export const instant = (description: string): JsonObject => ({ type: "string", format: "date-time", description });
export const count = (description: string, more: JsonObject = {}): JsonObject => ({ type: "integer", minimum: 0, description, ...more });
export const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: "null" }] });
export const listOf = (items: JsonObject): JsonObject => ({ type: "array", items });

/** An object with exactly these fields, all of them there but for `optional`. */
export function objectOf(fields: Readonly<Record<string, JsonObject>>, optional: readonly string[] = []): JsonObject {
  const required = Object.keys(fields).filter((name) => !optional.includes(name));
  return { type: "object", additionalProperties: false, required, properties: fields };
}

/** A page of a list, and where the next one begins. */
export const pageOf = (items: JsonObject): JsonObject =>
  objectOf({ items: listOf(items), next: orNull(text("Send it as `cursor` for the next page; null at the end.")) });

/** A query of a list. */
export const pageQuery = (fields: Readonly<Record<string, JsonObject>> = {}): JsonObject => ({
  type: "object",
  additionalProperties: false,
  properties: {
    ...fields,
    limit: { type: "integer", minimum: 1, maximum: MAX_PAGE, description: `How many, at most ${MAX_PAGE}; 50 where it is not said.` },
    cursor: { type: "string", minLength: 1, maxLength: 512, description: "What the page before said as `next`." },
  },
});

export const MAX_PAGE = 200;
export const DEFAULT_PAGE = 50;

/** Words that several routes use. */
export const AGENT_NAME: JsonObject = text("`metadata.name`.", { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" });
export const REASON: JsonObject = text("Why; it is recorded.", { minLength: 1, maxLength: 1_024 });

export const OWNER: JsonObject = text("Whose: `<project>/<environment>`; the only one where there is one.", {
  maxLength: 200,
  pattern: "^[a-z0-9-]+/[a-z0-9-]+$",
});

/**
 * One page of a sorted list. A cursor names the last item that was given, so that what is added or removed
 * meanwhile neither repeats nor hides others.
 */
export function pageFrom<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  query: JsonObject,
): { readonly items: readonly T[]; readonly next: string | null } {
  const limit = typeof query["limit"] === "number" ? query["limit"] : DEFAULT_PAGE;
  const after = typeof query["cursor"] === "string" ? Buffer.from(query["cursor"], "base64url").toString("utf8") : null;
  const start = after === null ? 0 : items.findIndex((item) => keyOf(item) > after);
  const page = start < 0 ? [] : items.slice(start, start + limit);
  const last = page.at(-1);
  const isMore = last !== undefined && start + page.length < items.length;
  return { items: page, next: isMore ? Buffer.from(keyOf(last), "utf8").toString("base64url") : null };
}
