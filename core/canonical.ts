import { InternalError } from "./errors.ts";
import { isArray, type Json } from "./json.ts";

/**
 * Canonical JSON: keys sorted by UTF-16 code unit, no white space, ECMAScript number form.
 * Two equal values give the same bytes, so the bytes can be hashed. Source: RFC 8785 (JCS).
 *
 * @throws InternalError for a number that JSON cannot hold (NaN, infinities) or `undefined`; the
 *   manifest parser refuses these long before.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new InternalError(`canonicalJson met a ${typeof value}`);
  let out = "{";
  for (const key of Object.keys(value).sort(byCodeUnit)) {
    const item = value[key];
    if (item === undefined) throw new InternalError(`canonicalJson met undefined at "${key}"`);
    out += `${out.length > 1 ? "," : ""}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `${out}}`;
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new InternalError(`canonicalJson met ${value}`);
  return JSON.stringify(value === 0 ? 0 : value);
}

/** The one order of everything we emit: by UTF-16 code unit, the same on every machine and locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
