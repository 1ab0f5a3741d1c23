import { Validator } from "@cfworker/json-schema";
import * as fc from "fast-check";
import { expect } from "vitest";
import { isArray, isDiagnosticCode, isObject, type Json, type JsonObject } from "../../core/index.ts";
import { callersOf, type Callers } from "./callers.fixture.ts";
import { operationsOf, requestFor, targetOf, textOf, type CallerName, type MadeRequest, type Operation } from "./requests.fixture.ts";
import type { Asking, Got, RunningGateway } from "./running.fixture.ts";
import { filled, type Learnt, type Made } from "./values.fixture.ts";

/** A login needs a provider, and says so where there is none: the one unavailability that is no fault. */
const MAY_BE_AWAY = new Set(["AUTH_UNAVAILABLE"]);
const ROLES = ["viewer", "operator", "editor", "owner"];
const LANES = 4;
/** How often what the requests themselves have stopped is let go again. */
const TIDY_EVERY = 50;
/** How long a request may take, while others run beside it. */
const MOST_MS = 10_000;

/** How often each operation was answered with each status. */
export type Tally = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Sends so many generated requests: no fault of ours, no hang, every answer fits what the document says. */
export async function sendGenerated(
  gateway: RunningGateway,
  count: number,
  seed: number,
): Promise<{ readonly tally: Tally; readonly operations: readonly Operation[] }> {
  const document = (await gateway.ask("/v2/openapi.json")).body;
  const operations = operationsOf(document);
  const problem = (document["components"] as { schemas: { Problem: JsonObject } }).schemas.Problem;
  const callers = await callersOf(gateway);
  const said = memory();
  const tally = new Map<string, Map<number, number>>();
  // Every operation comes up equally often, in an order that the seed alone says.
  const made = fc.sample(fc.oneof(...operations.map((each) => requestFor(each))), { numRuns: count, seed });
  const one = async (request: MadeRequest, number: number): Promise<void> => {
    if (number % TIDY_EVERY === 0) await tidy(gateway, callers, said);
    const [target, asking, lease] = sendable(request, said);
    // A claim is good for whoever took it, and for nobody else.
    const holder = request.as === "socket" && lease !== undefined ? said.holders.get(lease) : undefined;
    const as = holder ?? request.as;
    const begun = performance.now();
    const got = await callers.send(as, target, asking);
    const told = `seed ${seed}, request ${number}: ${as} ${asking.method} ${target} ${textOf(asking.body as Json).slice(0, 300)} -> ${got.status} ${got.text.slice(0, 600)}`;
    expect(performance.now() - begun, told).toBeLessThan(MOST_MS);
    judge({ ...request, as }, got, problem, told);
    if (request.isRepeated && got.status < 300) await again(callers, { ...request, as }, target, asking, got, told);
    if (got.status === 401 && ROLES.includes(as)) await callers.renew(as);
    if (got.status < 300) said.learn(got, as);
    const statuses = tally.get(request.operation.id) ?? new Map<number, number>();
    tally.set(request.operation.id, statuses.set(got.status, (statuses.get(got.status) ?? 0) + 1));
  };
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < made.length; at = next++) await one(made[at] as MadeRequest, at);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { tally, operations };
}

function judge(request: MadeRequest, got: Got, problem: JsonObject, told: string): void {
  const { status, headers, body } = got;
  if (status >= 500) expect(MAY_BE_AWAY, told).toContain(body["code"]);
  expect(String(headers["x-request-id"]), told).toMatch(/^[0-9a-f]{32}$/);
  expect(String(headers["x-content-type-options"]), told).toBe("nosniff");
  const { operation, as, method } = request;
  if (method === "HEAD") return expect(got.text, told).toBe("");
  if (status >= 400) {
    expect(String(headers["content-type"]), told).toContain("application/problem+json");
    fits(problem, body, told);
    expect([body["status"], body["id"], isDiagnosticCode(textOf(body["code"]))], told).toEqual([status, headers["x-request-id"], true]);
    return undefined;
  }
  if (method !== operation.method) return undefined;
  if (operation.role !== null) {
    expect(["nobody", "forger", "bearer"], told).not.toContain(as);
    if (as !== "socket") expect(ROLES.indexOf(as), told).toBeGreaterThanOrEqual(ROLES.indexOf(operation.role));
  }
  if (status === 304) return undefined;
  expect(Object.keys(operation.answers), told).toContain(String(status));
  const { content } = operation.answers[String(status)] as { content?: Record<string, { schema: JsonObject }> };
  if (!content) return expect(got.text, told).toBe("");
  const type = String(headers["content-type"]).split(";")[0] ?? "";
  expect(Object.keys(content), told).toContain(type);
  if (type === "application/json") fits(content[type]?.schema ?? {}, body, told);
  return undefined;
}

/** The same again, under the same key: the same answer. */
async function again(callers: Callers, { as, operation }: MadeRequest, target: string, asking: Asking, first: Got, told: string) {
  const second = await callers.send(as, target, asking);
  // What streams cannot be told twice; a caller may have been revoked, or rate limited, in between.
  if (String(first.headers["content-type"]).includes("event-stream") || [401, 403, 429].includes(second.status)) return;
  expect([second.status, second.text], `${operation.id} twice: ${told}`).toEqual([first.status, first.text]);
}

const validators = new WeakMap<JsonObject, Validator>();

function validatorOf(schema: JsonObject): Validator {
  const validator = validators.get(schema) ?? new Validator(schema, "2020-12");
  validators.set(schema, validator);
  return validator;
}

function fits(schema: JsonObject, value: Json, told: string): void {
  expect(validatorOf(schema).validate(value).errors, told).toEqual([]);
}

let repeats = 0;

type Sendable = readonly [target: string, asking: Asking & { readonly method: string }, lease: Json | undefined];

function sendable(request: MadeRequest, said: Memory): Sendable {
  let lease: Json | undefined;
  const fill = (value: Made): Json =>
    filled(value, (learnt) => {
      const word = said.recall(learnt);
      if (learnt.name === "lease") lease = word;
      return word;
    });
  const fillAll = (all: Readonly<Record<string, Made>>): Record<string, Json> =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, fill(value)]));
  const query = request.query.map(([name, value]) => [name, fill(value)] as const);
  const target = targetOf(request.operation.path, fillAll(request.params), query);
  const headers = Object.fromEntries(
    Object.entries(fillAll(request.headers)).map(([name, value]) => [name, Buffer.from(textOf(value)).toString("latin1")]),
  );
  if (request.isRepeated) headers["idempotency-key"] = `again-${++repeats}`;
  const { body } = request;
  const sent = body === undefined ? undefined : "raw" in body ? body.raw : textOf([fill(body.json)]).slice(1, -1);
  return [target, { method: request.method, headers, ...(sent === undefined ? {} : { body: sent }) }, lease];
}

interface Memory {
  readonly learn: (got: Got, as: CallerName) => void;
  /** Who took each claim. */
  readonly holders: Map<Json, CallerName>;
  readonly recall: (learnt: Learnt) => Json | undefined;
}

const KEPT = 12;

/** What answers said, by the names of fields: sessions, claims, cursors, digests, whole fences. */
function memory(): Memory {
  const known = new Map<string, Json[]>();
  const holders = new Map<Json, CallerName>();
  const keep = (name: string, value: Json): void => {
    const all = known.get(name) ?? [];
    known.set(name, [...all, value].slice(-KEPT));
  };
  const learn = (value: Json): void => {
    if (isArray(value)) value.slice(0, 5).forEach(learn);
    if (!isObject(value)) return;
    // A conversation says its own name as `id`.
    if ("exchanges" in value && value["id"]) keep("session", value["id"]);
    for (const [name, each] of Object.entries(value)) {
      if (each !== null && name !== "text") keep(name, each);
      learn(each);
    }
  };
  return {
    holders,
    learn: ({ body, headers }, as) => {
      learn(body);
      if (typeof body["lease"] === "string") holders.set(body["lease"], as);
      if (typeof headers["etag"] === "string") keep("etag", headers["etag"]);
    },
    recall: ({ name, pick, schema }) => {
      const all = (known.get(name) ?? []).filter((each) => validatorOf(schema).validate(each).valid);
      return all[pick % Math.max(1, all.length)];
    },
  };
}

/** Lifts what was held, and gives claims back: a gateway that may do nothing says little. */
async function tidy({ ask }: RunningGateway, { send }: Callers, { holders }: Memory): Promise<void> {
  const { items } = (await ask("/v2/holds?limit=200")).body as { readonly items?: readonly { readonly id: string }[] };
  for (const { id } of items ?? []) await ask(`/v2/holds/${id}?reason=tidy`, { method: "DELETE" });
  for (const [lease, as] of holders) await send(as, `/v2/record/leases/${textOf(lease)}`, { method: "DELETE" });
  holders.clear();
}

/** Operations that none of the requests reached, or reached with success. */
export function untouched(tally: Tally, { isDone }: { readonly isDone: boolean }, operations: readonly Operation[]): readonly string[] {
  return operations.flatMap(({ id }) => {
    const statuses = [...(tally.get(id)?.keys() ?? [])];
    return statuses.some((status) => !isDone || status < 300) ? [] : [id];
  });
}
