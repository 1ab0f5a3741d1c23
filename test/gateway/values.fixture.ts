import * as fc from "fast-check";
import { isArray, isObject, type Json, type JsonObject } from "../../core/index.ts";

/** A word that an earlier answer said, by the name of its field: filled in when the request is sent. */
export class Learnt {
  readonly name: string;
  readonly pick: number;
  /** What it must fit, of all that was said under that name. */
  readonly schema: JsonObject;
  /** What stands there while nothing of that name was said. */
  readonly otherwise: Made;
  constructor(name: string, pick: number, schema: JsonObject, otherwise: Made) {
    this.name = name;
    this.pick = pick;
    this.schema = schema;
    this.otherwise = otherwise;
  }
}

export const NASTY = [
  "", "..", ".", "%00", "%", "%zz", "%2e%2e%2f", "%2F", "a/b", "a%2Fb", "__proto__", "constructor", "hasOwnProperty", "' OR 1=1 --", "\u202e", "💥", "\ud800",
  "\u0000", "a\r\nX-Evil: 1", "x".repeat(400), "x".repeat(9_000), "-1", "0", "1e999", "1e3", "00", "9007199254740993", "NaN", "null", "true", "[]", "{}", "*",
  "tiny/default", "unmanaged/unmanaged", "../../etc/passwd", "file:///etc/passwd", "http://169.254.169.254/", "${7*7}", "{{7*7}}", "2026-13-45T99:99:99Z",
] as const; // prettier-ignore

/** Words that name something that is there, so that a request gets further than to the first look. */
const KNOWN: Readonly<Record<string, readonly Json[]>> = {
  name: ["a"],
  model: ["a"],
  owner: ["tiny/default"],
  waitMs: [0, 1],
  generation: [1],
  selector: ["Agent/a", "*"],
  address: ["Agent/a"],
  pointer: ["/spec/model/name", "/spec/prompt", "/spec/description", "/spec/capabilities"],
  redirectUri: ["http://127.0.0.1:1/back"],
  until: ["1s", "1h"],
  publicKey: ["MCowBQYDK2VwAyEA", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"],
  ids: [["local"], ["webhook:x"]],
};

/** Under which name of an answer the value of a field was said. */
const SAID_AS: Readonly<Record<string, readonly string[]>> = {
  cursor: ["next"],
  token: ["id", "name"],
  selector: ["address"],
  digest: ["digest", "hash"],
  plan: ["plan", "digest"],
  id: ["id"],
  head: ["head", "ledgerHead"],
};
/** Fields that are never made up out of what was said: it would only wait. */
const NOT_LEARNT = new Set(["waitMs", "text", "reason", "stream"]);

export type Made = Json | Learnt;

/** @param name - Of the field, for which something that fits may be known. */
export function valueFor(schema: JsonObject, name = ""): fc.Arbitrary<Made> {
  const choices = KNOWN[name];
  const made = plain(schema) as fc.Arbitrary<Made>;
  if (name === "waitMs") return fc.constantFrom(...(choices as Json[]));
  const open = choices ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom<Made>(...choices) }, made) : made;
  if (name === "" || NOT_LEARNT.has(name)) return open;
  const said = fc
    .record({ as: fc.constantFrom(...(SAID_AS[name] ?? [name])), pick: fc.nat(1_000), open })
    .map((each): Made => new Learnt(each.as, each.pick, schema, each.open));
  return fc.oneof(open, { weight: choices ? 1 : 4, arbitrary: said });
}

function plain(schema: JsonObject): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema["const"] ?? null);
  if (isArray(schema["enum"])) return fc.constantFrom(...schema["enum"]);
  if (isArray(schema["anyOf"])) return fc.oneof(...schema["anyOf"].map((each) => plain(each as JsonObject)));
  const type = isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  switch (typeof type === "string" ? type : "") {
    case "string":
      return textFor(schema);
    case "integer":
      return fc.integer({ min: Number(schema["minimum"] ?? -5), max: Math.min(Number(schema["maximum"] ?? 1_000), 5_000) });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueFor((schema["items"] ?? {}) as JsonObject), { minLength: Number(schema["minItems"] ?? 0), maxLength: 4 });
    case "object":
      return objectFor(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function textFor(schema: JsonObject): fc.Arbitrary<string> {
  if (schema["format"] === "date-time")
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((each) => each.toISOString());
  if (typeof schema["pattern"] === "string") return fc.stringMatching(new RegExp(schema["pattern"], "u"), { maxLength: 80 });
  const [min, max] = [Number(schema["minLength"] ?? 0), Math.min(Number(schema["maxLength"] ?? 60), 60)];
  return fc.string({ minLength: min, maxLength: Math.max(min, max), unit: "grapheme" });
}

function objectFor(schema: JsonObject): fc.Arbitrary<unknown> {
  const fields = (schema["properties"] ?? {}) as Readonly<Record<string, JsonObject>>;
  const required = (schema["required"] ?? []) as readonly string[];
  const more = schema["additionalProperties"];
  const parts = Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, valueFor(each, name)]));
  const known = fc.record(parts, { requiredKeys: Object.keys(parts).filter((name) => required.includes(name)) });
  if (!isObject(more)) return known;
  const others = fc.dictionary(fc.constantFrom("a", "b", "__proto", `sha256:${"a".repeat(64)}`), valueFor(more), { maxKeys: 2 });
  return fc.tuple(known, others).map(([a, b]) => ({ ...b, ...(a as object) }));
}

/** How a value that fits is bent, once, at a random place. */
const BENDS: readonly ((value: unknown) => unknown)[] = [
  () => null,
  () => "",
  () => -1,
  () => 1.5,
  () => 1e300,
  () => true,
  () => [],
  () => ({}),
  () => "x".repeat(5_000),
  () => Array.from({ length: 300 }, () => 1),
  (value) => [value],
  (value) => ({ value }),
  (value) => `${typeof value === "string" ? value : "x"}\u0000`,
  (value) => (isPlain(value) ? { ...value, approved: true, role: "owner", internal: true } : value),
  (value) => (isPlain(value) ? Object.fromEntries(Object.entries(value).slice(1)) : undefined),
];

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Learnt);

/** The value with one place of it bent: what a client with a mistake sends. */
export function nearly(made: fc.Arbitrary<Made>): fc.Arbitrary<Made> {
  return fc
    .record({ value: made, way: fc.array(fc.nat(9), { maxLength: 4 }), bend: fc.constantFrom(...BENDS) })
    .map(({ value, way, bend }) => bent(value, way, bend) as Made);
}

function bent(value: unknown, [first, ...rest]: readonly number[], bend: (value: unknown) => unknown): unknown {
  if (first === undefined) return bend(value);
  if (Array.isArray(value) && value.length > 0) {
    const at = first % value.length;
    return value.map((each: unknown, i) => (i === at ? bent(each, rest, bend) : each));
  }
  if (!isPlain(value) || Object.keys(value).length === 0) return bend(value);
  const key = Object.keys(value)[first % Object.keys(value).length] ?? "";
  return { ...value, [key]: bent(value[key], rest, bend) };
}

/** Bodies that are no JSON of ours, as their bytes. */
export const HOSTILE_BODIES: readonly (string | Buffer)[] = [
  "{", "", " ", "nul", "[1,]", "\u0000", "{}{}", '{"text":"a","text":"b"}', '{"__proto__":{"role":"owner"}}', '{"constructor":{"prototype":{}}}', "1e999", '{"waitMs":1e999}',
  "[".repeat(20_000), `${"[".repeat(5_000)}${"]".repeat(5_000)}`, `{"text":"${"x".repeat(200_000)}"}`, `"${String.raw`\ud800`}"`, "\ufeff{}", Buffer.from([0xff, 0xfe, 0x00]),
  Buffer.from([0x22, 0xc3, 0x28, 0x22]), `{"a":${"9".repeat(400)}}`, "a=b&c=d",
]; // prettier-ignore

/** Every {@link Learnt} in its place. */
export function filled(value: Made, said: (learnt: Learnt) => Json | undefined): Json {
  if (value instanceof Learnt) return said(value) ?? filled(value.otherwise, said);
  if (isArray(value)) return value.map((each) => filled(each, said));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each as Made, said)]));
  return value;
}
