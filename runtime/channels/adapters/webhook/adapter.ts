import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { CODES, fail, LIMITS, ok, problem, type Diagnostic, type DiagnosticCode, type Result } from "../../../../core/index.ts";
import { readBody } from "../../http/read-body.ts";
import { call, refusalOf } from "../../http/request.ts";
import type { House } from "../../ports.ts";
import type { Use } from "../../receive/used.ts";
import type { Adapter, AdapterHost, AdapterSetup, Delivery, Inbound, Outbound, Outcome } from "../../types.ts";
import { newAnswers } from "./answers.ts";
import { ownId, writtenId } from "./message-id.ts";
import { readWebhook, type WebhookMessage } from "./read-body.ts";
import { proofIn, signWebhook, verifyWebhook, type WebhookProof } from "./signature.ts";

/** How long a caller waits for its answer in the response; later it asks again with the same id. */
const ANSWER_MS = 25_000;
const CALLBACK_MS = 15_000;

export function webhookAdapter(setup: AdapterSetup, host: AdapterHost, house: House): Adapter {
  const { connection, channel } = setup;
  const secret = setup.credentials["webhookSecret"] ?? "";
  const maxBytes = Math.min(connection.webhook.maxBytes, LIMITS.webhookBytes);
  const nonces = house.used("nonces", LIMITS.webhookNonces);
  const answers = newAnswers();
  const ending = new AbortController();
  let unmount: (() => void) | null = null;

  const answerTo = async (reply: FastifyReply, id: string, waitMs: number): Promise<unknown> => {
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort(GONE));
    const answer = await answers.wait(id, waitMs, AbortSignal.any([gone.signal, ending.signal]));
    if (!answer) return await reply.code(202).send(JSON.stringify({ id: writtenId(id), state: "working" }));
    return await reply.code(200).send(JSON.stringify({ id: writtenId(id), state: "answered", answer: answer.text, answerId: answer.id }));
  };

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const no = async (status: number, code: DiagnosticCode, why: string): Promise<unknown> => {
      if (status !== 403) host.refused(code, { why });
      return await refuse(reply, status, code, status === 401 ? "" : why);
    };
    // Before anything of it is looked at: saying no must cost little when there is too much to do.
    if (house.isLate()) return await comeAgain(reply, "GATEWAY_BUSY", 1);
    const proved = await proveRequest(request, { secret, maxBytes, now: house.clock.now() });
    if ("code" in proved) return await no(proved.status, proved.code, proved.why);
    const { proof, body } = proved;
    const once = await useNonce(nonces, proof);
    if ("code" in once) return await no(once.status, once.code, once.why);
    const read = readWebhook(body);
    if (!read.ok) return await no(400, "CHANNEL_MESSAGE_INVALID", read.diagnostics[0]?.detail ?? "");
    const id = ownId(read.value.id ?? proof.nonce, read.value.sender, read.value.room);
    const taken = await host.receive(inboundOf(setup.account, id, read.value, proof));
    // Nobody waits for it twice: it is written with the message, or before it.
    const written = await once.written;
    const kept = written.ok ? taken : written;
    // Of what was not taken nothing is kept: the very same request may come again.
    if (!kept.ok || typeof kept.value === "object") nonces.drop(proof.nonce);
    if (!kept.ok) {
      void reply.header("retry-after", "1");
      return await no(503, codeOf(kept.diagnostics), "not taken now; send it again");
    }
    return await tellOf(request, reply, id, kept.value);
  };

  const tellOf = async (request: FastifyRequest, reply: FastifyReply, id: string, became: Outcome): Promise<unknown> => {
    if (typeof became === "object") return await comeAgain(reply, "SENDER_RATE_LIMITED", became.retryAfterMs / 1000);
    if (became === "refused") return await refuse(reply, 403, "SENDER_NOT_ALLOWED", "this sender gets no answer here");
    if (connection.endpoint !== null) return await reply.code(202).send(JSON.stringify({ id: writtenId(id), state: "working" }));
    // Who does not want to wait gets what is there already: asking again with the same headers must come to an end.
    return await answerTo(reply, id, /\brespond-async\b/i.test(String(request.headers["prefer"] ?? "")) ? 0 : ANSWER_MS);
  };

  return {
    traits: {
      maxChars: 100_000,
      maxBytes: null,
      format: "markdown",
      canDraft: false,
      canSendFiles: false,
      hasButtons: false,
      tellsRepeats: true,
    },
    start: async () => {
      unmount = house.http.mount({
        path: connection.webhook.path ?? `/hooks/${channel}`,
        methods: ["POST"],
        handle: async (request, reply) => {
          void reply.type("application/json; charset=utf-8");
          return await handle(request, reply);
        },
      });
      if (!unmount)
        return fail(
          problem("CHANNEL_FAILED", { detail: `Another channel has the path ${connection.webhook.path ?? `/hooks/${channel}`}.` }),
        );
      host.state("connected", null);
      return ok(undefined);
    },
    send: async (message, signal): Promise<Result<Delivery>> => {
      const at = house.clock.now().toISOString();
      if (connection.endpoint === null || message.id.startsWith("notice-")) {
        if (!message.id.startsWith("notice-")) answers.add(message);
        return ok({ platformId: null, at });
      }
      const sent = await callBack(secret, new URL(connection.endpoint), message, { ...house, tls: setup.tls }, signal);
      return sent.ok ? ok({ platformId: null, at }) : sent;
    },
    stop: async () => {
      unmount?.();
      ending.abort();
    },
  };
}

/** In place of an error with a stack, which nobody reads and every request would make. */
const GONE = "the caller is gone";

async function comeAgain(reply: FastifyReply, code: "SENDER_RATE_LIMITED" | "GATEWAY_BUSY", seconds: number): Promise<unknown> {
  void reply.header("retry-after", String(Math.max(1, Math.ceil(seconds))));
  return await refuse(reply, code === "GATEWAY_BUSY" ? 503 : 429, code, "too many came; send it again later");
}

/** Why a message is not taken now: a caller that is told can say so. */
function codeOf([first]: readonly Diagnostic[]): DiagnosticCode {
  return first?.code ?? "CHANNEL_STOPPED";
}

interface Unproved {
  readonly status: number;
  readonly code: DiagnosticCode;
  readonly why: string;
}

/** Size, type and signature, in this order: what stands in front of the body before the body. */
async function proveRequest(
  request: FastifyRequest,
  { secret, maxBytes, now }: { readonly secret: string; readonly maxBytes: number; readonly now: Date },
): Promise<Unproved | { readonly proof: WebhookProof; readonly body: Buffer }> {
  const { headers } = request;
  const tooLarge = { status: 413, code: "CHANNEL_MESSAGE_TOO_LARGE", why: `more than ${maxBytes} bytes` } as const;
  if (Number(headers["content-length"] ?? 0) > maxBytes) return tooLarge;
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(headers["content-type"] ?? ""))
    return { status: 415, code: "CHANNEL_MESSAGE_INVALID", why: "the content type is not application/json" };
  const proof = proofIn(headers, now);
  if (!proof) return { status: 401, code: "WEBHOOK_REFUSED", why: "not signed, or not now" };
  const body = await readBody(request, maxBytes);
  if (!body) return tooLarge;
  return verifyWebhook(secret, proof, body) ? { proof, body } : { status: 401, code: "WEBHOOK_REFUSED", why: "the signature is wrong" };
}

/** Each counts once, for as long as its time is taken; what cannot be remembered is not taken. */
async function useNonce(
  nonces: ReturnType<House["used"]>,
  { nonce, timestamp }: WebhookProof,
): Promise<Unproved | Extract<Use, { readonly is: "new" }>> {
  const used = await nonces.use(nonce, Number(timestamp) * 1000 + LIMITS.webhookWindowMs);
  if (!used.ok || used.value.is === "full") return { status: 503, code: "CHANNEL_STOPPED", why: "not taken now; send it again" };
  return used.value.is === "used" ? { status: 401, code: "WEBHOOK_REFUSED", why: "it came before" } : used.value;
}

function inboundOf(account: string, id: string, message: WebhookMessage, { timestamp }: WebhookProof): Inbound {
  const { sender, senderName, room, thread, text, attachments } = message;
  return {
    account,
    id,
    sender,
    senderName,
    isBot: false,
    verified: true,
    peer: room === null ? { kind: "direct", id: sender } : { kind: "group", id: room },
    thread,
    guild: null,
    team: null,
    roles: [],
    mentioned: true,
    isPassedOn: false,
    text,
    attachments,
    at: new Date(Number(timestamp) * 1000).toISOString(),
  };
}

async function callBack(
  secret: string,
  url: URL,
  message: Outbound,
  house: House & Pick<AdapterSetup, "tls">,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { id, text, answers, isLast, to } = message;
  const body = Buffer.from(
    JSON.stringify({ id, answers: answers ? writtenId(answers) : null, peer: to.peer, thread: to.thread, text, isLast: isLast ?? true }),
    "utf8",
  );
  const timestamp = String(Math.floor(house.clock.now().getTime() / 1000));
  const signed = signWebhook(secret, timestamp, randomBytes(16).toString("hex"), body);
  const headers = { "content-type": "application/json", ...signed };
  const answer = await call({ method: "POST", url, headers, body, maxBytes: 64 * 1024, timeoutMs: CALLBACK_MS, tls: house.tls }, signal);
  if (!answer.ok) return answer;
  const refusal = refusalOf(answer.value);
  return refusal ? fail(refusal) : ok(undefined);
}

async function refuse(reply: FastifyReply, status: number, code: DiagnosticCode, why: string): Promise<unknown> {
  const problemDocument = { type: `urn:moltbot:${code}`, title: CODES[code].summary, status, code, ...(why === "" ? {} : { detail: why }) };
  return await reply.code(status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problemDocument));
}
