import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { CODES, fail, isObject, LIMITS, ok, problem, type DiagnosticCode, type Json, type JsonObject } from "../../../../core/index.ts";
import { networkOf } from "../../../net/index.ts";
import { readBody } from "../../http/read-body.ts";
import type { House } from "../../ports.ts";
import { newRates } from "../../receive/rates.ts";
import type { Adapter, AdapterHost, AdapterSetup, Inbound } from "../../types.ts";
import { PAGE, STYLE } from "./page.ts";
import { SCRIPT } from "./script.ts";
import { webSessions } from "./sessions.ts";
import { newStreams } from "./streams.ts";

const COOKIE = "moltbot_chat";
const COOKIE_S = 30 * 86_400;
const BODY_BYTES = 512 * 1024;
/** Codes and visits of one address, and of all together. */
const ENTER = { count: LIMITS.webEntersOfOne, perMs: 60_000 };
const ENTER_ALL = { count: LIMITS.webEnters, perMs: 60_000 };

const PAGE_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

const FILES: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  "": { type: "text/html; charset=utf-8", text: PAGE },
  "app.js": { type: "text/javascript; charset=utf-8", text: SCRIPT },
  "style.css": { type: "text/css; charset=utf-8", text: STYLE },
};

/** Fields that each request may have; one more is refused. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  enter: ["code"],
  send: ["id", "text"],
  cancel: [],
  press: ["button"],
  leave: [],
};

export function webAdapter(setup: AdapterSetup, host: AdapterHost, house: House): Adapter {
  const base = `/chat/${setup.channel}/`;
  const sessions = webSessions(house.notes("sessions"), house.clock);
  const streams = newStreams();
  const rates = newRates(10_000, house.now);
  let unmount: readonly (() => void)[] = [];

  const messageOf = (who: string, id: string, text: string): Inbound => ({
    account: setup.account,
    id: `${who}/${id}`,
    sender: who,
    senderName: null,
    isBot: false,
    verified: true,
    peer: { kind: "direct", id: who },
    thread: null,
    guild: null,
    team: null,
    roles: [],
    mentioned: true,
    isPassedOn: false,
    text,
    attachments: [],
    at: house.clock.now().toISOString(),
  });

  const stateOf = async (token: string | null): Promise<JsonObject> => {
    const who = sessions.who(token);
    if (who === null || token === null) return { state: "out" };
    if (await host.admits(messageOf(who, "state", "hello"))) {
      sessions.keep(token);
      return { state: "in", id: who };
    }
    const code = house.askPairing(who);
    return code.ok && code.value !== null ? { state: "pairing", code: code.value } : { state: "refused" };
  };

  const enter = async (request: FastifyRequest, reply: FastifyReply, body: JsonObject): Promise<unknown> => {
    const { code } = body;
    // Strangers in numbers do not keep out those who were invited.
    const all = typeof code === "string" ? "all with a code" : "all strangers";
    if (rates.take(`from ${networkOf(request.ip)}`, ENTER) > 0 || rates.take(all, ENTER_ALL) > 0)
      return await refuse(reply, 429, "SENDER_RATE_LIMITED");
    const redeemed = typeof code === "string" ? house.redeem(code) : ok(`visitor-${randomBytes(12).toString("hex")}`);
    if (!redeemed.ok) return await refuse(reply, 503, "CHANNEL_STOPPED");
    if (redeemed.value === null) {
      host.refused("WEB_LOGIN_REFUSED", { why: "the code is not in force" });
      return await refuse(reply, 403, "WEB_LOGIN_REFUSED");
    }
    const token = sessions.begin(redeemed.value, typeof code === "string");
    void reply.header("set-cookie", cookieOf(token, base, request.protocol === "https", COOKIE_S));
    return await reply.code(200).send(JSON.stringify(await stateOf(token)));
  };

  const send = async (reply: FastifyReply, who: string, { id, text }: JsonObject): Promise<unknown> => {
    if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id) || typeof text !== "string")
      return await refuse(reply, 400, "CHANNEL_MESSAGE_INVALID");
    const taken = await host.receive(messageOf(who, id, text));
    if (!taken.ok) return await refuse(reply, 503, taken.diagnostics[0]?.code ?? "CHANNEL_STOPPED");
    if (typeof taken.value === "object") {
      void reply.header("retry-after", String(Math.max(1, Math.ceil(taken.value.retryAfterMs / 1000))));
      return await refuse(reply, 429, "SENDER_RATE_LIMITED");
    }
    if (taken.value === "refused") return await refuse(reply, 403, "SENDER_NOT_ALLOWED");
    streams.tell(who, { id, from: "you", text });
    return await reply.code(202).send(JSON.stringify({ id }));
  };

  const act = async (what: string, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!isOwnPage(request) || !/^application\/json(?:;|$)/i.test(request.headers["content-type"] ?? "")) {
      host.refused("WEB_LOGIN_REFUSED", { why: "the request comes from another page" });
      return await refuse(reply, 403, "WEB_LOGIN_REFUSED");
    }
    const body = bodyOf(await readBody(request, BODY_BYTES), FIELDS[what] ?? []);
    if (!body) return await refuse(reply, 400, "CHANNEL_MESSAGE_INVALID");
    if (what === "enter") return await enter(request, reply, body);
    const token = tokenIn(request);
    const who = sessions.who(token);
    if (who === null) return await refuse(reply, 401, "WEB_LOGIN_REFUSED");
    if (what === "send") return await send(reply, who, body);
    if (what === "cancel") return await reply.code(200).send(JSON.stringify({ stopped: house.cancel(who) }));
    if (what === "press") {
      const text = await host.pressed({
        button: typeof body["button"] === "string" ? body["button"] : "",
        sender: who,
        verified: true,
        peer: who,
      });
      return await reply.code(200).send(JSON.stringify({ text }));
    }
    sessions.end(token);
    streams.drop(who);
    void reply.header("set-cookie", cookieOf("", base, request.protocol === "https", 0));
    return await reply.code(200).send("{}");
  };

  const events = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const token = tokenIn(request);
    const state = await stateOf(token);
    const who = sessions.who(token);
    if (state["state"] !== "in" || who === null || !isOwnPage(request, true)) return await refuse(reply, 401, "WEB_LOGIN_REFUSED");
    const after = Number(request.headers["last-event-id"] ?? 0);
    const headers = Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
    reply.hijack();
    reply.raw.writeHead(200, { ...headers, "content-type": "text/event-stream; charset=utf-8" });
    if (!streams.open(who, reply.raw, Number.isSafeInteger(after) ? after : 0)) reply.raw.end();
    return reply;
  };

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    void reply.headers(PAGE_HEADERS);
    const [path = ""] = request.url.split("?");
    const what = path.slice(base.length);
    if (request.method === "POST") {
      void reply.type("application/json; charset=utf-8");
      return Object.hasOwn(FIELDS, what) ? await act(what, request, reply) : reply.callNotFound();
    }
    if (what === "events") return await events(request, reply);
    if (what === "state") return await reply.type("application/json; charset=utf-8").send(JSON.stringify(await stateOf(tokenIn(request))));
    const file = Object.hasOwn(FILES, what) ? FILES[what] : undefined;
    return file ? await reply.type(file.type).send(file.text) : reply.callNotFound();
  };

  return {
    traits: {
      maxChars: 50_000,
      maxBytes: null,
      format: "markdown",
      canDraft: true,
      canSendFiles: false,
      hasButtons: true,
      tellsRepeats: true,
    },
    start: async () => {
      const mounted = [
        house.http.mount({ path: base, methods: ["GET", "POST"], handle }),
        house.http.mount({ path: base.slice(0, -1), methods: ["GET"], handle: async (_, reply) => await reply.redirect(base, 308) }),
      ];
      unmount = mounted.filter((each) => each !== null);
      if (unmount.length < mounted.length) return fail(problem("CHANNEL_FAILED", { detail: `Another channel has the path ${base}.` }));
      host.state("connected", null);
      return ok(undefined);
    },
    draft: async ({ to, text }) => {
      streams.draft(to.peer, text);
      return ok(undefined);
    },
    send: async ({ to, id, text, isLast, buttons }) => {
      // Who was let in and is no more reads nothing of what is said from then on.
      if (!(await host.admits(messageOf(to.peer, "state", "hello")))) streams.drop(to.peer);
      const from = id.startsWith("approval-") || id.startsWith("notice-") ? "gateway" : "agent";
      streams.tell(to.peer, { id, from, text, isLast: isLast ?? true, ...(buttons ? { buttons } : {}) });
      return ok({ platformId: null, at: house.clock.now().toISOString() });
    },
    stop: async () => {
      for (const each of unmount) each();
      streams.close();
    },
  };
}

/** Only our own page: what a browser says of where a request comes from, and the cookie goes to no other site anyway. */
function isOwnPage({ headers }: FastifyRequest, mayLackOrigin = false): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (origin === undefined) return mayLackOrigin;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

function bodyOf(bytes: Buffer | null, fields: readonly string[]): JsonObject | null {
  if (!bytes) return null;
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
    return isObject(value) && Object.keys(value).every((key) => fields.includes(key)) ? value : null;
  } catch {
    return null;
  }
}

function tokenIn({ headers }: FastifyRequest): string | null {
  for (const pair of (headers.cookie ?? "").split(";")) {
    const [name, value] = pair.trim().split("=");
    if (name === COOKIE && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

function cookieOf(token: string, path: string, isEncrypted: boolean, seconds: number): string {
  return `${COOKIE}=${token}; Path=${path}; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isEncrypted ? "; Secure" : ""}`;
}

async function refuse(reply: FastifyReply, status: number, code: DiagnosticCode): Promise<unknown> {
  return await reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify({ type: `urn:moltbot:${code}`, title: CODES[code].summary, status, code }));
}
