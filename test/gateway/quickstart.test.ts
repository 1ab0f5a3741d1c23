import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { runningOnes } from "../../cmd/watching.fixture.ts";
import { signWebhook } from "../../runtime/channels/adapters/webhook/index.ts";
import { ROOT } from "../../scripts/checkout.ts";

/** What the quickstart promises of a running gateway, as its users do it. */

const SECRET = "what-requests-of-the-shop-are-signed-with";
const ones = runningOnes();
const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-quickstart-")), "quickstart");
let url = "";
let count = 0;

const cli = (...args: string[]) => moltbot(args, { cwd: folder });

beforeAll(async () => {
  fs.cpSync(path.join(ROOT, "examples", "quickstart"), folder, { recursive: true, filter: (file) => !file.includes(".moltbot") });
  const applied = cli("apply", "--auto-approve");
  expect(applied.code, applied.err).toBe(0);
  const gateway = ones.start(["gateway", "run", "-o", "jsonl"], { cwd: folder, env: { HOOK_SECRET: SECRET } });
  await gateway.says('"type":"ready"');
  ({ url } = (JSON.parse(cli("gateway", "status", "-o", "json").out) as { readonly facts: { readonly url: string } }).facts);
}, 60_000);

afterAll(async () => {
  await ones.stopAll();
  fs.rmSync(path.dirname(folder), { recursive: true, force: true });
});

/** One signed request of the shop; its answer. */
async function shopSays(text: string): Promise<string> {
  const body = Buffer.from(JSON.stringify({ sender: "shop", text }));
  const signed = signWebhook(SECRET, String(Math.floor(Date.now() / 1000)), `request-of-the-shop-${++count}`, body);
  const got = await fetch(`${url}/hooks/hook`, { method: "POST", body, headers: { "content-type": "application/json", ...signed } });
  expect(got.status).toBe(200);
  return ((await got.json()) as { readonly answer: string }).answer;
}

const audited = (kind: string): string => cli("audit", "tail", "--chain", "events", "--kind", kind, "-o", "jsonl").out;

test("the webhook is answered by the agent", async () => {
  expect(await shopSays("Can I send this back?")).toContain("Can I send this back?");
});

test("the web chat is there, and lets nobody in without a code", async () => {
  const page = await fetch(`${url}/chat/web/`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(cli("gateway", "pairing", "invite", "web", "ann").code).toBe(0);
});

test("a signed plugin is used, once somebody allowed it", async () => {
  const answer = shopSays('/call plugin:text/count {"text": "one two three"}');
  let id = "";
  await expect
    .poll(
      () => {
        const { out } = cli("gateway", "approvals", "-o", "json");
        id = /"id": "([0-9a-z-]+)"/.exec(out)?.[1] ?? "";
        return id;
      },
      { timeout: 20_000, interval: 100 },
    )
    .not.toBe("");
  const given = cli("gateway", "approvals", "give", id);
  expect(given.code, given.err).toBe(0);
  expect(await answer).toContain('"words":3');
  expect(audited("approval")).toMatch(/approval\.asked[^]*approval\.given/);
  expect(audited("tool.called")).toContain("plugin:text/count");
}, 60_000);

test("a tool that was never granted is refused, and the audit has it", async () => {
  await shopSays('/call http.fetch {"url": "https://example.com/"}');
  expect(audited("tool.denied")).toContain("http.fetch");
});

test("the audit verifies, and says nothing of what was said", async () => {
  expect(cli("audit", "verify").code).toBe(0);
  expect(audited("message")).not.toContain("send this back");
});
