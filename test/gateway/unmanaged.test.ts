import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { gatewayOver, type Asking, type Got, type RunningGateway } from "./running.fixture.ts";

const PROJECT = (unmanaged: string): string => `apiVersion: moltbot.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  target: {type: embedded}
  ${unmanaged}
`;
const HELPER = `apiVersion: moltbot.dev/v1alpha1
kind: Agent
metadata: {name: helper, labels: {team: care}}
spec:
  model: {provider: echo, name: echo-1}
  prompt: Be kind.
  skills: [tone]
  budgets: {tokensPerDay: 100000}
  capabilities:
    - tool: fs.read
      permissions: [{action: read, resource: "docs/**"}]
    - tool: time
      permissions: [{action: call}]
      constraints: {approval: never}
`;
const SKILL = `apiVersion: moltbot.dev/v1alpha1
kind: Skill
metadata: {name: tone}
spec: {description: How to talk., prompt: Be brief.}
`;
const OTHER = `apiVersion: moltbot.dev/v1alpha1
kind: Agent
metadata: {name: other}
spec:
  model: {provider: echo, name: echo-1}
  prompt: Search.
  workspace: {folder: shelf/deep}
  capabilities:
    - tool: fs.write
      permissions: [{action: write, resource: "**"}]
`;

interface Wish {
  readonly metadata?: object;
  readonly spec?: object;
  /** Null: it is not said. */
  readonly like?: string | null;
}
const SPEC = { model: { provider: "echo", name: "echo-1" }, prompt: "Say it again.", budgets: { tokensPerDay: 1000 } };
const bodyOf = (name: string, { metadata = {}, spec = {}, like = "helper" }: Wish = {}) => ({
  manifest: {
    apiVersion: "moltbot.dev/v1alpha1",
    kind: "Agent",
    metadata: { name, ...metadata },
    spec: { ...SPEC, ...spec },
  },
  ...(like === null ? {} : { like }),
  reason: "a trial",
});

describe("where the Project says keep", () => {
  let gateway: RunningGateway;
  const ask = (target: string, asking?: Asking): Promise<Got> => gateway.ask(target, asking);
  const make = (name: string, wish?: Wish, headers = {}) => ask("/v2/agents", { method: "POST", body: bodyOf(name, wish), headers });
  const remove = (name: string) => ask(`/v2/agents/${name}?reason=over`, { method: "DELETE" });
  const listed = async () => (await ask("/v2/agents")).body["items"] as readonly Record<string, unknown>[];
  const agent = async (name: string) => (await listed()).find((each) => each["name"] === name);

  beforeAll(async () => {
    gateway = await gatewayOver({
      "moltbot.yaml": PROJECT("unmanaged: keep"),
      "agents/helper.yaml": HELPER,
      "agents/other.yaml": OTHER,
      "skills/tone.yaml": SKILL,
    });
  });
  afterAll(() => gateway.stop());
  beforeEach(async () => {
    for (const each of await listed()) if (each["managedBy"] === "api") await remove(String(each["name"]));
  });

  test("an agent is made beside it, answers, is listed as the API's, and is removed", async () => {
    const made = await make("trial");
    expect(made, made.text).toMatchObject({ status: 201, body: { owner: "acme/default", managedBy: "api", like: "helper" } });
    expect(made.headers.etag).toBe((await ask("/v2/agents/trial")).headers.etag);
    expect(await agent("trial")).toMatchObject({ managedBy: "api", status: "idle", why: null, model: "echo/echo-1" });
    expect(await agent("helper")).toMatchObject({ managedBy: "git", like: null });
    const said = await ask("/v2/agents/trial/messages", { method: "POST", body: { text: "hello there" } });
    expect(said, said.text).toMatchObject({ status: 200 });
    expect(said.text).toContain("hello there");
    const status = moltbot(["status", "-o", "json"], { cwd: gateway.repo });
    expect((JSON.parse(status.out) as { unmanaged: unknown }).unmanaged).toEqual(["Agent/trial"]);
    const ledger = (await ask("/v2/ledger?from=1&limit=200")).body["records"] as readonly { readonly kind: string }[];
    expect(ledger.findLast(({ kind }) => kind === "receipt")).toMatchObject({
      owner: "unmanaged/unmanaged",
      kind: "receipt",
      body: { reason: "api", because: "a trial" },
    });
    expect(await remove("trial")).toMatchObject({ status: 200, body: { became: "removed" } });
    expect((await ask("/v2/agents/trial")).status).toBe(404);
    expect((await ask("/v2/agents/trial/messages", { method: "POST", body: { text: "?" } })).status).toBe(404);
  });

  test.each(["PUT", "PATCH"])("two %s over one version at the same instant: one is done, the other is told", async (method) => {
    await make("trial");
    const tag = (await ask("/v2/agents/trial")).headers.etag ?? "";
    const words = ["Of the first.", "Of the second."];
    const bodies = words.map((description) =>
      method === "PUT"
        ? bodyOf("trial", { spec: { description } })
        : { patch: [{ pointer: "/spec/description", value: description }], reason: "a trial" },
    );
    const both = await Promise.all(bodies.map((body) => ask("/v2/agents/trial", { method, body, headers: { "if-match": tag } })));
    expect(
      both.map(({ status, body }) => [status, body["code"] ?? ""] as const).toSorted(([a], [b]) => a - b),
      both.map(({ text }) => text).join("\n"),
    ).toEqual([
      [200, ""],
      [412, "API_PRECONDITION"],
    ]);
    const winner = words[both.findIndex(({ status }) => status === 200)];
    expect((await ask("/v2/agents/trial")).body).toMatchObject({ description: winner });
  });

  test("who does not say what it is like gets the first agent by name that allows all of it", async () => {
    expect((await make("trial", { like: null })).body).toMatchObject({ like: "a" });
    expect((await make("second", { like: null, spec: { skills: ["tone"] } })).body).toMatchObject({ like: "helper" });
  });

  test("it may have what the one it is like has, or less of it", async () => {
    const made = await make("trial", {
      spec: {
        skills: ["tone"],
        capabilities: [{ tool: "fs.read", permissions: [{ action: "read", resource: "docs/faq/*" }], constraints: { approval: "always" } }],
      },
    });
    expect(made, made.text).toMatchObject({ status: 201, body: { like: "helper" } });
    expect(await agent("trial")).toMatchObject({ tools: ["fs.read"] });
  });

  test.each<readonly [string, Wish, number, string]>([
    [
      "a wider pattern",
      { like: null, spec: { capabilities: [{ tool: "fs.read", permissions: [{ action: "read", resource: "**" }] }] } },
      403,
      "UNMANAGED_NO_PATTERN",
    ],
    [
      "a wider pattern than the named one",
      { spec: { capabilities: [{ tool: "fs.read", permissions: [{ action: "read", resource: "**" }] }] } },
      403,
      "UNMANAGED_WIDER",
    ],
    [
      "no approval where the declared one asks",
      {
        spec: {
          capabilities: [{ tool: "fs.read", permissions: [{ action: "read", resource: "docs/*" }], constraints: { approval: "never" } }],
        },
      },
      403,
      "UNMANAGED_WIDER",
    ],
    [
      "what two agents have apart",
      {
        like: null,
        spec: {
          capabilities: [
            { tool: "fs.read", permissions: [{ action: "read", resource: "docs/**" }] },
            { tool: "fs.write", permissions: [{ action: "write", resource: "**" }] },
          ],
        },
      },
      403,
      "UNMANAGED_NO_PATTERN",
    ],
    ["a larger budget", { spec: { budgets: { tokensPerDay: 100_001 } } }, 403, "UNMANAGED_WIDER"],
    ["no budget at all", { spec: { budgets: {} } }, 403, "UNMANAGED_WIDER"],
    ["a looser sandbox", { spec: { sandbox: { processes: 17 } } }, 403, "UNMANAGED_WIDER"],
    ["a memory", { spec: { memory: { scope: "agent" } } }, 403, "UNMANAGED_WIDER"],
    ["another's workspace", { spec: { workspace: { folder: "helper" } } }, 403, "UNMANAGED_WIDER"],
    ["other labels", { metadata: { labels: { team: "ops" } } }, 403, "UNMANAGED_WIDER"],
    ["a skill of nobody", { spec: { skills: ["none"] } }, 400, "REF_NOT_FOUND"],
    ["a provider of nobody", { spec: { model: { provider: "none", name: "x" } } }, 400, "REF_NOT_FOUND"],
    ["a pattern of nobody", { like: "nobody" }, 409, "UNMANAGED_GONE"],
    ["a field of nobody", { spec: { modle: {} } }, 400, "FIELD_UNKNOWN"],
    ["a file", { spec: { prompt: { file: "prompts/x.md" } } }, 400, "API_INVALID"],
    ["row 122: a mark of ours", { metadata: { annotations: { "moltbot.dev/made-like": "other" } } }, 400, "FIELD_VALUE"],
    ["row 19: a name that nobody sees", { spec: { description: "x\u202ey" } }, 400, "TEXT_UNSAFE"],
  ])("%s is refused, and nothing is written", async (_, wish, status, code) => {
    const got = await make("trial", wish);
    expect([got.status, got.body["code"]], got.text).toEqual([status, code]);
    expect((await ask("/v2/agents/trial")).status).toBe(404);
  });

  test.each([
    ["helper", 409, "UNMANAGED_TAKEN"],
    ["shelf", 403, "UNMANAGED_WIDER"],
    ["Shelf", 400, "FIELD_VALUE"],
  ])("the name %s is refused", async (name, status, code) => {
    const got = await make(name);
    expect([got.status, got.body["code"]], got.text).toEqual([status, code]);
  });

  test("it is replaced and patched as a whole, judged again, and only as it was seen", async () => {
    const tag = String((await make("trial")).headers.etag);
    const put = (wish: Wish, headers = {}) => ask("/v2/agents/trial", { method: "PUT", body: bodyOf("trial", wish), headers });
    expect(await put({ spec: { prompt: "New." } }, { "if-match": tag })).toMatchObject({ status: 200 });
    expect(await put({ spec: { prompt: "Newer." } }, { "if-match": tag })).toMatchObject({
      status: 412,
      body: { code: "API_PRECONDITION" },
    });
    const patch = (value: unknown) =>
      ask("/v2/agents/trial", { method: "PATCH", body: { patch: [{ pointer: "/spec/budgets/tokensPerDay", value }], reason: "less" } });
    expect((await patch(10)).body).toMatchObject({ became: "changed" });
    expect((await patch(10)).body).toMatchObject({ became: "nothing" });
    expect(await patch(1_000_000)).toMatchObject({ status: 403, body: { code: "UNMANAGED_WIDER" } });
    expect(await patch("x")).toMatchObject({ status: 400 });
    expect(await ask("/v2/agents/trial", { method: "PUT", body: bodyOf("else") })).toMatchObject({
      status: 400,
      body: { code: "API_INVALID" },
    });
    expect(await make("trial")).toMatchObject({ status: 409, body: { code: "UNMANAGED_TAKEN" } });
  });

  test("with a key, the same request again makes nothing more", async () => {
    const [one, two] = [await make("trial", {}, { "idempotency-key": "k1" }), await make("trial", {}, { "idempotency-key": "k1" })];
    expect([one.status, two.status, two.text]).toEqual([201, 201, one.text]);
  });

  test("a hold by name stops it, and one on the agent that it is like; made again under its name, it is held still", async () => {
    await make("trial");
    for (const selector of ["Agent/trial", "Agent/helper"]) {
      const held = await ask("/v2/holds", { method: "POST", body: { selector, reason: "incident" } });
      expect(held.status, held.text).toBe(201);
      if (selector === "Agent/trial") {
        expect((await remove("trial")).status).toBe(200);
        expect((await make("trial")).status).toBe(201);
      }
      expect(await agent("trial")).toMatchObject({ status: "held" });
      expect((await ask("/v2/agents/trial/messages", { method: "POST", body: { text: "hi" } })).body).toMatchObject({ code: "HELD" });
      const [hold] = (await ask("/v2/holds")).body["items"] as readonly { readonly id: string; readonly selector: string }[];
      expect(hold?.selector).toBe(selector);
      expect((await ask(`/v2/holds/${String(hold?.id)}?reason=over`, { method: "DELETE" })).status).toBe(204);
      expect(await agent("trial")).toMatchObject({ status: "idle" });
    }
  });
});

test("refuse is the default: nothing is made, and the answer says which field allows it", async () => {
  const gateway = await gatewayOver({ "agents/helper.yaml": HELPER, "skills/tone.yaml": SKILL });
  try {
    const got = await gateway.ask("/v2/agents", { method: "POST", body: bodyOf("trial") });
    expect(got).toMatchObject({
      status: 403,
      body: { code: "UNMANAGED_FORBIDDEN", detail: expect.stringContaining("spec.unmanaged") as string },
    });
    const open = await gateway.ask("/v2/agents", { method: "POST", body: bodyOf("trial"), open: true });
    expect(open.status).toBe(401);
  } finally {
    await gateway.stop();
  }
});
