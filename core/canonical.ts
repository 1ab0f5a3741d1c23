import { createHash, hash } from "node:crypto";
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
  const sink: Sink = { text: "", spill: null };
  write(value, sink);
  return sink.text;
}

/** Text is handed to the hash in pieces of about this many characters, so that a big value is never one string. */
const SPILL_CHARS = 64 * 1024;

/** The lower-case hexadecimal sha256 of a value's canonical form, in memory that does not grow with it. */
export function canonicalSha256(value: Json): string {
  let whole: ReturnType<typeof createHash> | undefined;
  const spill = (text: string): void => {
    whole ??= createHash("sha256");
    whole.update(text);
  };
  const sink: Sink = { text: "", spill };
  write(value, sink);
  return whole ? whole.update(sink.text).digest("hex") : hash("sha256", sink.text, "hex");
}

interface Sink {
  text: string;
  readonly spill: ((text: string) => void) | null;
}

function write(value: Json, sink: Sink): void {
  if (typeof value === "string") sink.text += JSON.stringify(value);
  else if (typeof value === "number") sink.text += canonicalNumber(value);
  else if (value === null || typeof value === "boolean") sink.text += String(value);
  else if (isArray(value)) writeList(value, sink);
  else if (typeof value === "object") writeMap(value, sink);
  else throw new InternalError(`canonicalJson met a ${typeof value}`);
}

function writeList(value: readonly Json[], sink: Sink): void {
  sink.text += "[";
  for (let i = 0; i < value.length; i++) {
    if (i > 0) sink.text += ",";
    write(value[i] as Json, sink);
    spillOver(sink);
  }
  sink.text += "]";
}

function writeMap(value: { readonly [key: string]: Json }, sink: Sink): void {
  const keys = sortedKeys(value);
  sink.text += "{";
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    sink.text += `${i > 0 ? "," : ""}${JSON.stringify(key)}:`;
    write(value[key] as Json, sink);
    spillOver(sink);
  }
  sink.text += "}";
}

function spillOver(sink: Sink): void {
  if (sink.spill === null || sink.text.length < SPILL_CHARS) return;
  sink.spill(sink.text);
  sink.text = "";
}

/** Most values are built in order already; sorting is the dearer check. */
function sortedKeys(value: { readonly [key: string]: Json }): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort(byCodeUnit);
  return keys;
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new InternalError(`canonicalJson met ${value}`);
  return JSON.stringify(value === 0 ? 0 : value);
}

/** The one order of everything we emit: by UTF-16 code unit, the same on every machine and locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
