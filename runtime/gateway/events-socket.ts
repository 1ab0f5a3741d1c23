import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import {
  fail,
  isArray,
  isObject,
  LIMITS,
  ok,
  problem,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import type { Bus, RuntimeEvent } from "../events/index.ts";
import type { Role } from "../run/index.ts";
import type { Streams } from "./event-stream.ts";
import { addressOf, strangerOf, tooManyStreams, type HandleWorld, type Line } from "./handle.ts";
import { checkAddress, checkDoors, type Doors } from "./origin.ts";
import { problemDocument, statusOf } from "./problem.ts";
import type { Unproved } from "./unproved.ts";
import type { Authenticator, Caller } from "./types.ts";

/** Where what happens in the gateway is told as it happens. */
export const EVENTS_PATH = "/v2/events";

export interface EventsWorld {
  readonly bus: Bus;
  readonly authenticator: () => Authenticator;
  readonly streams: Streams;
  readonly unproved: Unproved;
  readonly rate: HandleWorld["rate"];
  readonly isTrustedProxy?: HandleWorld["isTrustedProxy"];
}

type EventType = RuntimeEvent["type"];

/** Who may hear what. What is said in conversations, and what the audit holds, is not for everybody who may look. */
const ROLE_FOR: Readonly<Record<EventType, Role>> = {
  "message.received": "viewer",
  "message.sent": "viewer",
  "message.undelivered": "viewer",
  "run.started": "viewer",
  "run.delta": "operator",
  "run.finished": "viewer",
  "model.asked": "viewer",
  "tool.started": "operator",
  "tool.finished": "viewer",
  "approval.asked": "operator",
  "approval.answered": "viewer",
  "channel.state": "viewer",
  "generation.changed": "viewer",
  "plugin.state": "viewer",
  "audit.recorded": "operator",
};
const LADDER: readonly Role[] = ["viewer", "operator", "editor", "owner"];

/** Why a connection ends (RFC 6455, and of our own from 4000). */
const CLOSE = { policy: 1008, tooSlow: 1013, stopping: 1001, unproved: 4401, revoked: 4403 } as const;
/** Messages of one client over one connection; it needs two. */
const MAX_SAID = 64;

/**
 * WebSockets at {@link EVENTS_PATH}: who calls proves it in the header, or in the first message where a page
 * cannot set one; `{"type": "subscribe", "events": [...]}` says what is heard. Host and origin are checked
 * before the handshake; a proof that is revoked ends the connection at once; who reads too slowly is dropped.
 */
export function eventsOn(app: FastifyInstance, world: EventsWorld, doors: () => Doors, line: Line): void {
  const server = new WebSocketServer({ noServer: true, maxPayload: LIMITS.apiSocketBytes, perMessageDeflate: false });
  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, rest: Buffer) => {
    // Node takes its own listener away with the upgrade: without one, whoever resets the connection ends the process.
    socket.on("error", () => socket.destroy());
    const url = URL.parse(request.url ?? "/", "http://gateway");
    if (url?.pathname !== EVENTS_PATH) {
      // Somebody else's, where there is somebody else.
      if (app.server.listenerCount("upgrade") === 1) refuse(socket, 404, problem("API_UNKNOWN", { detail: "There is no WebSocket here." }));
      return;
    }
    const entry = line.isLocal ? ok(undefined) : checkDoors(request.headers, doors(), line.isEncrypted);
    const checked = entry.ok ? checkAddress(Object.fromEntries(url.searchParams)) : entry;
    if (!checked.ok) return refuseWith(socket, checked.diagnostics);
    enter(server, world, line, { request, socket, rest }).catch(() => socket.destroy());
  });
  app.addHook("onClose", async () => {
    for (const client of server.clients) client.close(CLOSE.stopping, "the gateway stops");
    server.close();
  });
}

interface Arrival {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly rest: Buffer;
}

async function enter(server: WebSocketServer, world: EventsWorld, line: Line, { request, socket, rest }: Arrival): Promise<void> {
  const { authorization, origin } = request.headers;
  const hasProof = authorization !== undefined || (line.isLocal && origin === undefined);
  const address = addressOf(request, world, line);
  const caller = hasProof ? await proved(world, request, line, authorization) : null;
  const rate = world.rate(caller?.ok === true ? caller.value.id : strangerOf(address));
  if (!rate.allowed) return refuse(socket, 429, problem("API_RATE_LIMITED", { detail: `The next one is taken in ${rate.retryAfterS} s.` }));
  if (caller && !caller.ok) return refuseWith(socket, caller.diagnostics);
  // Gone while it was asked who it is: it would never be heard to close.
  if (socket.destroyed) return;
  const place = placeIn(world, socket, address);
  if (caller && !place.prove(caller.value)) return refuseWith(socket, [tooManyStreams()]);
  server.handleUpgrade(request, socket, rest, (client) => {
    place.endWith((code, why) => client.close(code, why));
    attend(client, world, caller?.value ?? null, async (token) => {
      const found = await proved(world, request, line, `Bearer ${token}`);
      return found.ok && !place.prove(found.value) ? fail(tooManyStreams()) : found;
    });
  });
}

/** The place of one connection: among those that have not said who they are, then among those of everybody known. */
interface Taken {
  /** @returns false where there is none for this caller. */
  readonly prove: (who: Caller) => boolean;
  readonly endWith: (end: (code: number, why: string) => void) => void;
}

function placeIn({ streams, unproved }: EventsWorld, socket: Duplex, address: string | null): Taken {
  let end: (code: number, why: string) => void = () => socket.destroy();
  let leave = unproved.enter(address, () => end(CLOSE.unproved, "others wait"));
  socket.once("close", () => leave());
  return {
    endWith: (how) => (end = how),
    prove: ({ id }) => {
      const taken = streams.enter(id, () => end(CLOSE.stopping, "the gateway stops"));
      if (!taken || socket.destroyed) return false;
      leave();
      leave = taken;
      return true;
    },
  };
}

function proved(world: EventsWorld, request: IncomingMessage, line: Line, authorization: string | undefined): Promise<Result<Caller>> {
  const { authorization: _, ...headers } = request.headers;
  return world.authenticator().authenticate({
    method: "GET",
    target: request.url ?? "/",
    headers: authorization === undefined ? headers : { ...headers, authorization },
    bodySha256: createHash("sha256").update("").digest("hex"),
    isLocal: line.isLocal,
    address: addressOf(request, world, line),
  });
}

/** One client, from its proof to its end. */
function attend(
  client: WebSocket,
  { bus, authenticator }: EventsWorld,
  proof: Caller | null,
  prove: (token: string) => Promise<Result<Caller>>,
): void {
  let caller = proof;
  let heard: readonly EventType[] = [];
  let said = 0;
  let isAlive = true;
  let unsubscribe = (): void => {};
  const send = (value: JsonObject): void => {
    if (client.readyState !== client.OPEN) return;
    if (client.bufferedAmount <= LIMITS.apiStreamBytes) return client.send(JSON.stringify(value));
    client.close(CLOSE.tooSlow, "the client reads too slowly");
    client.terminate();
  };
  const unproved = setTimeout(() => client.close(CLOSE.unproved, "no proof came"), LIMITS.apiSocketProofMs);
  const forget = authenticator().onRevoked((token) => {
    if (caller?.token !== token) return;
    unsubscribe();
    client.close(CLOSE.revoked, "the proof was revoked");
  });
  let end: NodeJS.Timeout | undefined;
  const welcome = (who: Caller): void => {
    clearTimeout(unproved);
    caller = who;
    // Whoever has a copy of a short token hears no more than its owner would with it.
    if (who.leftMs !== undefined) end = setTimeout(() => client.close(CLOSE.revoked, "the token ran out"), who.leftMs);
    if (who.role === null) return client.close(CLOSE.policy, "no role here");
    send({ type: "welcome", id: who.id, role: who.role });
  };
  const subscribe = (who: Caller, wanted: readonly EventType[]): void => {
    const allowed = wanted.filter((type) => who.role !== null && LADDER.indexOf(who.role) >= LADDER.indexOf(ROLE_FOR[type]));
    unsubscribe();
    heard = [...new Set(allowed)].sort();
    unsubscribe = bus.subscribe(heard, (event) => send({ type: "event", event: shownEvent(event) }));
    send({ type: "subscribed", events: [...heard] });
  };
  const take = async (data: RawData): Promise<void> => {
    const message = parsed(data);
    if (++said > MAX_SAID || !message) return client.close(CLOSE.policy, "not a message that is understood");
    if (caller === null) {
      const token = message["type"] === "auth" && typeof message["token"] === "string" ? message["token"] : "";
      const found = await prove(token);
      if (!found.ok) return client.close(CLOSE.unproved, "the proof is not good");
      return welcome(found.value);
    }
    const events = message["events"];
    const isGood =
      message["type"] === "subscribe" &&
      isArray(events) &&
      events.every((each) => typeof each === "string" && Object.hasOwn(ROLE_FOR, each));
    if (!isGood || Object.keys(message).length !== 2) return client.close(CLOSE.policy, "not a message that is understood");
    subscribe(caller, events as readonly EventType[]);
  };
  const beat = setInterval(() => {
    if (!isAlive) return client.terminate();
    isAlive = false;
    client.ping();
  }, LIMITS.apiStreamBeatMs);
  client.on("pong", () => (isAlive = true));
  // One after the other: the proof before what follows it.
  let turn = Promise.resolve();
  client.on("message", (data) => {
    turn = turn.then(() => take(data)).catch(() => client.terminate());
  });
  client.on("error", () => client.terminate());
  client.once("close", () => {
    clearTimeout(unproved);
    clearTimeout(end);
    clearInterval(beat);
    forget();
    unsubscribe();
  });
  if (proof) welcome(proof);
}

function parsed(data: RawData): JsonObject | undefined {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Uint8Array);
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What went wrong is told by code and words for it; what it was about stays in the log. */
function shownEvent(event: RuntimeEvent): JsonObject {
  const shown =
    "diagnostics" in event ? { ...event, diagnostics: event.diagnostics.map(({ code, summary }) => ({ code, summary })) } : event;
  return JSON.parse(JSON.stringify(shown)) as JsonObject;
}

function refuseWith(socket: Duplex, diagnostics: readonly Diagnostic[]): void {
  const [first] = diagnostics;
  if (first) refuse(socket, statusOf(diagnostics), first);
}

const REASON: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
};

/** Before the handshake ends there is only HTTP to say it in. */
function refuse(socket: Duplex, status: number, diagnostic: Diagnostic): void {
  const body = JSON.stringify(problemDocument([diagnostic], status, ""));
  socket.end(
    [
      `HTTP/1.1 ${status} ${REASON[status] ?? "Refused"}`,
      "content-type: application/problem+json; charset=utf-8",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}
