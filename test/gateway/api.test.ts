import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
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

/** Over the socket, as the user of this machine. */
function ask(target: string, method = "GET"): Promise<{ readonly status: number; readonly body: JsonObject }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { socketPath: facts.socket, path: target, method, headers: { host: "gateway", connection: "close" } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const said = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: said === "" ? {} : (JSON.parse(said) as JsonObject) });
        });
      },
    );
    request.on("error", reject).end();
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
