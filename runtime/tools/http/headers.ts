import { byCodeUnit, isObject, LIMITS, type Json } from "../../../core/index.ts";

/**
 * The headers an agent may set. No `Host` and nothing about the connection, no cookies, and nothing that carries a
 * credential: what it would put there it has from a conversation.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "content-type",
  "idempotency-key",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "prefer",
  "range",
]);

/** The headers of an answer that a model is shown. */
const SHOWN = [
  "content-type",
  "content-language",
  "content-range",
  "etag",
  "last-modified",
  "location",
  "retry-after",
  "link",
  "x-ratelimit-remaining",
  "ratelimit",
];

const VALUE = /^[\x20-\x7e]*$/;

export const ALLOWED_HEADERS: readonly string[] = [...ALLOWED];

/** In lower case and sorted; a text says why they are refused. */
export function requestHeaders(written: Json | undefined): Readonly<Record<string, string>> | string {
  const headers: [string, string][] = [];
  for (const [raw, value] of Object.entries(isObject(written) ? written : {})) {
    const name = raw.toLowerCase();
    if (!ALLOWED.has(name)) return `the header ${JSON.stringify(raw)} cannot be set; ${ALLOWED_HEADERS.join(", ")} can`;
    if (headers.some(([known]) => known === name)) return `the header ${name} is there twice`;
    if (typeof value !== "string" || !VALUE.test(value) || value.length > LIMITS.httpHeaderChars)
      return `the value of the header ${name} is not up to ${LIMITS.httpHeaderChars} printable ASCII characters (limits.httpHeaderChars)`;
    headers.push([name, value]);
  }
  return Object.fromEntries(headers.sort(([a], [b]) => byCodeUnit(a, b)));
}

export function shownHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  return SHOWN.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [`${name}: ${typeof value === "string" ? value : value.join(", ")}`];
  }).join("\n");
}
