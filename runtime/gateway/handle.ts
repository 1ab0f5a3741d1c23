import { createHash } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { fail, failAll, LIMITS, ok, problem, shown, type Diagnostic, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { networkOf } from "../net/index.ts";
import type { Role } from "../run/index.ts";
import { answer, tell, tooMany, unquoted } from "./answer.ts";
import { whileWorking } from "./connections.ts";
import { streamEvents, type Streams } from "./event-stream.ts";
import type { Remembered } from "./idempotency.ts";
import type { newRateLimiter, RateAnswer } from "./rate.ts";
import type { Authenticator, Call, Caller, Reply, Route } from "./types.ts";
import { checkerOf } from "./validate.ts";

/** What handling a call needs of the server. */
export interface HandleWorld {
  readonly authenticator: Authenticator;
  readonly rate: ReturnType<typeof newRateLimiter>;
  readonly shared: { readonly remembered: Remembered; readonly streams: Streams };
  readonly fault: (error: unknown, id: string) => void;
  /** Records that somebody is about to change something; without the record there is no change. */
  readonly note?: ((route: Route, call: Call) => Result<unknown>) | undefined;
  /** Whether what an address says of others may be believed. */
  readonly isTrustedProxy?: ((address: string) => boolean) | undefined;
}

/** How calls come in on one address. */
export interface Line {
  readonly isEncrypted: boolean;
  readonly isLocal: boolean;
}

const ROLES: readonly Role[] = ["viewer", "operator", "editor", "owner"];

/** One operation: who calls, how often, with what; then the work. */
export function addRoute(app: FastifyInstance, world: HandleWorld, route: Route, line: Line): void {
  const checks: Checks = {
    params: route.params && checkerOf(route.params, "address"),
    query: checkerOf(route.query ?? NOTHING, "query"),
    body: route.body && checkerOf(route.body, "body"),
  };
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{([a-zA-Z]+)\}/g, ":$1"),
    ...(route.bodyBytes === undefined ? {} : { bodyLimit: route.bodyBytes, onRequest: boundedUploads() }),
    handler: async (request, reply) => {
      const { id } = request;
      if (route.deprecated) void reply.headers(deprecationOf(route.deprecated));
      const caller = await callerOf(request, world, route, line);
      // Who proves nothing is counted by address, so that guessing is slow.
      const who = caller.ok && caller.value ? caller.value.id : strangerOf(addressOf(request, world, line));
      const waitS = route.isFree ? null : waitOf(world.rate(who), reply);
      if (waitS !== null) return await tooMany(reply, waitS, id);
      if (!caller.ok) return await tell(reply, caller.diagnostics, id);
      const given = argumentsOf(request, route, checks);
      if (!given.ok) return await tell(reply, given.diagnostics, id);
      const gone = endOf(reply);
      const call: Call = {
        ...given.value,
        caller: caller.value ?? NOBODY,
        id,
        ifMatch: unquoted(request.headers["if-match"]),
        isLocal: line.isLocal,
        signal: gone.signal,
      };
      // Work that goes on for a while ends with the proof it was begun with, not only with the connection.
      const forget = world.authenticator.onRevoked((token) => {
        if (token === call.caller.token) gone.abort();
      });
      try {
        const done = await whileWorking(request.raw.socket, () => once(request, world, route, call));
        if (!done.ok) return await tell(reply, done.diagnostics, id);
        if (!done.value.events) return await answer(reply, done.value, request.headers["if-none-match"]);
        return await stream(reply, world, call, done.value.events, gone);
      } finally {
        forget();
      }
    },
  });
}

/** Tells how many requests are left. @returns the seconds until the next one is taken; null where this one is. */
function waitOf({ allowed, remaining, retryAfterS }: RateAnswer, reply: FastifyReply): number | null {
  void reply.headers({ "ratelimit-limit": String(LIMITS.apiBurst), "ratelimit-remaining": String(remaining) });
  return allowed ? null : retryAfterS;
}

interface Checks {
  readonly params: ((value: Json) => Result<void>) | undefined;
  readonly query: (value: Json) => Result<void>;
  readonly body: ((value: Json) => Result<void>) | undefined;
}

function argumentsOf(request: FastifyRequest, route: Route, checks: Checks): Result<Pick<Call, "params" | "query" | "body">> {
  const body = bodyOf(request, route);
  if (!body.ok) return body;
  const query = queryOf(request.query as Readonly<Record<string, unknown>>, route.query);
  const params = request.params as Readonly<Record<string, string>>;
  const fits = firstFailure([checks.params?.(params), checks.query(query), checks.body?.(body.value)]);
  return fits ? failAll(fits) : ok({ params, query, body: body.value });
}

/** The work, once for each `Idempotency-Key`, and noted before it changes anything. */
async function once(request: FastifyRequest, world: HandleWorld, route: Route, call: Call): Promise<Result<Reply>> {
  const work = async (): Promise<Result<Reply>> => {
    const isChange = route.method !== "GET" && route.role !== null && route.isReading !== true;
    const noted = isChange ? world.note?.(route, call) : undefined;
    return noted && !noted.ok ? noted : await route.handle(call);
  };
  const key = request.headers["idempotency-key"];
  if (key === undefined || !route.isIdempotent) return await work();
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,128}$/.test(key))
    return fail(problem("API_INVALID", { detail: "An `Idempotency-Key` has 1 to 128 printable characters." }));
  const asked = `${request.method} ${request.url}\n${JSON.stringify(call.body)}`;
  return await world.shared.remembered.once(`${call.caller.id}\n${call.caller.person}\n${route.id}`, key, asked, work);
}

async function stream(
  reply: FastifyReply,
  world: HandleWorld,
  { id, caller }: Call,
  events: NonNullable<Reply["events"]>,
  gone: AbortController,
): Promise<FastifyReply> {
  const end = (): void => gone.abort();
  const leave = world.shared.streams.enter(caller.id, end);
  if (!leave) return await tell(reply, [tooManyStreams()], id);
  try {
    await streamEvents(reply, events, { signal: gone.signal, end });
  } finally {
    leave();
  }
  return reply;
}

export function tooManyStreams(): Diagnostic {
  const { apiStreams, apiStreamsOfOne } = LIMITS;
  return problem("API_RATE_LIMITED", { detail: `${apiStreamsOfOne} streams of one caller or ${apiStreams} of all are open already.` });
}

/** Large bodies one after the other: before the body is there nobody can be believed. */
const UPLOADS_AT_ONCE = 4;

function boundedUploads(): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  let running = 0;
  return async (request, reply) => {
    if (running >= UPLOADS_AT_ONCE) return await tooMany(reply, 1, request.id);
    running++;
    reply.raw.once("close", () => {
      running--;
    });
    return undefined;
  };
}

const NOTHING: JsonObject = { type: "object", additionalProperties: false, properties: {} };
const NOBODY: Caller = { id: "nobody", kind: "person", role: null, verified: false, person: null, token: null };

async function callerOf(request: FastifyRequest, world: HandleWorld, route: Route, line: Line): Promise<Result<Caller | null>> {
  if (route.role === null) return ok(null);
  const { body } = request;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const found = await world.authenticator.authenticate({
    method: request.method,
    target: request.url,
    headers: request.headers,
    bodySha256: createHash("sha256").update(bytes).digest("hex"),
    isLocal: line.isLocal,
    address: addressOf(request, world, line),
  });
  if (!found.ok) return found;
  const { role } = found.value;
  if (role !== null && ROLES.indexOf(role) >= ROLES.indexOf(route.role)) return found;
  return fail(
    problem("API_FORBIDDEN", {
      detail: `${shown(found.value.id)} has ${role === null ? "no role" : `the role ${role}`} here; this needs ${route.role}.`,
    }),
  );
}

function bodyOf(request: FastifyRequest, route: Route): Result<Json> {
  const { body } = request;
  const isEmpty = !Buffer.isBuffer(body) || body.length === 0;
  if (!route.body) return isEmpty ? ok(null) : fail(problem("API_INVALID", { detail: "This operation takes no body." }));
  if (isEmpty) return fail(problem("API_INVALID", { detail: "This operation needs a body of type application/json." }));
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    const value = JSON.parse(text, (key, each: Json) => {
      if (key === "__proto__") throw new SyntaxError("a field may not be called __proto__");
      return each;
    }) as Json;
    return ok(value);
  } catch (error) {
    return fail(
      problem("API_INVALID", { detail: `The body is not JSON in UTF-8: ${shown(error instanceof Error ? error.message : "")}.` }),
    );
  }
}

/** What an address says is text; where the schema wants a number or a truth value, it is read as one. */
function queryOf(raw: Readonly<Record<string, unknown>>, schema: JsonObject | undefined): JsonObject {
  const fields = (schema?.["properties"] ?? {}) as Readonly<Record<string, JsonObject>>;
  const read = (name: string, value: unknown): Json => {
    if (typeof value !== "string") return value as Json;
    const type = Object.hasOwn(fields, name) ? fields[name]?.["type"] : undefined;
    if ((type === "integer" || type === "number") && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value);
    if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
    return value;
  };
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, read(name, value)]));
}

function firstFailure(results: readonly (Result<void> | undefined)[]): readonly Diagnostic[] | undefined {
  for (const each of results) if (each && !each.ok) return each.diagnostics;
  return undefined;
}

/** RFC 9745, RFC 8594. */
function deprecationOf({ since, sunset, successor }: NonNullable<Route["deprecated"]>): Readonly<Record<string, string>> {
  return {
    deprecation: `@${Math.floor(Date.parse(since) / 1000)}`,
    sunset: new Date(sunset).toUTCString(),
    link: `<${successor}>; rel="successor-version"`,
  };
}

/** What the server library found, in our words; what it did not expect is our fault. */
export function diagnosticOf(error: unknown, id: string, world: Pick<HandleWorld, "fault">): Diagnostic {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return problem("API_TOO_LARGE", { detail: `The body has more than ${LIMITS.apiBodyBytes} bytes.` });
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return problem("API_INVALID", { detail: "The body must be of type application/json." });
  if (code.startsWith("FST_ERR_CTP") || code.startsWith("FST_ERR_BAD_URL") || code === "ECONNRESET")
    return problem("API_INVALID", { detail: "The request cannot be read." });
  world.fault(error, id);
  return problem("API_FAULT", { detail: `This is a fault of ours; the log has it under ${id}.` });
}

/** The address without its query, for people. */
export function pathOf(url: string): string {
  return url.slice(0, 200).replace(/\?.*$/, "");
}

function endOf(reply: FastifyReply): AbortController {
  const controller = new AbortController();
  reply.raw.once("close", () => controller.abort());
  return controller;
}

/** Under what somebody who proves nothing is counted. */
export function strangerOf(address: string | null): string {
  return `address:${address === null ? "socket" : networkOf(address)}`;
}

/** Where a call comes from. What a proxy says of it counts only if the proxy is one that the Project trusts. */
export function addressOf(
  request: Pick<FastifyRequest, "socket" | "headers">,
  { isTrustedProxy }: Pick<HandleWorld, "isTrustedProxy">,
  { isLocal }: Pick<Line, "isLocal">,
): string | null {
  if (isLocal) return null;
  let address = request.socket.remoteAddress ?? null;
  const said = request.headers["x-forwarded-for"];
  const hops = typeof said === "string" ? said.split(",").map((each) => each.trim()) : [];
  // From the last hop back: each is believed as long as the one after it is trusted.
  for (const before of hops.toReversed()) {
    if (address === null || isIP(before) === 0 || isTrustedProxy?.(address) !== true) break;
    address = before;
  }
  return address;
}
