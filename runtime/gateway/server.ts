import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { Role } from "../run/index.ts";
import { API_HEADERS, HSTS } from "./headers.ts";
import { checkAddress, checkDoors, type Doors } from "./origin.ts";
import { problemDocument, statusOf } from "./problem.ts";
import type { newRateLimiter } from "./rate.ts";
import type { Authenticator, Call, Caller, Reply, Route } from "./types.ts";
import { checkerOf } from "./validate.ts";

export interface ServerWorld {
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  readonly rate: ReturnType<typeof newRateLimiter>;
  /** Pages that may call it beside its own, exactly. */
  readonly origins: readonly string[];
  /** Names it is reached by beside the address it listens on: `bots.acme.example`, `bots.acme.example:8443`. */
  readonly names: readonly string[];
  /** What our own fault was, for the log; the caller is told its id only. */
  readonly fault: (error: unknown, id: string) => void;
  /** The routes of other rooms that are no API: web chat, webhooks, WebSockets. */
  readonly extend?: (app: FastifyInstance, doors: () => Doors) => Promise<void>;
}

export type Listen =
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      readonly tls: { readonly cert: string; readonly key: string } | null;
    }
  | { readonly kind: "socket"; readonly path: string };

export interface Server {
  readonly url: string | null;
  /** No new connections, those at work end, then all are closed. */
  readonly close: () => Promise<void>;
}

const ROLES: readonly Role[] = ["viewer", "operator", "editor", "owner"];

/** Listens and answers. The same routes may be served on several addresses. */
export async function serve(world: ServerWorld, listen: Listen): Promise<Result<Server>> {
  const isEncrypted = listen.kind === "tcp" && listen.tls !== null;
  const app = Fastify({
    logger: false,
    bodyLimit: LIMITS.apiBodyBytes,
    connectionTimeout: LIMITS.apiIdleMs,
    requestTimeout: LIMITS.apiRequestMs,
    keepAliveTimeout: LIMITS.apiIdleMs,
    genReqId: () => randomBytes(16).toString("hex"),
    trustProxy: false,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: LIMITS.apiParamChars },
    forceCloseConnections: true,
    frameworkErrors: (_, request, reply) => {
      void reply.headers({ ...API_HEADERS, "x-request-id": request.id });
      void tell(reply, [problem("API_INVALID", { detail: "The address cannot be read." })], request.id);
    },
    ...(listen.kind === "tcp" && listen.tls ? { https: { ...listen.tls, minVersion: "TLSv1.3" as const } } : {}),
  }) as unknown as FastifyInstance;
  let doors: Doors = { hosts: new Set(), origins: new Set(world.origins) };
  await prepare(app, world, () => doors, { isEncrypted, isLocal: listen.kind === "socket" });
  try {
    if (listen.kind === "socket") {
      fs.rmSync(listen.path, { force: true });
      await app.listen({ path: listen.path });
      fs.chmodSync(listen.path, 0o600);
    } else await app.listen({ host: listen.host, port: listen.port });
  } catch (error) {
    await app.close();
    return fail(notListening(listen, error));
  }
  doors = { ...doors, hosts: hostsOf(listen, app, world.names) };
  return ok({ url: urlOf(listen, app, isEncrypted), close: () => app.close() });
}

function hostsOf(listen: Listen, app: FastifyInstance, names: readonly string[]): ReadonlySet<string> {
  if (listen.kind === "socket") return new Set(["localhost", "gateway"]);
  const { port } = app.server.address() as AddressInfo;
  const own = listen.host.includes(":") ? `[${listen.host}]` : listen.host.toLowerCase();
  const loopback = ["127.0.0.1", "[::1]", "localhost"];
  const all = loopback.includes(own) ? [...loopback] : [own];
  return new Set([
    ...all.map((name) => `${name}:${port}`),
    ...(port === 80 || port === 443 ? all : []),
    ...names.map((name) => name.toLowerCase()),
  ]);
}

function urlOf(listen: Listen, app: FastifyInstance, isEncrypted: boolean): string | null {
  if (listen.kind === "socket") return null;
  const { port } = app.server.address() as AddressInfo;
  return `${isEncrypted ? "https" : "http"}://${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${port}`;
}

function notListening(listen: Listen, error: unknown): Diagnostic {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const where = listen.kind === "socket" ? listen.path : `${listen.host}:${listen.port}`;
  const why =
    code === "EADDRINUSE" ? "something else listens there" : code === "EACCES" ? "this user may not listen there" : shown(String(error));
  return problem("RUNTIME_FAILED", {
    detail: `The gateway cannot listen on ${shown(where)}: ${why}.`,
    remedy: "Name another port; 0 lets the system choose:\nmoltbot gateway run --port 0",
  });
}

interface Line {
  readonly isEncrypted: boolean;
  readonly isLocal: boolean;
}

async function prepare(app: FastifyInstance, world: ServerWorld, doors: () => Doors, line: Line): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) => done(null, body));
  // Arguments are checked by us: nothing is made from schemas at run time.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers({ ...API_HEADERS, "x-request-id": request.id, ...(line.isEncrypted ? { "strict-transport-security": HSTS } : {}) });
    const entry = line.isLocal ? ok(undefined) : checkDoors(request.headers, doors(), line.isEncrypted);
    const checked = entry.ok ? checkAddress(request.query as Readonly<Record<string, unknown>>) : entry;
    if (!checked.ok) return await tell(reply, checked.diagnostics, request.id);
    return undefined;
  });
  app.setNotFoundHandler(async (request, reply) =>
    tell(reply, [problem("API_UNKNOWN", { detail: `There is no ${request.method} ${shown(pathOf(request.url))}.` })], request.id),
  );
  app.setErrorHandler(async (error, request, reply) => tell(reply, [diagnosticOf(error, request.id, world)], request.id));
  for (const route of world.routes) addRoute(app, world, route, line);
  await world.extend?.(app, doors);
  await app.ready();
}

function addRoute(app: FastifyInstance, world: ServerWorld, route: Route, line: Line): void {
  const checks = {
    params: route.params && checkerOf(route.params, "address"),
    query: checkerOf(route.query ?? NOTHING, "query"),
    body: route.body && checkerOf(route.body, "body"),
  };
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{([a-zA-Z]+)\}/g, ":$1"),
    handler: async (request, reply) => {
      const { id } = request;
      if (route.deprecated) void reply.headers(deprecationOf(route.deprecated));
      const caller = await callerOf(request, world, route, line);
      if (!caller.ok) return await tell(reply, caller.diagnostics, id);
      const rate = world.rate(caller.value?.id ?? request.ip ?? "");
      void reply.headers({ "ratelimit-limit": String(LIMITS.apiBurst), "ratelimit-remaining": String(rate.remaining) });
      if (!rate.allowed) return await tooMany(reply, rate.retryAfterS, id);
      const body = bodyOf(request, route);
      if (!body.ok) return await tell(reply, body.diagnostics, id);
      const query = queryOf(request.query as Readonly<Record<string, unknown>>, route.query);
      const fits = firstFailure([checks.params?.(request.params as JsonObject), checks.query(query), checks.body?.(body.value)]);
      if (fits) return await tell(reply, fits, id);
      const call: Call = {
        caller: caller.value ?? NOBODY,
        params: request.params as Readonly<Record<string, string>>,
        query,
        body: body.value,
        id,
        ifMatch: unquoted(request.headers["if-match"]),
        signal: aborted(reply),
      };
      const done = await route.handle(call);
      return done.ok ? await answer(reply, done.value, request.headers["if-none-match"]) : await tell(reply, done.diagnostics, id);
    },
  });
}

const NOTHING: JsonObject = { type: "object", additionalProperties: false, properties: {} };
const NOBODY: Caller = { id: "nobody", kind: "person", role: null, verified: false, person: null, token: null };

async function callerOf(request: FastifyRequest, world: ServerWorld, route: Route, { isLocal }: Line): Promise<Result<Caller | null>> {
  if (route.role === null) return ok(null);
  const { body } = request;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const found = await world.authenticator.authenticate({
    method: request.method,
    target: request.url,
    headers: request.headers,
    bodySha256: createHash("sha256").update(bytes).digest("hex"),
    isLocal,
    address: isLocal ? null : (request.socket.remoteAddress ?? null),
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

async function answer(
  reply: FastifyReply,
  { status, body, text, etag, headers }: Reply,
  ifNoneMatch: string | undefined,
): Promise<FastifyReply> {
  if (etag !== undefined) void reply.header("etag", `"${etag}"`);
  if (headers) void reply.headers(headers);
  if (etag !== undefined && unquoted(ifNoneMatch) === etag) return await reply.code(304).send();
  if (text !== undefined) return await reply.code(status).type(text.type).send(text.content);
  if (body === undefined) return await reply.code(status).send();
  return await reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify(body));
}

export async function tell(reply: FastifyReply, diagnostics: readonly Diagnostic[], id: string): Promise<FastifyReply> {
  const status = statusOf(diagnostics);
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="moltbot"');
  return await reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(problemDocument(diagnostics, status, id)));
}

async function tooMany(reply: FastifyReply, seconds: number, id: string): Promise<FastifyReply> {
  void reply.header("retry-after", String(seconds));
  return await tell(reply, [problem("API_RATE_LIMITED", { detail: `The next request is taken in ${seconds} s.` })], id);
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
function diagnosticOf(error: unknown, id: string, world: ServerWorld): Diagnostic {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return problem("API_TOO_LARGE", { detail: `The body has more than ${LIMITS.apiBodyBytes} bytes.` });
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return problem("API_INVALID", { detail: "The body must be of type application/json." });
  if (code.startsWith("FST_ERR_CTP") || code.startsWith("FST_ERR_BAD_URL") || code === "ECONNRESET")
    return problem("API_INVALID", { detail: "The request cannot be read." });
  world.fault(error, id);
  return problem("API_FAULT", { detail: `This is a fault of ours; the log has it under ${id}.` });
}

function unquoted(tag: string | undefined): string | null {
  if (tag === undefined) return null;
  return /^(?:W\/)?"([\x21\x23-\x7e]{0,128})"$/.exec(tag)?.[1] ?? tag;
}

function pathOf(url: string): string {
  return url.slice(0, 200).replace(/\?.*$/, "");
}

function aborted(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => controller.abort());
  return controller.signal;
}
