import * as fc from "fast-check";
import { isObject, type Json, type JsonObject } from "../../core/index.ts";

/** Requests made from an OpenAPI document: most fit it, some almost do, some do not at all. */
export interface MadeRequest {
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly body: Json | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly answers: JsonObject;
}

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: JsonObject }[];
  readonly body: JsonObject | undefined;
  readonly answers: JsonObject;
}

export function operationsOf(document: JsonObject): readonly Operation[] {
  return Object.entries(document["paths"] as Record<string, Record<string, JsonObject>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      id: each["operationId"] as string,
      method: method.toUpperCase(),
      path,
      parameters: each["parameters"] as unknown as Operation["parameters"],
      body: (each["requestBody"] as { content: Record<string, { schema: JsonObject }> } | undefined)?.content["application/json"]?.schema,
      answers: each["responses"] as JsonObject,
    })),
  );
}

const NASTY = fc.constantFrom(
  "",
  "..",
  "%00",
  "%",
  "%zz",
  "a/b",
  "__proto__",
  "constructor",
  "' OR 1=1 --",
  "\u202e",
  "💥",
  "x".repeat(400),
  "-1",
  "1e999",
  "null",
);

/** Words that name something that is there, so that a request gets further than to the first look. */
const KNOWN: Readonly<Record<string, readonly Json[]>> = {
  name: ["a"],
  model: ["a"],
  owner: ["tiny/default"],
  waitMs: [0, 1],
  generation: [1],
  selector: ["Agent/a", "*"],
};

/** @param known - The name of the field, for which something that fits may be known. */
export function valueFor(schema: JsonObject, known = ""): fc.Arbitrary<Json> {
  const choices = KNOWN[known];
  const made = plain(schema);
  return choices
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...choices) }, { weight: known === "waitMs" ? 0 : 1, arbitrary: made })
    : made;
}

function plain(schema: JsonObject): fc.Arbitrary<Json> {
  if ("const" in schema) return fc.constant(schema["const"] ?? null);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as Json[]));
  if (Array.isArray(schema["anyOf"])) return fc.oneof(...(schema["anyOf"] as JsonObject[]).map((each) => plain(each)));
  const type = Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  switch (type) {
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
      return fc.array(plain((schema["items"] ?? {}) as JsonObject), { minLength: Number(schema["minItems"] ?? 0), maxLength: 4 });
    case "object":
      return objectFor(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  }
}

function textFor(schema: JsonObject): fc.Arbitrary<Json> {
  if (schema["format"] === "date-time")
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((each) => each.toISOString());
  if (typeof schema["pattern"] === "string") return fc.stringMatching(new RegExp(schema["pattern"], "u"), { maxLength: 80 });
  const [min, max] = [Number(schema["minLength"] ?? 0), Math.min(Number(schema["maxLength"] ?? 60), 60)];
  return fc.string({ minLength: min, maxLength: Math.max(min, max), unit: "grapheme" });
}

function objectFor(schema: JsonObject): fc.Arbitrary<Json> {
  const fields = (schema["properties"] ?? {}) as Readonly<Record<string, JsonObject>>;
  const required = (schema["required"] ?? []) as readonly string[];
  const parts = Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, valueFor(each, name)]));
  return fc.record(parts, { requiredKeys: Object.keys(parts).filter((name) => required.includes(name)) }) as fc.Arbitrary<Json>;
}

export function requestFor(operation: Operation): fc.Arbitrary<MadeRequest> {
  const { parameters, method, path, body } = operation;
  const ofPlace = (place: string) => parameters.filter((each) => each.in === place);
  const params = fc.record(
    Object.fromEntries(
      ofPlace("path").map(({ name, schema }) => [
        name,
        fc.oneof({ weight: 6, arbitrary: valueFor(schema, name) }, { weight: 1, arbitrary: NASTY }),
      ]),
    ),
  );
  const query = fc.record(
    Object.fromEntries(
      ofPlace("query").map(({ name, schema }) => [
        name,
        fc.oneof({ weight: 6, arbitrary: valueFor(schema, name) }, { weight: 1, arbitrary: NASTY }),
      ]),
    ),
    { requiredKeys: ofPlace("query").flatMap(({ name, required }) => (required ? [name] : [])) },
  );
  const headers = fc.record(
    {
      "idempotency-key": fc.stringMatching(/^[a-z]{1,4}$/),
      "if-match": fc.constantFrom('"x"', "*", 'W/"1"'),
      "x-forwarded-for": fc.constant("10.0.0.1"),
    },
    { requiredKeys: [] },
  );
  const sent = body
    ? fc.oneof(
        { weight: 6, arbitrary: plain(body) },
        { weight: 1, arbitrary: plain(body).map(withMore) },
        { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
      )
    : fc.constant(undefined);
  return fc.record({ params, query, headers, sent }).map((made) => ({
    operation: operation.id,
    method,
    target: targetOf(path, made.params as Record<string, Json>, made.query as Record<string, Json>),
    body: made.sent,
    headers: made.headers as Record<string, string>,
    answers: operation.answers,
  }));
}

/** Fields that only we set. */
function withMore(value: Json): Json {
  return isObject(value) ? { ...value, approved: true, role: "owner" } : value;
}

function targetOf(path: string, params: Readonly<Record<string, Json>>, query: Readonly<Record<string, Json>>): string {
  const at = path.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => encodeURIComponent(textOf(params[name])));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, textOf(value)])).toString();
  return search === "" ? at : `${at}?${search}`;
}

function textOf(value: Json | undefined): string {
  return (typeof value === "string" ? value : JSON.stringify(value ?? "")).toWellFormed();
}
