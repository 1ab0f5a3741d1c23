import { createHash, hash, type Hash } from "node:crypto";
import { InternalError } from "./errors.ts";
import { isArray, type Json, type JsonObject } from "./json.ts";

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
  let whole: Hash | undefined;
  const sink: Sink = { text: "", spill: (text) => void (whole ??= createHash("sha256")).update(text) };
  write(value, sink);
  return whole ? whole.update(sink.text).digest("hex") : hash("sha256", sink.text, "hex");
}

/**
 * The same of two objects that may begin alike: the fields which come first in both, and are the very
 * same values, are written and hashed once.
 */
export function canonicalSha256Pair(a: JsonObject, b: JsonObject): readonly [string, string] {
  const [keysA, keysB] = [sortedKeys(a), sortedKeys(b)];
  const differs = keysA.findIndex((key, i) => key !== keysB[i] || a[key] !== b[key]);
  const shared = differs < 0 ? keysA.length : differs;
  const common = createHash("sha256");
  const spill = (text: string): void => void common.update(text);
  const sink: Sink = { text: "{", spill };
  writeFields(a, keysA.slice(0, shared), true, sink);
  common.update(sink.text);
  const rest = (value: JsonObject, keys: readonly string[]): string => {
    const own = common.copy();
    const ownSink: Sink = { text: "", spill: (text) => void own.update(text) };
    writeFields(value, keys.slice(shared), shared === 0, ownSink);
    return own.update(`${ownSink.text}}`).digest("hex");
  };
  return [rest(a, keysA), rest(b, keysB)];
}

interface Sink {
  text: string;
  readonly spill: ((text: string) => void) | null;
}

function write(value: Json, sink: Sink): void {
  const text = typeof value !== "object" || value === null ? quickText(value) : (TEXTS.get(value) ?? wholeText(value));
  if (text !== undefined) sink.text += text;
  else if (isArray(value)) writeList(value, sink);
  else writeMap(value as JsonObject, sink);
}

/** Texts of values that are written again and again: see {@link keepText}. */
const TEXTS = new WeakMap<object, string>();

/**
 * Keeps the text of a value for as long as the value lives, because it will be hashed again as part of
 * others: a resource by itself, in the plan, and in what apply stores. The value must never change.
 */
export function keepText(value: JsonObject): string {
  const text = canonicalJson(value);
  TEXTS.set(value, text);
  return text;
}

/** Undefined where a part has a kept text, which writing part by part will use. */
function wholeText(value: readonly Json[] | JsonObject): string | undefined {
  if (!isArray(value)) for (const key in value) if (isKept(value[key])) return undefined;
  return quickText(value);
}

function isKept(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null && TEXTS.has(value);
}

/** How many values are put in order and printed at once; what holds more is written part by part. */
const QUICK_VALUES = 4_096;

/** Values that {@link inOrder} may still look at; below zero when it gave up. */
let left = 0;

/** The text of a value of moderate size by `JSON.stringify`, which is twice as fast as our own writing; else undefined. */
function quickText(value: Json): string | undefined {
  // A long list is too much as a whole, which is better known before its items were put in order.
  if (isArray(value) && value.length > QUICK_VALUES / 4) return undefined;
  left = QUICK_VALUES;
  const ordered = inOrder(value);
  return left < 0 ? undefined : JSON.stringify(ordered);
}

/** The value itself where all its keys are in order already, else a copy in which they are. */
function inOrder(value: Json): Json {
  left--;
  if (typeof value === "string" || value === null || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new InternalError(`canonicalJson met ${value}`);
    return value;
  }
  if (typeof value !== "object") throw new InternalError(`canonicalJson met a ${typeof value}`);
  return left < 0 ? value : isArray(value) ? listInOrder(value) : mapInOrder(value);
}

function listInOrder(value: readonly Json[]): readonly Json[] {
  let out: Json[] | undefined;
  for (let i = 0; i < value.length; i++) {
    const item = value[i] as Json;
    const ordered = inOrder(item);
    if (out) out.push(ordered);
    else if (ordered !== item) out = [...value.slice(0, i), ordered];
  }
  return out ?? value;
}

function mapInOrder(value: JsonObject): JsonObject {
  const keys = Object.keys(value);
  const isSorted = areSorted(keys);
  if (!isSorted) {
    keys.sort(byCodeUnit);
    // An object prints keys that look like numbers first and takes `__proto__` for something else: no copy can be in order.
    if (keys.some((key) => key === "__proto__" || isDigit(key.charCodeAt(0)))) left = -1;
  }
  let out: Record<string, Json> | undefined = isSorted ? undefined : {};
  for (let i = 0; i < keys.length && left >= 0; i++) {
    const key = keys[i] as string;
    const item = value[key] as Json;
    const ordered = inOrder(item);
    if (!out && ordered !== item) {
      if (keys.includes("__proto__")) left = -1;
      out = firstOf(value, keys.slice(0, i));
    }
    if (out) out[key] = ordered;
  }
  return out ?? value;
}

/** A copy of some fields. */
function firstOf(value: JsonObject, keys: readonly string[]): Record<string, Json> {
  return Object.fromEntries(keys.map((key) => [key, value[key] as Json]));
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
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

function writeMap(value: JsonObject, sink: Sink): void {
  sink.text += "{";
  writeFields(value, sortedKeys(value), true, sink);
  sink.text += "}";
}

function writeFields(value: JsonObject, keys: readonly string[], isFirst: boolean, sink: Sink): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    sink.text += `${i > 0 || !isFirst ? "," : ""}${JSON.stringify(key)}:`;
    write(value[key] as Json, sink);
    spillOver(sink);
  }
}

function spillOver(sink: Sink): void {
  if (sink.spill === null || sink.text.length < SPILL_CHARS) return;
  sink.spill(sink.text);
  sink.text = "";
}

/** Most values are built in order already; sorting is the dearer check. */
function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  return areSorted(keys) ? keys : keys.sort(byCodeUnit);
}

function areSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false;
  return true;
}

/** The one order of everything we emit: by UTF-16 code unit, the same on every machine and locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
