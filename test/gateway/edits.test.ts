import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { gatewayOver, type RunningGateway } from "./running.fixture.ts";

const AGENT = `apiVersion: moltbot.dev/v1alpha1
kind: Agent
metadata:
  name: b
spec:
  model:
    provider: echo
    name: echo-1
  prompt: Be kind.
  capabilities:
    - tool: fs.read
      permissions: [{action: read, resource: "**"}]
    - tool: time
      permissions: [{action: call}]
`;
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await gatewayOver({ "agents/b.yaml": AGENT });
});
afterAll(() => gateway.stop());

const change = (patch: unknown, headers = {}) =>
  gateway.ask("/v2/agents/b", { method: "PATCH", body: { patch, reason: "an incident" }, headers });

describe("a change outside the repository", () => {
  test("that makes no difference to what is possible is an edit: drift, which the next apply corrects", async () => {
    const got = await change([{ pointer: "/spec/description", value: "Reads files." }]);
    expect(got, got.text).toMatchObject({ status: 200, body: { became: "edit", denied: null } });
    expect((await gateway.ask("/v2/agents/b")).body).toMatchObject({ description: "Reads files." });
    const drift = moltbot(["drift", "-o", "json"], { cwd: gateway.repo });
    expect(drift.out).toContain("Agent/b");
  });

  test("that only takes away is a hold, which stays", async () => {
    const got = await change([
      { pointer: "/spec/capabilities", value: [{ name: "time", tool: "time", permissions: [{ action: "call" }] }] },
    ]);
    expect(got, got.text).toMatchObject({ status: 200, body: { became: "hold", denied: ["fs.read"] } });
    const { id } = got.body as { readonly id: string };
    const holds = (await gateway.ask("/v2/holds")).body as { readonly items: readonly { readonly id: string; readonly denied: unknown }[] };
    expect(holds.items.find((each) => each.id === id)).toMatchObject({ denied: ["fs.read"] });
    expect((await gateway.ask(`/v2/holds/${id}?reason=over`, { method: "DELETE" })).status).toBe(204);
  });

  test.each<readonly [string, unknown, number, string]>([
    [
      "that widens",
      [
        { pointer: "/spec/capabilities/0/tool", value: "fs.write" },
        { pointer: "/spec/capabilities/0/permissions", value: [{ action: "write", resource: "**" }] },
      ],
      409,
      "EDIT_WIDENS",
    ],
    ["that is not valid", [{ pointer: "/spec/model", value: "gpt" }], 400, "API_INVALID"],
    ["of something else than the spec", [{ pointer: "/metadata/name", value: "c" }], 400, "API_INVALID"],
  ])("%s is refused", async (_, patch, status, code) => {
    const got = await change(patch);
    expect([got.status, got.body["code"]], got.text).toEqual([status, code]);
  });

  test("over a version that is gone is refused", async () => {
    const tag = (await gateway.ask("/v2/agents/b")).headers.etag ?? "";
    expect((await change([{ pointer: "/spec/description", value: "One." }], { "if-match": tag })).status).toBe(200);
    expect(await change([{ pointer: "/spec/description", value: "Two." }], { "if-match": tag })).toMatchObject({
      status: 412,
      body: { code: "API_PRECONDITION" },
    });
  });

  test("over one version by two at the same instant: one is done, and the other is told", async () => {
    const tag = (await gateway.ask("/v2/agents/b")).headers.etag ?? "";
    const words = ["Of the first.", "Of the second."];
    const both = await Promise.all(words.map((value) => change([{ pointer: "/spec/description", value }], { "if-match": tag })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    const winner = words[both.findIndex(({ status }) => status === 200)];
    expect((await gateway.ask("/v2/agents/b")).body).toMatchObject({ description: winner });
  });

  test("that ends an agent is a hold on everything it may do", async () => {
    const got = await gateway.ask("/v2/agents/b?reason=gone+astray", { method: "DELETE" });
    expect(got.body).toMatchObject({ became: "hold", denied: "all" });
    expect((await gateway.ask("/v2/agents/b")).body).toMatchObject({ status: "held" });
    expect((await gateway.ask("/v2/agents/b/messages", { method: "POST", body: { text: "hi" } })).body).toMatchObject({ code: "HELD" });
    const { id } = got.body as { readonly id: string };
    expect((await gateway.ask(`/v2/holds/${id}?reason=over`, { method: "DELETE" })).status).toBe(204);
  });
});

describe("clients that know another interface", () => {
  test("of the first version are served, and told that it goes", async () => {
    const got = await gateway.ask("/v1/agents/a/messages", { method: "POST", body: { message: "hi" } });
    expect(got).toMatchObject({ status: 200, body: { reply: expect.stringContaining("hi"), session: expect.any(String) } });
    expect(got.headers).toMatchObject({
      deprecation: "@1793491200",
      sunset: "Mon, 01 Nov 2027 00:00:00 GMT",
      link: expect.stringContaining("successor-version"),
    });
    expect((await gateway.ask("/v1/agents")).body).toMatchObject({ agents: [{ name: "a", status: "idle" }, { name: "b" }] });
  });

  test("of OpenAI are not served where the Project does not say so", async () => {
    const body = { model: "a", messages: [{ role: "user", content: "hi" }] };
    expect(await gateway.ask("/openai/v1/chat/completions", { method: "POST", body })).toMatchObject({ status: 404 });
  });
});

test("what the Project offers and allows is asked of what is active: chat completions without tools, and pages of other origins", async () => {
  const project =
    "apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: tiny\nspec:\n  target:\n    type: embedded\n    listen: {endpoints: [openai-chat], allowedOrigins: [https://ui.acme.example], trustedProxies: [10.0.0.0/8]}\n";
  const other = await gatewayOver({ "moltbot.yaml": project });
  const post = (body: unknown) => other.ask("/openai/v1/chat/completions", { method: "POST", body });
  const messages = [{ role: "user", content: "hi" }];
  const from = async (origin: string) => await other.ask("/livez", { open: true, headers: { origin } });
  try {
    expect((await from("https://ui.acme.example")).headers["access-control-allow-origin"]).toBe("https://ui.acme.example");
    expect((await from("https://evil.example")).status).toBe(403);
    expect(await post({ model: "a", messages })).toMatchObject({
      status: 200,
      body: {
        object: "chat.completion",
        choices: [{ message: { role: "assistant", content: expect.stringContaining("hi") }, finish_reason: "stop" }],
      },
    });
    const streamed = (await post({ model: "a", messages, stream: true })).text;
    expect(streamed).toContain('"object":"chat.completion.chunk"');
    expect(streamed.trimEnd().endsWith("data: [DONE]")).toBe(true);
    expect(await post({ model: "a", messages, tools: [] })).toMatchObject({ status: 400, body: { code: "API_INVALID" } });
    expect(await post({ model: "nobody", messages })).toMatchObject({ status: 404 });
  } finally {
    await other.stop();
  }
});
