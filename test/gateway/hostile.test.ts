import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { generateKeyPairSync, randomBytes, createHash } from "node:crypto";
import type { JsonObject } from "../../core/index.ts";
import { signRequest } from "../../runtime/auth/index.ts";
import { operationsOf } from "./requests.fixture.ts";
import { gatewayOver, type Got, type RunningGateway } from "./running.fixture.ts";

const ROLES = ["viewer", "operator", "editor", "owner"] as const;
let gateway: RunningGateway;
let operations: ReturnType<typeof operationsOf>;
let document: JsonObject;

beforeAll(async () => {
  gateway = await gatewayOver();
  document = (await gateway.ask("/v2/openapi.json")).body;
  operations = operationsOf(document);
});
afterAll(() => gateway.stop());

interface Device {
  readonly name: string;
  readonly header: (method: string, target: string, body?: string) => string;
}

/** A device key that the user of this machine has made known, and how it signs. */
async function device(role: (typeof ROLES)[number]): Promise<Device> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const name = `d-${randomBytes(4).toString("hex")}`;
  const added = await gateway.ask("/v2/auth/devices", {
    method: "POST",
    body: { name, role, publicKey: publicKey.export({ format: "jwk" }).x },
  });
  expect(added.status, added.text).toBe(201);
  const { lineage } = (await gateway.ask("/v2/auth")).body as { readonly lineage: string };
  const header = (method: string, target: string, body = ""): string =>
    signRequest(
      {
        lineage,
        method,
        target,
        bodySha256: createHash("sha256").update(body).digest("hex"),
        time: new Date().toISOString(),
        nonce: randomBytes(18).toString("base64url"),
        key: `device:${name}`,
      },
      privateKey,
    );
  return { name, header };
}

const isPublic = (id: string): boolean => {
  const paths = document["paths"] as Record<string, Record<string, { operationId: string; security: readonly unknown[] }>>;
  return Object.values(paths).some((methods) =>
    Object.values(methods).some((each) => each.operationId === id && each.security.length === 0),
  );
};
const roleOf = (id: string): string | undefined => {
  const paths = document["paths"] as Record<string, Record<string, { operationId: string; "x-moltbot-role"?: string }>>;
  return Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .find((each) => each.operationId === id)?.["x-moltbot-role"];
};
const somewhere = (path: string): string => path.replaceAll(/\{[a-zA-Z]+\}/g, "0123456789abcdef0123456789abcdef");

describe("row 120: over TCP, for every operation", () => {
  test.each<readonly [string, (target: string) => readonly [string, Record<string, string>], readonly number[]]>([
    ["no token", (target) => [target, {}], [401]],
    ["an empty token", (target) => [target, { authorization: "" }], [401]],
    ["an empty bearer token", (target) => [target, { authorization: "Bearer " }], [401]],
    ["a token nobody made", (target) => [target, { authorization: "Bearer eyJhbGciOiJub25lIn0.e30." }], [401]],
    ["a token in the address", (target) => [`${target}?access_token=abc`, {}], [400]],
    ["a foreign origin", (target) => [target, { origin: "https://evil.example" }], [403]],
    ["no real origin", (target) => [target, { origin: "null" }], [403]],
    ["a foreign host", (target) => [target, { host: "evil.example" }], [403]],
  ])("%s is refused", async (_, change, statuses) => {
    for (const { id, method, path } of operations.filter((each) => !isPublic(each.id))) {
      const [target, headers] = change(somewhere(path));
      const got: Got = await gateway.ask(target, { method, headers, open: true });
      expect(statuses, `${id}: ${got.status} ${got.text}`).toContain(got.status);
      expect(got.headers["content-type"]).toContain("application/problem+json");
    }
  });
});

test("roles: every operation for every role, as the document says", async () => {
  for (const role of ROLES) {
    const { header } = await device(role);
    for (const { id, method, path } of operations.filter((each) => !isPublic(each.id))) {
      const target = somewhere(path);
      const got = await gateway.ask(target, { method, open: true, headers: { authorization: header(method, target) } });
      const may = ROLES.indexOf(role) >= ROLES.indexOf((roleOf(id) ?? "owner") as (typeof ROLES)[number]);
      const isForbidden = got.status === 403 && got.body["code"] === "API_FORBIDDEN";
      expect([id, role, isForbidden], got.text).toEqual([id, role, !may]);
    }
  }
}, 60_000);

test("an upgrade that is broken off, or whose address is none, ends that connection and nothing else", async () => {
  const port = Number(new URL(gateway.facts.url).port);
  const faults: unknown[] = [];
  const fault = (error: unknown): void => void faults.push(error);
  process.on("uncaughtException", fault);
  try {
    for (let i = 0; i < 200; i++) {
      const target = ["/v2/events", "/nope", "//", "http://[", "/v2/events?token=a"][i % 5] ?? "/";
      await new Promise<void>((resolve) => {
        const socket = net.connect(port, "127.0.0.1", () => {
          const wanted = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13";
          const head = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${wanted}\r\nAuthorization: Bearer abc\r\n\r\n`;
          socket.write(head, () => setTimeout(() => socket.resetAndDestroy(), i % 4));
        });
        socket.on("error", () => undefined).once("close", () => resolve());
      });
    }
    expect((await gateway.ask("/livez", { open: true })).status).toBe(200);
    expect(faults).toEqual([]);
  } finally {
    process.off("uncaughtException", fault);
  }
}, 20_000);

test("what waits for a person holds what was said: who may only look does not see it", async () => {
  for (const [role, status] of [
    ["viewer", 403],
    ["operator", 200],
  ] as const) {
    const { header } = await device(role);
    const got = await gateway.ask("/v2/approvals", { open: true, headers: { authorization: header("GET", "/v2/approvals") } });
    expect([role, got.status]).toEqual([role, status]);
  }
});

test("row 122: a field of ours in any request is refused, and named", async () => {
  const withBody = operations.filter(({ body }) => body?.["additionalProperties"] === false);
  expect(withBody.length).toBeGreaterThan(20);
  for (const { id, method, path } of withBody) {
    for (const field of ["approved", "role_", "internal", "caller", "__proto__"]) {
      const body = `{"${field}": true}`;
      const got = await gateway.ask(somewhere(path), { method, body });
      expect([id, got.status, got.body["code"]]).toEqual([id, 400, "API_INVALID"]);
    }
  }
});

describe("row 121: what is revoked", () => {
  test("is good no more, and ends what is open at once", async () => {
    const { name, header } = await device("operator");
    const client = new WebSocket(`${gateway.facts.url.replace("http", "ws")}/v2/events`, {
      headers: { authorization: header("GET", "/v2/events") },
    });
    const said: JsonObject[] = [];
    client.on("message", (data: Buffer) => said.push(JSON.parse(data.toString()) as JsonObject));
    await new Promise((resolve) => client.once("open", resolve));
    await expect.poll(() => said.at(-1)).toMatchObject({ type: "welcome", id: `device:${name}`, role: "operator" });
    client.send(JSON.stringify({ type: "subscribe", events: ["run.started", "run.finished", "audit.recorded"] }));
    await expect.poll(() => said.map((each) => each["type"])).toContain("subscribed");
    await gateway.ask("/v2/agents/a/messages", { method: "POST", body: { text: "hi" } });
    await expect.poll(() => said.map((each) => (each["event"] as JsonObject | undefined)?.["type"])).toContain("run.finished");
    const closed = new Promise<number>((resolve) => client.once("close", resolve));
    expect((await gateway.ask("/v2/auth/revoke", { method: "POST", body: { token: `device:${name}` } })).status).toBe(204);
    expect(await closed).toBe(4403);
    const again = await gateway.ask("/v2/auth/me", { open: true, headers: { authorization: header("GET", "/v2/auth/me") } });
    expect(again.status).toBe(401);
  });

  test("a signed request is good once", async () => {
    const { header } = await device("viewer");
    const authorization = header("GET", "/v2/auth/me");
    expect((await gateway.ask("/v2/auth/me", { open: true, headers: { authorization } })).status).toBe(200);
    expect((await gateway.ask("/v2/auth/me", { open: true, headers: { authorization } })).status).toBe(401);
    expect((await gateway.ask("/v2/agents", { open: true, headers: { authorization: header("GET", "/v2/auth/me") } })).status).toBe(401);
  });

  test("nobody hands on more than they have", async () => {
    const { header } = await device("editor");
    const body = JSON.stringify({ name: "more", role: "owner", publicKey: randomBytes(32).toString("base64url") });
    const authorization = header("POST", "/v2/auth/devices", body);
    const got = await gateway.ask("/v2/auth/devices", { method: "POST", body, open: true, headers: { authorization } });
    expect(got).toMatchObject({ status: 403, body: { code: "AUTH_ROLE" } });
  });
});

/** How a WebSocket ends: its close code, or the status in place of the handshake. */
function socketEnd(headers: Record<string, string>, first?: string, query = ""): Promise<number> {
  return new Promise((resolve) => {
    const client = new WebSocket(`${gateway.facts.url.replace("http", "ws")}/v2/events${query}`, { headers });
    client.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
    client.on("error", () => undefined);
    client.on("open", () => first !== undefined && client.send(first));
    client.on("close", (code) => resolve(code));
  });
}

describe("row 120: before the handshake ends", () => {
  test.each<readonly [string, Record<string, string>, string | undefined, string, number]>([
    ["a foreign origin", { origin: "https://evil.example" }, undefined, "", 403],
    ["a foreign host", { host: "evil.example" }, undefined, "", 403],
    ["a token in the address", {}, undefined, "?token=abc", 400],
    ["a token nobody made", { authorization: "Bearer abc" }, undefined, "", 401],
    ["a token nobody made, in the first message", {}, '{"type":"auth","token":"abc"}', "", 4401],
    ["something else in the first message", {}, '{"type":"subscribe","events":["run.delta"]}', "", 4401],
    ["no JSON", {}, "hello", "", 1008],
  ])("%s is refused", async (_, headers, first, query, code) => {
    expect(await socketEnd(headers, first, query)).toBe(code);
  });
});

/** Other ways to write the address of something that needs proof, and of things that need none. */
const SPELLINGS: readonly (readonly [string, (path: string) => string])[] = [
  ["a dot segment", (path) => path.replace("/v2/", "/v2/./")],
  ["two dots", (path) => `/livez/..${path}`],
  ["encoded dots", (path) => `/livez/%2e%2e${path}`],
  ["encoded twice", (path) => `/livez/%252e%252e${path}`],
  ["an encoded slash", (path) => path.replace("/v2/", "/v2%2f")],
  ["all encoded", (path) => path.replaceAll("/", "%2f").replace("%2f", "/")],
  ["an encoded letter", (path) => path.replace("/v2/", "/%762/")],
  ["two slashes", (path) => path.replace("/v2/", "//v2//")],
  ["a backslash", (path) => path.replaceAll("/", "\\").replace("\\", "/")],
  ["capitals", (path) => path.toUpperCase()],
  ["a slash at the end", (path) => `${path}/`],
  ["a dot at the end", (path) => `${path}.`],
  ["an encoded space at the end", (path) => `${path}%20`],
  ["a parameter", (path) => `${path};a=b`],
  ["an encoded question mark", (path) => `${path}%3fa=b`],
  ["NUL", (path) => `${path}%00`],
  ["an overlong slash", (path) => path.replace("/v2/", "/v2%c0%af")],
  ["an overlong dot", (path) => `/livez/%c0%ae%c0%ae${path}`],
  ["half an encoding", (path) => `${path}%2`],
  ["an absolute form", (path) => `http://${new URL(gateway.facts.url).host}${path}`],
  ["an absolute form of another host", (path) => `http://evil.example${path}`],
  ["an asterisk", () => "*"],
];

describe("row 120: nothing is reached without proof under another spelling", () => {
  test.each(SPELLINGS)("%s", async (_, spelled) => {
    const host = new URL(gateway.facts.url).host;
    for (const { id, method, path } of operations.filter((each) => !isPublic(each.id))) {
      const target = spelled(somewhere(path));
      const said = await raw(`${method} ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      const status = Number(/^HTTP\/1.1 (\d+)/.exec(said)?.[1]);
      // Refused for want of proof, or no address of ours at all; nothing else.
      expect([400, 401, 403, 404, 405], `${id} ${target}: ${said.slice(0, 300)}`).toContain(status);
    }
  });
});

/** What comes back for these bytes on a connection of their own. */
function raw(text: string, waitMs = 3_000, next?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(new URL(gateway.facts.url).port), "127.0.0.1");
    let said = "";
    const done = (): void => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(waitMs, done);
    socket.once("data", () => next !== undefined && socket.write(next));
    socket.on("data", (bytes: Buffer) => (said += bytes.toString()));
    socket.on("close", done);
    socket.on("error", done);
    socket.write(text);
  });
}

describe("requests that two parsers could read differently", () => {
  const host = (): string => new URL(gateway.facts.url).host;
  const post = (headers: string, body: string): string =>
    `POST /v2/auth/refresh HTTP/1.1\r\nhost: ${host()}\r\ncontent-type: application/json\r\n${headers}\r\n\r\n${body}`;
  const hidden = (): string => `GET /livez HTTP/1.1\r\nhost: ${host()}\r\n\r\n`;
  test.each<readonly [string, () => string]>([
    ["a length and chunks", () => post("content-length: 4\r\ntransfer-encoding: chunked", `0\r\n\r\n${hidden()}`)],
    ["two lengths", () => post("content-length: 0\r\ncontent-length: 40", hidden())],
    ["an encoding nobody knows", () => post("transfer-encoding: xchunked", `0\r\n\r\n${hidden()}`)],
    ["a header without a colon", () => post("x-broken", "")],
    ["a space before the colon", () => post("content-length : 5", "abcde")],
    ["a folded header", () => post("x-a: b\r\n c: d", "")],
    ["a bare line feed", () => `GET /livez HTTP/1.1\nhost: ${host()}\n\n`],
    ["no host", () => "GET /livez HTTP/1.1\r\n\r\n"],
    ["headers past the limit", () => `GET /livez HTTP/1.1\r\nhost: ${host()}\r\nx-a: ${"a".repeat(20_000)}\r\n\r\n`],
  ])("%s: one refusal, and nothing behind it is read", async (_, request) => {
    const said = await raw(request());
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect(said).not.toContain(" 200 ");
  });

  test.each<readonly [number, string, () => string]>([
    [400, "no HTTP", () => "\u0016\u0003\u0001\r\n\r\n"],
    [400, "an unknown method", () => `BREW /livez HTTP/1.1\r\nhost: ${host()}\r\n\r\n`],
    [431, "headers past the limit", () => `GET /livez HTTP/1.1\r\nhost: ${host()}\r\nx-a: ${"a".repeat(20_000)}\r\n\r\n`],
  ])("%i: what cannot be read as a request is told in a problem document too: %s", async (status, _, request) => {
    const said = await raw(request());
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const [head = "", body = ""] = said.split("\r\n\r\n");
    expect(head).toContain("content-type: application/problem+json");
    expect(head).toContain("x-content-type-options: nosniff");
    const id = /^x-request-id: ([0-9a-f]{32})$/m.exec(head)?.[1];
    expect(JSON.parse(body)).toMatchObject({ status, code: "API_INVALID", id });
  });

  test("on a connection that was used before, too", async () => {
    const said = await raw(
      `GET /livez HTTP/1.1\r\nhost: ${host()}\r\n\r\n`,
      3_000,
      `GET /livez HTTP/1.1\r\nhost: ${host()}\r\nx-a: ${"a".repeat(20_000)}\r\n\r\n`,
    );
    expect(said).toMatch(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 431 [^]*application\/problem\+json/);
  });

  test("who is silent in the middle of the headers is let go", async () => {
    const startedAt = performance.now();
    const said = await raw(`GET /livez HTTP/1.1\r\nhost: ${host()}\r\nx-a:`, 20_000);
    expect(said).toContain("HTTP/1.1 408 ");
    expect(said).toContain('"status":408');
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  }, 30_000);
});
