import { afterAll, beforeAll, expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { runningOnes } from "../../cmd/watching.fixture.ts";
import { signWebhook } from "../../runtime/channels/adapters/webhook/index.ts";

const SECRET = "webhook-secret-of-a-test-0123456789";
const api = "apiVersion: moltbot.dev/v1alpha1";
const ones = runningOnes();
const repo = tinyRepository({
  "channels/hook.yaml": [
    api,
    "kind: Channel",
    "metadata:",
    "  name: hook",
    "spec:",
    "  type: webhook",
    "  credentials:",
    "    webhookSecret: {secret: hook, key: shared}",
    "  access:",
    "    direct: allowlist",
    "    allow: [ada]",
    "  routing:",
    "    - agent: a",
    "",
  ].join("\n"),
  "secrets/hook.yaml": [
    api,
    "kind: Secret",
    "metadata:",
    "  name: hook",
    "spec:",
    "  values:",
    "    shared: {env: {name: HOOK_SECRET}}",
    "",
  ].join("\n"),
});
let url = "";
let nonce = 0;

beforeAll(async () => {
  const applied = moltbot(["apply", "--auto-approve"], { cwd: repo.path });
  expect(applied.code, applied.err).toBe(0);
  const gateway = ones.start(["gateway", "run", "-o", "jsonl"], { cwd: repo.path, env: { HOOK_SECRET: SECRET } });
  await gateway.says('"type":"ready"');
  const status = JSON.parse(moltbot(["gateway", "status", "-o", "json"], { cwd: repo.path }).out) as {
    readonly facts: { readonly url: string };
  };
  ({ url } = status.facts);
});

afterAll(async () => {
  await ones.stopAll();
  repo.dispose();
});

async function post(message: object, secret = SECRET): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const body = Buffer.from(JSON.stringify(message));
  const signed = signWebhook(secret, String(Math.floor(Date.now() / 1000)), `nonce-of-a-test-${++nonce}`.padEnd(32, "x"), body);
  const got = await fetch(`${url}/hooks/hook`, { method: "POST", body, headers: { "content-type": "application/json", ...signed } });
  return { status: got.status, body: (await got.json()) as Record<string, unknown> };
}

test("a signed message of somebody who may write is answered by the agent, and the same one again is the same answer", async () => {
  const message = { id: "m-1", sender: "ada", text: "Hello" };
  const first = await post(message);
  expect(first).toMatchObject({ status: 200, body: { id: "m-1", state: "answered" } });
  expect(String(first.body["answer"])).toContain("Hello");
  const second = await post(message);
  expect(second.body["answer"]).toBe(first.body["answer"]);
});

test.each<[string, () => ReturnType<typeof post>, number]>([
  ["somebody else's message", () => post({ sender: "eve", text: "Hello" }), 403],
  ["a wrong signature", () => post({ sender: "ada", text: "Hello" }, "another secret"), 401],
  ["a field of ours", () => post({ sender: "ada", text: "Hello", role: "owner" }), 400],
])("%s is refused, audited, and answered by nobody", async (_, send, status) => {
  expect((await send()).status).toBe(status);
  const audit = moltbot(["audit", "tail", "--chain", "events", "--kind", "message", "-o", "jsonl"], { cwd: repo.path });
  expect(audit.out).toContain('"kind":"message.refused"');
  expect(audit.out).not.toContain("Hello");
});
