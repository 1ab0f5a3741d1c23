/** JSON as a value: what manifests, plans and records are made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * Structural equality of two JSON values. Key order does not matter, list order does.
 * Recursion is bounded by the depth limit of the parser that made the values.
 */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (isArray(a)) {
    return isArray(b) && a.length === b.length && a.every((item, i) => jsonEqual(item, b[i] ?? null));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key] ?? null, b[key] ?? null));
}

/** A JSON Pointer (RFC 6901) from its segments: `["spec","a/b"]` is `/spec/a~1b`. */
export function pointerOf(segments: readonly (string | number)[]): string {
  let text = "";
  for (const segment of segments) text += typeof segment === "number" ? `/${segment}` : `/${escaped(segment)}`;
  return text;
}

function escaped(segment: string): string {
  return segment.includes("~") || segment.includes("/") ? segment.replaceAll("~", "~0").replaceAll("/", "~1") : segment;
}

/** The segments of a JSON Pointer. `""` is the whole document. */
export function segmentsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((s) => s.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a pointer, or undefined where there is none. */
export function valueAt(root: Json | undefined, segments: readonly (string | number)[]): Json | undefined {
  let at: Json | undefined = root;
  for (const segment of segments) {
    if (isArray(at)) at = at[Number(segment)];
    else if (isObject(at)) at = Object.hasOwn(at, String(segment)) ? at[String(segment)] : undefined;
    else return undefined;
  }
  return at;
}
