import * as fc from "fast-check";
import type { Json, JsonObject } from "../../core/index.ts";
import { HOSTILE_BODIES, Learnt, NASTY, nearly, valueFor, type Made } from "./values.fixture.ts";

/** One operation of an OpenAPI document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Null: needs no proof of who calls. */
  readonly role: string | null;
  readonly isIdempotent: boolean;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: JsonObject }[];
  readonly body: JsonObject | undefined;
  readonly answers: JsonObject;
}

export function operationsOf(document: JsonObject): readonly Operation[] {
  return Object.entries(document["paths"] as Record<string, Record<string, JsonObject>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]): Operation => {
      const parameters = each["parameters"] as unknown as Operation["parameters"];
      return {
        id: each["operationId"] as string,
        method: method.toUpperCase(),
        path,
        role: (each["x-moltbot-role"] as string | undefined) ?? null,
        isIdempotent: parameters.some(({ name }) => name === "Idempotency-Key"),
        parameters,
        body: (each["requestBody"] as { content: Record<string, { schema: JsonObject }> } | undefined)?.content["application/json"]?.schema,
        answers: each["responses"] as JsonObject,
      };
    }),
  );
}

/** Who sends it: the user of this machine over the socket, a device of a role, nobody, or somebody who lies. */
export const CALLERS = ["socket", "viewer", "operator", "editor", "owner", "nobody", "forger", "bearer"] as const;
export type CallerName = (typeof CALLERS)[number];

/** A request made from the document: most fit it, some almost do, some do not at all. */
export interface MadeRequest {
  readonly operation: Operation;
  readonly as: CallerName;
  readonly method: string;
  readonly params: Readonly<Record<string, Made>>;
  readonly query: readonly (readonly [string, Made])[];
  readonly body: { readonly json: Made } | { readonly raw: string | Buffer } | undefined;
  readonly headers: Readonly<Record<string, Made>>;
  /** Send it twice, with one idempotency key. */
  readonly isRepeated: boolean;
}

const nasty: fc.Arbitrary<Made> = fc.constantFrom<Made>(...NASTY);
const mostly = <T>(usual: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6 + others.length, arbitrary: usual }, ...others);

const etag = fc.nat(1_000).map((pick): Made => new Learnt("etag", pick, { type: "string" }, '"x"'));

const HEADERS = fc.record(
  {
    "idempotency-key": mostly<Made>(fc.stringMatching(/^[a-z]{1,3}$/), fc.constantFrom("x".repeat(129), "ü", "")),
    "if-match": fc.oneof<fc.Arbitrary<Made>[]>(fc.constantFrom('"x"', "*", 'W/"1"', "", '"', '"\\', "x".repeat(500)), etag),
    "if-none-match": etag,
    "x-forwarded-for": fc.constantFrom<Made>("10.0.0.1", "127.0.0.1, evil", "x"),
    "content-type": fc.constantFrom<Made>("text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", "x"),
    accept: fc.constantFrom<Made>("text/html", "*/*;q=0", "application/problem+json"),
    traceparent: fc.constantFrom<Made>(`00-${"a".repeat(32)}-${"b".repeat(16)}-01`, "00-0-0-0", "x"),
    origin: fc.constantFrom<Made>("https://evil.acme.example", "null"),
  },
  { requiredKeys: [] },
);

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
const ROLES = ["viewer", "operator", "editor", "owner"] as const;

export function requestFor(operation: Operation): fc.Arbitrary<MadeRequest> {
  return fc.oneof({ weight: 3, arbitrary: validFor(operation) }, { weight: 1, arbitrary: nearlyFor(operation) }, hostileFor(operation));
}

type Parameter = Operation["parameters"][number];

function parametersFor({ parameters }: Operation, value: (each: Parameter) => fc.Arbitrary<Made>) {
  const of = (place: string): readonly Parameter[] => parameters.filter((each) => each.in === place);
  const all = (some: readonly Parameter[]) => Object.fromEntries(some.map((each) => [each.name, value(each)]));
  return {
    params: fc.record(all(of("path"))),
    query: fc
      .record(all(of("query")), { requiredKeys: of("query").flatMap(({ name, required }) => (required ? [name] : [])) })
      .map((found) => Object.entries(found) as [string, Made][]),
  };
}

const json = (made: fc.Arbitrary<Made>): fc.Arbitrary<MadeRequest["body"]> => made.map((each) => ({ json: each }));
const fitting = ({ schema, name }: Parameter): fc.Arbitrary<Made> => valueFor(schema, name);

/** Everything fits, and whoever sends it may. */
function validFor(operation: Operation): fc.Arbitrary<MadeRequest> {
  const enough = ROLES.slice(Math.max(0, ROLES.indexOf(operation.role as (typeof ROLES)[number])));
  return fc.record({
    operation: fc.constant(operation),
    as: fc.oneof(fc.constant<CallerName>("socket"), fc.constantFrom<CallerName>(...enough)),
    method: fc.constant(operation.method),
    ...parametersFor(operation, fitting),
    body: operation.body ? json(valueFor(operation.body)) : fc.constant(undefined),
    headers: mostly<Record<string, Made>>(
      fc.constant({}),
      etag.map((each) => ({ "if-none-match": each, "if-match": each })),
    ),
    isRepeated: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(operation.isIdempotent)),
  });
}

/** One thing is wrong with it: a place of the body, or who sends it. */
function nearlyFor(operation: Operation): fc.Arbitrary<MadeRequest> {
  const valid = validFor(operation);
  const bent = json(nearly(valueFor(operation.body ?? { type: "object" })));
  return fc.oneof(
    fc.record({ valid, body: bent }).map(({ valid: request, body }) => ({ ...request, body })),
    fc.record({ valid, as: fc.constantFrom(...CALLERS) }).map(({ valid: request, as }) => ({ ...request, as })),
  );
}

/** Anything may be wrong with it. */
function hostileFor(operation: Operation): fc.Arbitrary<MadeRequest> {
  const { params, query } = parametersFor(operation, (each) => fc.oneof(fitting(each), nasty));
  const more = fc.tuple(fc.constantFrom("token", "access_token", "limit", "cursor", "owner", "x", "__proto__", ""), nasty);
  const raw = fc.constantFrom(...HOSTILE_BODIES).map((bytes): MadeRequest["body"] => ({ raw: bytes }));
  return fc.record({
    operation: fc.constant(operation),
    as: mostly(fc.constant<CallerName>("socket"), fc.constantFrom(...CALLERS)),
    method: mostly<string>(fc.constant(operation.method), fc.constantFrom(...METHODS)),
    params,
    query: mostly(
      query,
      fc.tuple(query, fc.array(more, { minLength: 1, maxLength: 3 })).map(([all, others]) => [...all, ...others]),
    ),
    body: fc.oneof(raw, json(fc.jsonValue() as fc.Arbitrary<Json>), json(valueFor(operation.body ?? {})), fc.constant(undefined)),
    headers: HEADERS,
    isRepeated: fc.constant(false),
  });
}

/** What goes out for parameters that were filled in. Some of what is nasty stays as it is, some is encoded. */
export function targetOf(path: string, params: Readonly<Record<string, Json>>, query: readonly (readonly [string, Json])[]): string {
  const at = path.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const word = textOf(params[name]);
    return /^[!-~]*$/.test(word) && word.includes("%") ? word : encodeURIComponent(word);
  });
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`).join("&");
  return search === "" ? at : `${at}?${search}`;
}

export function textOf(value: Json | undefined): string {
  return (typeof value === "string" ? value : JSON.stringify(value ?? "")).toWellFormed();
}
