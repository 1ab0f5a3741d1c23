import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { fail, LIMITS, ok, problem, type JsonObject } from "../../core/index.ts";
import { healthRoutes, newRateLimiter, openApi, serve, type Authenticator, type Listen, type Route, type Server } from "./index.ts";

const LOOPBACK: Listen = { kind: "tcp", host: "127.0.0.1", port: 0, tls: null };
const servers: Server[] = [];
const faults: unknown[] = [];
const listeners = new Set<(token: string) => void>();
let flooded = 0;

afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.close()));
  faults.length = 0;
});

/** Believes what stands in the header: who calls is another room's business. */
const believing: Authenticator = {
  authenticate: async ({ headers, isLocal }) => {
    const word = isLocal ? "Bearer owner" : String(headers["authorization"] ?? "");
    const role = (["viewer", "operator", "editor", "owner"] as const).find((each) => word === `Bearer ${each}`);
    if (!role) return fail(problem("API_UNAUTHENTICATED", { detail: "Nobody knows who this is." }));
    return ok({ id: `test:${role}`, kind: "person", role, verified: true, person: null, token: role });
  },
  onRevoked: (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

const TEXT: JsonObject = { type: "object", additionalProperties: false, required: ["text"], properties: { text: { type: "string" } } };
const ROUTES: readonly Route[] = [
  ...healthRoutes(() => []),
  {
    method: "POST",
    path: "/v2/echo/{name}",
    id: "echo",
    summary: "Says it again",
    tag: "test",
    role: "operator",
    params: { type: "object", properties: { name: { type: "string", pattern: "^[a-z]+$" } } },
    query: { type: "object", additionalProperties: false, properties: { times: { type: "integer", minimum: 1 } } },
    body: TEXT,
    answer: TEXT,
    status: 200,
    handle: async ({ body, params, query, caller }) =>
      ok({ status: 200, etag: "one", body: { body, name: params["name"] ?? "", times: query["times"] ?? null, caller: caller.id } }),
  },
  {
    method: "GET",
    path: "/v2/flood",
    id: "flood",
    summary: "Says more than anybody reads",
    tag: "test",
    role: "viewer",
    answer: TEXT,
    status: 200,
    handle: async () =>
      ok({
        status: 200,
        events: async (out) => {
          while (out.send("x".repeat(64 * 1024))) {
            flooded++;
            await new Promise((resolve) => setImmediate(resolve));
          }
          flooded = -flooded;
        },
      }),
  },
  {
    method: "GET",
    path: "/v2/slow",
    id: "slow",
    summary: "Works until it is stopped",
    tag: "test",
    role: "viewer",
    answer: TEXT,
    status: 200,
    handle: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(ok({ status: 200, body: { text: "stopped" } })), { once: true });
      }),
  },
  {
    method: "GET",
    path: "/v2/broken",
    id: "broken",
    summary: "Throws",
    tag: "test",
    role: "viewer",
    answer: TEXT,
    status: 200,
    deprecated: { since: "2026-01-01T00:00:00Z", sunset: "2027-01-01T00:00:00Z", successor: "/v2/whole" },
    handle: async () => Promise.reject(new Error("the secret cause")),
  },
];

async function started(listen: Listen = LOOPBACK, burst: number = LIMITS.apiBurst): Promise<string> {
  const rate = newRateLimiter({ burst, perSecond: 1, callers: 10 }, () => performance.now());
  const served = await serve(
    {
      routes: ROUTES,
      authenticator: believing,
      rate,
      origins: () => new Set(["https://ui.acme.example"]),
      names: [],
      fault: (error) => faults.push(error),
    },
    listen,
  );
  if (!served.ok) throw new Error(served.diagnostics[0]?.detail);
  servers.push(served.value);
  return served.value.url ?? "";
}

interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: JsonObject;
}

function call(
  url: string,
  options: Omit<http.RequestOptions, "headers"> & { readonly send?: string | Buffer; readonly headers?: http.OutgoingHttpHeaders } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { send, ...rest } = options;
    const request = http.request(url, { ...rest, headers: { connection: "close", ...rest.headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text === "" ? {} : (JSON.parse(text) as JsonObject) });
      });
    });
    request.on("error", reject);
    request.end(send);
  });
}

const json = { "content-type": "application/json", authorization: "Bearer operator" };
const post = (url: string, send: string, headers: http.OutgoingHttpHeaders = {}) =>
  call(`${url}/v2/echo/ada`, { method: "POST", send, headers: { ...json, ...headers } });

describe("a call that is right", () => {
  test("is answered with what was asked, an id, and headers that let no browser do anything with it", async () => {
    const url = await started();
    const got = await call(`${url}/v2/echo/ada?times=2`, { method: "POST", send: '{"text":"hi"}', headers: json });
    expect(got).toMatchObject({ status: 200, body: { body: { text: "hi" }, name: "ada", times: 2, caller: "test:operator" } });
    expect(got.headers).toMatchObject({
      "x-request-id": expect.stringMatching(/^[0-9a-f]{32}$/),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      etag: '"one"',
      "ratelimit-limit": "200",
    });
    expect(got.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("from an allowed page is answered; health needs no proof; an old version says so", async () => {
    const url = await started();
    expect((await post(url, '{"text":"x"}', { origin: "https://ui.acme.example" })).status).toBe(200);
    expect((await post(url, '{"text":"x"}', { origin: url })).status).toBe(200);
    expect(await call(`${url}/readyz`)).toMatchObject({ status: 200, body: { status: "ready" } });
    const old = await call(`${url}/v2/broken`, { headers: { authorization: "Bearer viewer" } });
    expect(old.headers).toMatchObject({
      deprecation: "@1767225600",
      sunset: "Fri, 01 Jan 2027 00:00:00 GMT",
      link: '</v2/whole>; rel="successor-version"',
    });
  });

  test("row 121: that goes on when its proof is revoked is stopped, and no other", async () => {
    const url = await started();
    const slow = call(`${url}/v2/slow`, { headers: { authorization: "Bearer viewer" } });
    await expect.poll(() => listeners.size).toBe(1);
    let isDone = false;
    void slow.then(() => (isDone = true));
    for (const listener of listeners) listener("somebody else's");
    await call(`${url}/livez`);
    expect(isDone).toBe(false);
    for (const listener of listeners) listener("viewer");
    expect((await slow).body).toEqual({ text: "stopped" });
    await expect.poll(() => listeners.size).toBe(0);
  });

  test("over the socket is the same user of this machine", async () => {
    const socketPath = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-sock-")), "g.sock");
    await started({ kind: "socket", path: socketPath });
    expect(fs.statSync(socketPath).mode & 0o777).toBe(0o600);
    const got = await call("http://gateway/v2/echo/ada", {
      socketPath,
      method: "POST",
      send: '{"text":"x"}',
      headers: { "content-type": "application/json" },
    });
    expect(got).toMatchObject({ status: 200, body: { caller: "test:owner" } });
  });
});

describe("row 120, row 122: a call that is not right changes nothing and learns little", () => {
  test.each<[string, (url: string) => Promise<Got>, number, string]>([
    ["no token", (url) => post(url, '{"text":"x"}', { authorization: "" }), 401, "API_UNAUTHENTICATED"],
    ["too low a role", (url) => post(url, '{"text":"x"}', { authorization: "Bearer viewer" }), 403, "API_FORBIDDEN"],
    ["a token in the address", (url) => call(`${url}/livez?access_token=abc`), 400, "API_SECRET_IN_ADDRESS"],
    ["a foreign page", (url) => post(url, '{"text":"x"}', { origin: "https://evil.example" }), 403, "API_ORIGIN_REFUSED"],
    ["the page null", (url) => post(url, '{"text":"x"}', { origin: "null" }), 403, "API_ORIGIN_REFUSED"],
    ["another host", (url) => call(`${url}/livez`, { headers: { host: "evil.example" } }), 403, "API_ORIGIN_REFUSED"],
    ["another port of our host", (url) => call(`${url}/livez`, { headers: { host: "127.0.0.1:1" } }), 403, "API_ORIGIN_REFUSED"],
    ["an unknown operation", (url) => call(`${url}/v2/nothing`), 404, "API_UNKNOWN"],
    ["another method", (url) => call(`${url}/livez`, { method: "DELETE" }), 405, "API_METHOD"],
    ["a field nobody knows", (url) => post(url, '{"text":"x","approved":true}'), 400, "API_INVALID"],
    ["a field of the runtime's own", (url) => post(url, '{"text":"x","role":"owner"}'), 400, "API_INVALID"],
    ["__proto__", (url) => post(url, '{"text":"x","__proto__":{"role":"owner"}}'), 400, "API_INVALID"],
    ["no JSON", (url) => post(url, "{"), 400, "API_INVALID"],
    [
      "not UTF-8",
      (url) => call(`${url}/v2/echo/ada`, { method: "POST", headers: json, send: Buffer.from([0x22, 0xff, 0x22]) }),
      400,
      "API_INVALID",
    ],
    ["no body", (url) => post(url, ""), 400, "API_INVALID"],
    ["a form", (url) => post(url, "text=x", { "content-type": "application/x-www-form-urlencoded" }), 400, "API_INVALID"],
    [
      "a parameter that does not fit",
      (url) => call(`${url}/v2/echo/ADA`, { method: "POST", send: '{"text":"x"}', headers: json }),
      400,
      "API_INVALID",
    ],
    ["an unknown query", (url) => call(`${url}/livez?x=1`), 400, "API_INVALID"],
    ["a broken address", (url) => call(`${url}/v2/echo/%zz`, { method: "POST", send: '{"text":"x"}', headers: json }), 400, "API_INVALID"],
  ])("%s", async (_, send, status, code) => {
    const got = await send(await started());
    expect([got.status, got.body["code"]]).toEqual([status, code]);
    expect(got.headers["content-type"]).toContain("application/problem+json");
    expect(got.body).toMatchObject({ type: expect.stringContaining(code.toLowerCase()), status, id: got.headers["x-request-id"] });
  });

  test("a body at the limit is read, one byte more is not", async () => {
    const url = await started();
    const fill = (bytes: number): string => `{"text":"${"x".repeat(bytes - '{"text":""}'.length)}"}`;
    expect((await post(url, fill(LIMITS.apiBodyBytes))).status).toBe(200);
    expect(await post(url, fill(LIMITS.apiBodyBytes + 1))).toMatchObject({ status: 413, body: { code: "API_TOO_LARGE" } });
  });

  test("a fault of ours is told by its id, and the cause stays here", async () => {
    const url = await started();
    const got = await call(`${url}/v2/broken`, { headers: { authorization: "Bearer viewer" } });
    expect(got).toMatchObject({ status: 500, body: { code: "API_FAULT" } });
    expect(JSON.stringify(got.body)).not.toContain("secret cause");
    expect(String(faults[0])).toContain("secret cause");
  });

  test("more calls than allowed wait, and hear how long", async () => {
    const url = await started(LOOPBACK, 2);
    await post(url, '{"text":"x"}');
    await post(url, '{"text":"x"}');
    const got = await post(url, '{"text":"x"}');
    expect(got).toMatchObject({ status: 429, body: { code: "API_RATE_LIMITED" } });
    expect(got.headers["retry-after"]).toBe("1");
    expect((await post(url, '{"text":"x"}', { authorization: "Bearer owner" })).status).toBe(200);
  });

  test("an address that is taken is said so", async () => {
    const url = await started();
    const port = Number(new URL(url).port);
    const rate = newRateLimiter({ burst: 1, perSecond: 1, callers: 1 }, () => 0);
    const second = await serve(
      { routes: [], authenticator: believing, rate, origins: () => new Set<string>(), names: [], fault: () => {} },
      { kind: "tcp", host: "127.0.0.1", port, tls: null },
    );
    expect(second.ok ? "" : second.diagnostics[0]?.detail).toContain("something else listens there");
  });
});

test("the OpenAPI document names every route with its role and schemas", () => {
  const document = openApi(ROUTES, "0.1.0");
  expect(document["openapi"]).toBe("3.1.0");
  expect(document).toMatchObject({
    paths: {
      "/v2/echo/{name}": {
        post: { operationId: "echo", "x-moltbot-role": "operator", requestBody: { content: { "application/json": { schema: TEXT } } } },
      },
      "/livez": { get: { security: [] } },
    },
  });
});

test("the limiter forgets the caller seen longest ago", () => {
  let now = 0;
  const limiter = newRateLimiter({ burst: 1, perSecond: 1, callers: 2 }, () => now);
  expect(["a", "a", "b", "c"].map((caller) => limiter(caller).allowed)).toEqual([true, false, true, true]);
  expect(limiter("a").allowed).toBe(true);
  now = 999;
  expect(limiter("a").allowed).toBe(false);
  now = 1_999;
  expect(limiter("a").allowed).toBe(true);
});

describe("streams", () => {
  test("who reads too slowly is dropped, and the others are served meanwhile", async () => {
    const url = await started();
    const request = http.get(`${url}/v2/flood`, { headers: { authorization: "Bearer viewer" } });
    request.on("error", () => undefined);
    const response = await new Promise<http.IncomingMessage>((resolve) => request.once("response", resolve));
    response.on("error", () => undefined);
    response.pause();
    await expect.poll(() => flooded, { timeout: 10_000 }).toBeLessThan(0);
    expect((await call(`${url}/livez`)).status).toBe(200);
    request.destroy();
  });
});

describe("pages of other origins", () => {
  const asking = { method: "OPTIONS", headers: { origin: "https://ui.acme.example", "access-control-request-method": "POST" } };
  test("that are allowed hear what they may send", async () => {
    const got = await call(`${await started()}/v2/echo/ada`, asking);
    expect(got).toMatchObject({
      status: 204,
      headers: { "access-control-allow-origin": "https://ui.acme.example", allow: "OPTIONS, POST" },
    });
    expect(got.headers["access-control-allow-headers"]).toContain("authorization");
  });

  test("that are not hear nothing", async () => {
    const got = await call(`${await started()}/v2/echo/ada`, { ...asking, headers: { origin: "https://evil.example" } });
    expect([got.status, got.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
  });

  test("another method is told which there are", async () => {
    const got = await call(`${await started()}/v2/echo/ada`, { method: "GET", headers: { authorization: "Bearer viewer" } });
    expect([got.status, got.headers.allow, got.body["code"]]).toEqual([405, "OPTIONS, POST", "API_METHOD"]);
  });
});
