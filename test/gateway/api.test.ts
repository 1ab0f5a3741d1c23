import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { moltbot, shell } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { runningOnes } from "../../cmd/watching.fixture.ts";
import type { JsonObject } from "../../core/index.ts";

const ones = runningOnes();
const repo = tinyRepository();
let facts: { readonly url: string; readonly socket: string };

beforeAll(async () => {
  moltbot(["apply", "--auto-approve"], { cwd: repo.path });
  const gateway = ones.start(["gateway", "run", "-o", "jsonl"], { cwd: repo.path });
  await gateway.says('"type":"ready"');
  facts = (JSON.parse(moltbot(["gateway", "status", "-o", "json"], { cwd: repo.path }).out) as { readonly facts: typeof facts }).facts;
});

afterAll(async () => {
  await ones.stopAll();
  repo.dispose();
});

interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly body: JsonObject;
}

/** Over the socket, as the user of this machine. */
function ask(target: string, method = "GET", body?: JsonObject, headers: http.OutgoingHttpHeaders = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = { host: "gateway", connection: "close", ...(body ? { "content-type": "application/json" } : {}), ...headers };
    const request = http.request({ socketPath: facts.socket, path: target, method, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = String(response.headers["content-type"]).includes("json");
        const said = isJson ? (JSON.parse(text) as JsonObject) : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: said });
      });
    });
    request.on("error", reject).end(body && JSON.stringify(body));
  });
}

test("agents, generations, holds and the ledger are there for the user of this machine", async () => {
  expect(await ask("/v2/agents")).toMatchObject({
    status: 200,
    body: { items: [{ owner: "tiny/default", name: "a", model: "echo/echo-1", status: "idle", tools: [], generation: 1 }], next: null },
  });
  expect(await ask("/v2/agents/a?owner=tiny/default")).toMatchObject({ status: 200, body: { name: "a" } });
  expect(await ask("/v2/agents/nobody")).toMatchObject({ status: 404, body: { code: "API_NOT_FOUND" } });
  expect(await ask("/v2/agents?owner=other/one")).toMatchObject({ status: 404 });
  expect(await ask("/v2/generations")).toMatchObject({ status: 200, body: { items: [{ number: 1, status: "active" }] } });
  expect(await ask("/v2/generations/active")).toMatchObject({ status: 200, body: { number: 1 } });
  expect(await ask("/v2/holds")).toMatchObject({ status: 200, body: { items: [], next: null } });
  expect(await ask("/v2/holds/0123456789ab?reason=over", "DELETE")).toMatchObject({ status: 404 });
  expect(await ask("/v2/ledger?limit=2")).toMatchObject({ status: 200, body: { records: [{ seq: 1 }, { seq: 2 }] } });
  expect(await ask("/v2/openapi.json")).toMatchObject({
    status: 200,
    body: { paths: { "/v2/openapi.json": { get: { operationId: "describe" } } } },
  });
});

test("over TCP nobody is believed without proof", async () => {
  const got = await fetch(`${facts.url}/v2/agents`);
  expect(got.status).toBe(401);
  expect(got.headers.get("www-authenticate")).toBe('Bearer realm="moltbot"');
});

describe("a conversation", () => {
  test("goes on where it was left, is read, exported and deleted", async () => {
    const first = await ask("/v2/agents/a/messages", "POST", { text: "good day" });
    expect(first).toMatchObject({
      status: 200,
      body: { agent: "a", generation: 1, text: expect.stringContaining("good day"), finish: "stop" },
    });
    const { session } = first.body as { readonly session: string };
    expect(await ask("/v2/agents/a/messages", "POST", { text: "again", session })).toMatchObject({ status: 200, body: { session } });
    const one = await ask(`/v2/agents/a/sessions/${session}`);
    expect(one.body).toMatchObject({ exchanges: 2, title: "good day" });
    expect((await ask("/v2/agents/a/sessions?search=GOOD+D")).body).toMatchObject({ items: [{ id: session }], next: null });
    const found = await ask("/v2/agents/a/search?q=DAY+good&limit=1");
    expect(found.body).toMatchObject({ items: [{ session, kind: "assistant", excerpt: expect.stringContaining("good day") }] });
    const further = await ask(`/v2/agents/a/search?q=DAY+good&limit=1&cursor=${found.body["next"] as string}`);
    expect(further.body).toMatchObject({ items: [{ session, kind: "user" }] });
    expect(await ask("/v2/agents/a/search?q=day&cursor=x")).toMatchObject({ status: 400, body: { code: "API_INVALID" } });
    expect((await ask("/v2/agents/a/search")).status).toBe(400);
    const page = await ask(`/v2/agents/a/sessions/${session}/messages?limit=3`);
    expect((page.body["items"] as readonly JsonObject[]).map(({ kind }) => kind)).toEqual(["user", "assistant", "user"]);
    const rest = await ask(`/v2/agents/a/sessions/${session}/messages?cursor=${page.body["next"] as string}`);
    expect(rest.body).toMatchObject({ items: [{ kind: "assistant" }], next: null });
    expect((await ask(`/v2/agents/a/sessions/${session}/export`)).body["entries"]).toHaveLength(4);
    const stale = await ask(`/v2/agents/a/sessions/${session}`, "DELETE", undefined, { "if-match": '"another"' });
    expect(stale).toMatchObject({ status: 412, body: { code: "API_PRECONDITION" } });
    const gone = await ask(`/v2/agents/a/sessions/${session}`, "DELETE", undefined, { "if-match": one.headers.etag });
    expect(gone.status).toBe(204);
    expect((await ask(`/v2/agents/a/sessions/${session}`)).status).toBe(404);
  });

  test("is streamed: queued, text as it is made, the whole answer", async () => {
    const got = await ask("/v2/agents/a/messages", "POST", { text: "one two three", stream: true });
    expect(got.headers["content-type"]).toContain("text/event-stream");
    const events = [...got.text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
    expect([events[0], events.at(-1)]).toEqual(["queued", "answer"]);
    expect(events).toContain("text");
    const nobody = await ask("/v2/agents/nobody/messages", "POST", { text: "x", stream: true });
    expect(nobody.text).toContain("event: problem");
  });

  test("the same message with the same key is said once, also at the same moment; another one with it is refused", async () => {
    const key = { "idempotency-key": "k-1" };
    const [one, two] = await Promise.all([
      ask("/v2/agents/a/messages", "POST", { text: "once" }, key),
      ask("/v2/agents/a/messages", "POST", { text: "once" }, key),
    ]);
    expect(one?.body["run"]).toBe(two?.body["run"]);
    expect(await ask("/v2/agents/a/messages", "POST", { text: "other" }, key)).toMatchObject({ body: { code: "API_IDEMPOTENCY" } });
  });
});

test("who calls, how to log in, what waits, and what was audited", async () => {
  expect(await ask("/v2/auth/me")).toMatchObject({ status: 200, body: { id: "local", role: "owner" } });
  expect(await ask("/v2/auth")).toMatchObject({ status: 200, body: { oidc: null, lineage: expect.any(String) } });
  expect(await ask("/v2/approvals")).toMatchObject({ status: 200, body: { items: [], next: null } });
  expect(await ask("/v2/approvals/0123456789abcdef/answer", "POST", { answer: "given" })).toMatchObject({ status: 404 });
  const audit = await ask("/v2/audit?kind=api.changed&limit=1");
  expect(audit.body).toMatchObject({ items: [{ kind: "api.changed", actor: "local" }] });
  expect((await ask("/metrics")).text).toContain("moltbot_build_info");
});

test("what docs/api.md tells people to type works", () => {
  const page = fs.readFileSync(path.join(import.meta.dirname, "..", "..", "docs", "api.md"), "utf8");
  const lines = page.split("\n").filter((line) => line.startsWith("curl "));
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const ran = shell(line.replace("curl", "curl -sS --fail-with-body"), { cwd: repo.path });
    expect(ran, ran.out).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.out)).not.toHaveProperty("code");
  }
});
