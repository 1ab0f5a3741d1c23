import { randomUUID } from "node:crypto";
import fs from "node:fs";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { tell } from "./answer.ts";
import { tellClientError } from "./client-error.ts";
import { boundConnections } from "./connections.ts";
import { newStreams, type Streams } from "./event-stream.ts";
import { addRoute, diagnosticOf, pathOf, type HandleWorld, type Line } from "./handle.ts";
import { API_HEADERS, HSTS } from "./headers.ts";
import { newRemembered, type Remembered } from "./idempotency.ts";
import { allowPage, methodsOf } from "./methods.ts";
import { checkAddress, checkDoors, type Doors } from "./origin.ts";
import type { newRateLimiter } from "./rate.ts";
import { newUnproved, type Unproved } from "./unproved.ts";
import type { Authenticator, Route } from "./types.ts";

export interface ServerWorld {
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  readonly rate: ReturnType<typeof newRateLimiter>;
  /** Pages that may call it beside its own, exactly. */
  readonly origins: () => ReadonlySet<string>;
  /** Names it is reached by beside the address it listens on: `bots.acme.example`, `bots.acme.example:8443`. */
  readonly names: readonly string[];
  /** What our own fault was, for the log; the caller is told its id only. */
  readonly fault: (error: unknown, id: string) => void;
  /** Records that somebody is about to change something; without the record there is no change. */
  readonly note?: HandleWorld["note"];
  readonly isTrustedProxy?: HandleWorld["isTrustedProxy"];
  /** The routes of other rooms that are no API: web chat, webhooks, WebSockets. */
  readonly extend?: (app: FastifyInstance, doors: () => Doors, line: Line) => Promise<void>;
  /** Told of each connection that is let in. */
  readonly entered?: () => void;
  /** Shared by all addresses of one gateway; absent: of this address alone. */
  readonly shared?: Shared;
}

/** What the addresses of one gateway have in common. */
export interface Shared {
  readonly remembered: Remembered;
  readonly streams: Streams;
  readonly unproved: Unproved;
}

export function newShared(): Shared {
  return { remembered: newRemembered(() => performance.now()), streams: newStreams(), unproved: newUnproved() };
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

/** Strict about what a request is, and impatient: who sends slowly, or a part, is let go. */
const PARSER = {
  insecureHTTPParser: false,
  maxHeaderSize: LIMITS.apiHeaderBytes,
  headersTimeout: LIMITS.apiHeadersMs,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: true,
};

/** Listens and answers. The same routes may be served on several addresses. */
export async function serve(world: ServerWorld, listen: Listen): Promise<Result<Server>> {
  const isEncrypted = listen.kind === "tcp" && listen.tls !== null;
  const app = Fastify({
    logger: false,
    bodyLimit: LIMITS.apiBodyBytes,
    connectionTimeout: LIMITS.apiIdleMs,
    requestTimeout: LIMITS.apiRequestMs,
    http: PARSER,
    keepAliveTimeout: LIMITS.apiIdleMs,
    genReqId: () => randomUUID().replaceAll("-", ""),
    trustProxy: listen.kind === "tcp" && ((address: string) => world.isTrustedProxy?.(address) === true),
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: LIMITS.apiParamChars },
    forceCloseConnections: true,
    clientErrorHandler: tellClientError,
    frameworkErrors: (_, request, reply) => {
      void reply.headers({ ...API_HEADERS, "x-request-id": request.id });
      void tell(reply, [problem("API_INVALID", { detail: "The address cannot be read." })], request.id);
    },
    ...(listen.kind === "tcp" && listen.tls
      ? { https: { ...PARSER, ...listen.tls, minVersion: "TLSv1.3" as const, handshakeTimeout: LIMITS.apiHeadersMs } }
      : {}),
  }) as unknown as FastifyInstance;
  let hosts: ReadonlySet<string> = new Set();
  const doors = (): Doors => ({ hosts, origins: world.origins() });
  const shared = world.shared ?? newShared();
  if (world.entered) app.server.on("connection", world.entered);
  if (listen.kind === "tcp") boundConnections(app.server);
  else app.server.maxConnections = LIMITS.apiConnections;
  await prepare(app, { ...world, shared }, doors, { isEncrypted, isLocal: listen.kind === "socket" });
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
  hosts = hostsOf(listen, app, world.names);
  const close = async (): Promise<void> => {
    shared.streams.endAll();
    await app.close();
  };
  return ok({ url: urlOf(listen, app, isEncrypted), close });
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
    ...names.map((name) => name.toLowerCase()).flatMap((name) => (/:\d+$/.test(name) ? [name] : [name, `${name}:${port}`])),
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

async function prepare(
  app: FastifyInstance,
  world: ServerWorld & { readonly shared: Shared },
  doors: () => Doors,
  line: Line,
): Promise<void> {
  const takes = methodsOf(world.routes);
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
    const isAsking = request.method === "OPTIONS";
    const methods = isAsking ? takes(pathOf(request.url)) : [];
    allowPage(reply, request.headers.origin, doors(), methods);
    if (isAsking && methods.length > 0) return await reply.header("allow", methods.join(", ")).code(204).send();
    return undefined;
  });
  app.setNotFoundHandler(async (request, reply) => {
    const methods = takes(pathOf(request.url));
    if (methods.length === 0)
      return await tell(
        reply,
        [problem("API_UNKNOWN", { detail: `There is no ${request.method} ${shown(pathOf(request.url))}.` })],
        request.id,
      );
    void reply.header("allow", methods.join(", "));
    return await tell(reply, [problem("API_METHOD", { detail: `${shown(pathOf(request.url))} takes ${methods.join(", ")}.` })], request.id);
  });
  app.setErrorHandler(async (error, request, reply) => tell(reply, [diagnosticOf(error, request.id, world)], request.id));
  for (const route of world.routes) addRoute(app, world, route, line);
  await world.extend?.(app, doors, line);
  await app.ready();
}
