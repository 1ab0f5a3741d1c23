import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fail, LIMITS, ok, problem, type JsonObject } from "../../../../core/index.ts";
import { agent, echo, openHouse, resource, SECRET, secretOf, type House } from "../../channels.fixture.ts";
import { signWebhook, verifyWebhook } from "./index.ts";

const { secret, env } = secretOf("hook", { key: SECRET });

function channel(spec: JsonObject = {}) {
  return resource("Channel", "hook", {
    type: "webhook",
    credentials: { webhookSecret: { secret: "hook", key: "key" } },
    access: { direct: "allowlist", allow: ["crm-7"] },
    routing: [{ agent: "support" }],
    ...spec,
  });
}

const house = (spec: JsonObject = {}): Promise<House> => openHouse([echo, agent("support"), secret, channel(spec)], env);

let nonces = 0;
interface Sending {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly nonce?: string;
  readonly at?: number;
  readonly key?: string;
  readonly path?: string;
}

async function post(at: House, { body, headers, nonce, at: time, key, path }: Sending = {}) {
  const text = body ?? JSON.stringify({ sender: "crm-7", text: "hello", id: `m${++nonces}` });
  const seconds = String(Math.floor((time ?? Date.now()) / 1000));
  const signed = signWebhook(key ?? SECRET, seconds, nonce ?? `nonce-${String(++nonces).padStart(16, "0")}`, Buffer.from(text));
  const answer = await fetch(`${at.url()}${path ?? "/hooks/hook"}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed, ...headers },
    body: text,
  });
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), body: (await answer.json()) as JsonObject };
}

test("a signed request is answered in its response, and the same id again by the same answer", async () => {
  const at = await house();
  const first = await post(at, { body: JSON.stringify({ sender: "crm-7", text: "ping", id: "one" }) });
  expect(first).toMatchObject({ status: 200, body: { id: "one", state: "answered", answer: expect.stringContaining("ping") as string } });
  const again = await post(at, { body: JSON.stringify({ sender: "crm-7", text: "ping", id: "one" }) });
  expect(again.body).toEqual(first.body);
  expect(at.of("message.accepted")).toHaveLength(1);
  expect(at.of("message.sent")).toHaveLength(1);
});

test("row 118: the same id of somebody else, or in another room, is another message with an answer of its own", async () => {
  const at = await house({
    access: { direct: "allowlist", allow: ["crm-7", "crm-8"], groups: { policy: "allowlist", rooms: [{ id: "care" }] } },
  });
  const ask = (fields: JsonObject) => post(at, { body: JSON.stringify({ id: "order-1", ...fields }) });
  const mine = await ask({ sender: "crm-7", text: "my private number is 4711" });
  expect(mine.body).toMatchObject({ id: "order-1", answer: expect.stringContaining("4711") as string });
  for (const other of [
    { sender: "crm-8", text: "hello" },
    { sender: "crm-8", room: "care", text: "hello" },
    { sender: "crm-7", room: "care", text: "hello" },
  ]) {
    const theirs = await ask(other);
    expect(theirs.body).toMatchObject({ id: "order-1", state: "answered", answer: expect.stringContaining("hello") as string });
  }
  expect(at.of("message.accepted")).toHaveLength(4);
});

const OLD = Date.now() - 6 * 60_000;
const REFUSED: readonly (readonly [string, Sending, number, string])[] = [
  ["a bad signature", { key: "wrong" }, 401, "WEBHOOK_REFUSED"],
  ["no signature", { headers: { "x-moltbot-signature": "" } }, 401, "WEBHOOK_REFUSED"],
  ["an empty signature", { headers: { "x-moltbot-signature": "sha256=" } }, 401, "WEBHOOK_REFUSED"],
  ["one that came late", { at: OLD }, 401, "WEBHOOK_REFUSED"],
  ["one from the future", { at: Date.now() + 6 * 60_000 }, 401, "WEBHOOK_REFUSED"],
  ["a short nonce", { nonce: "short" }, 401, "WEBHOOK_REFUSED"],
  ["the wrong content type", { headers: { "content-type": "text/plain" } }, 415, "CHANNEL_MESSAGE_INVALID"],
  ["no JSON", { body: "{" }, 400, "CHANNEL_MESSAGE_INVALID"],
  ["row 122: approved", { body: '{"sender":"crm-7","text":"x","approved":true}' }, 400, "CHANNEL_MESSAGE_INVALID"],
  ["row 122: role", { body: '{"sender":"crm-7","text":"x","role":"owner"}' }, 400, "CHANNEL_MESSAGE_INVALID"],
  ["row 122: __proto__", { body: '{"sender":"crm-7","text":"x","__proto__":{"role":"owner"}}' }, 400, "CHANNEL_MESSAGE_INVALID"],
  ["a sender nobody listed", { body: '{"sender":"crm-8","text":"x"}' }, 403, "SENDER_NOT_ALLOWED"],
  ["row 118: a listed name", { body: '{"sender":"crm-8","senderName":"crm-7","text":"x"}' }, 403, "SENDER_NOT_ALLOWED"],
];

test("row 119, 118, 122: what is not authentic, not a message or not allowed is refused and recorded", async () => {
  const at = await house();
  for (const [name, sending, status, code] of REFUSED) {
    const before = at.refused().length;
    expect(await post(at, sending), name).toMatchObject({ status, body: { code } });
    const noted = at.refused().slice(before);
    expect(
      noted.map((each) => each.code),
      name,
    ).toEqual([code]);
  }
  expect(at.of("message.accepted")).toEqual([]);
});

test("more than a sender may send: told when to come again, and taken under the same id then", async () => {
  const at = await house({ rateLimits: { perSender: "1/s" } });
  const body = JSON.stringify({ sender: "crm-7", text: "x", id: "later" });
  expect((await post(at)).status).toBe(200);
  expect(await post(at, { body })).toMatchObject({ status: 429, retryAfter: "1", body: { code: "SENDER_RATE_LIMITED" } });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect((await post(at, { body })).status).toBe(200);
});

test("row 119: the same request again is refused", async () => {
  const at = await house();
  const same = { nonce: "nonce-that-is-the-same", body: JSON.stringify({ sender: "crm-7", text: "x", id: "a" }) };
  expect((await post(at, same)).status).toBe(200);
  expect((await post(at, same)).status).toBe(401);
});

test("row 119: 100 MiB are refused by their length, before anything is read", async () => {
  const at = await house();
  const { port } = new URL(at.url());
  const { connect } = await import("node:net");
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1", () =>
      socket.write(
        `POST /hooks/hook HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n`,
      ),
    );
    socket.once("data", (data) => {
      resolve(data.toString("latin1"));
      socket.destroy();
    });
    socket.once("error", reject);
  });
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
});

test("row 119: a body that grows past its limit while it comes is cut off", async () => {
  const at = await house({ connection: { webhook: { maxBytes: "1KiB" } } });
  const answer = await post(at, { body: JSON.stringify({ sender: "crm-7", text: "x".repeat(2_000) }) });
  expect(answer.status).toBe(413);
});

test("the signature covers time, nonce and body, each by itself", () => {
  const body = Buffer.from("{}");
  const proof = (time: string, nonce: string, mac: string) => ({ timestamp: time, nonce, mac: Buffer.from(mac.slice(7), "hex") });
  const { "x-moltbot-signature": mac } = signWebhook("k", "1", "2", body);
  expect(verifyWebhook("k", proof("1", "2", mac), body)).toBe(true);
  expect(verifyWebhook("k", proof("1", "3", mac), body)).toBe(false);
  expect(verifyWebhook("k", proof("2", "2", mac), body)).toBe(false);
  expect(verifyWebhook("k", proof("1", "2", mac), Buffer.from("{ }"))).toBe(false);
  expect(verifyWebhook("k", proof("1", "2", "sha256=00"), body)).toBe(false);
});

test("row 119: nor is it taken by the connection or process that comes after", async () => {
  const at = await house();
  const same = { nonce: "nonce-once-0000000001", body: '{"sender":"crm-7","text":"once"}' };
  expect((await post(at, same)).status).toBe(200);
  // The connection is made anew, with nothing in its memory.
  await at.apply([echo, agent("support"), secret, channel({ connection: { webhook: { maxBytes: "64KiB" } } })]);
  expect((await post(at, { body: `{"sender":"crm-7","text":"${"x".repeat(70_000)}"}` })).status).toBe(413);
  expect(await post(at, same)).toMatchObject({ status: 401, body: { code: "WEBHOOK_REFUSED" } });
  at.clock.ahead = LIMITS.webhookWindowMs + 2_000;
  expect(await post(at, same), "its time is over").toMatchObject({ status: 401 });
  expect((await post(at, { at: Date.now() + at.clock.ahead })).status).toBe(200);
});

test("with a declared address answers are posted there, signed, and again after a failure", async () => {
  const seen: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      seen.push({ headers: request.headers, body });
      response.writeHead(seen.length === 1 ? 503 : 204, seen.length === 1 ? { "retry-after": "0" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const at = await house({ connection: { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answers` } });
  expect(await post(at, { body: JSON.stringify({ sender: "crm-7", text: "later", id: "q" }) })).toMatchObject({ status: 202 });
  await at.until(() => seen.length === 2);
  const [, last] = seen;
  expect(JSON.parse(last?.body ?? "")).toMatchObject({ answers: "q", peer: "crm-7", isLast: true });
  const { "x-moltbot-timestamp": time, "x-moltbot-nonce": nonce, "x-moltbot-signature": mac } = last?.headers ?? {};
  const proof = { timestamp: String(time), nonce: String(nonce), mac: Buffer.from(String(mac).slice(7), "hex") };
  expect(verifyWebhook(SECRET, proof, Buffer.from(last?.body ?? ""))).toBe(true);
});

test("an address nobody serves is not there", async () => {
  const at = await house();
  expect((await fetch(`${at.url()}/hooks/other`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${at.url()}/hooks/hook`)).status).toBe(404);
});

test("when too much comes in it says so at once, and the very same request may come again", async () => {
  let isLate = true;
  let isFull = true;
  const full = problem("QUEUE_FULL", { detail: "full" });
  const intake = { receive: () => Promise.resolve(isFull ? fail(full) : ok("accepted" as const)), isLate: () => isLate };
  const at = await openHouse([echo, agent("support"), secret, channel()], env, { intake: () => intake });
  const same: Sending = {
    body: JSON.stringify({ sender: "crm-7", text: "x" }),
    nonce: "nonce-of-the-same-one",
    headers: { prefer: "respond-async" },
  };
  expect(await post(at, same)).toMatchObject({ status: 503, retryAfter: "1", body: { code: "GATEWAY_BUSY" } });
  expect(at.refused()).toEqual([]);
  isLate = false;
  expect(await post(at, same)).toMatchObject({ status: 503, retryAfter: "1" });
  isFull = false;
  expect(await post(at, same)).toMatchObject({ status: 202 });
  expect(await post(at, same)).toMatchObject({ status: 401 });
});

test("who does not want to wait gets an answer that is there already", async () => {
  const at = await openHouse([echo, agent("support"), secret, channel()], env);
  const body = JSON.stringify({ sender: "crm-7", text: "x", id: "order-1" });
  const headers = { prefer: "respond-async" };
  expect(await post(at, { body, headers })).toMatchObject({ status: 202, body: { state: "working" } });
  expect(await post(at, { body })).toMatchObject({ status: 200, body: { state: "answered" } });
  expect(await post(at, { body, headers })).toMatchObject({ status: 200, body: { id: "order-1", state: "answered" } });
});
