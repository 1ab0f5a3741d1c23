import { describe, expect, test } from "vitest";
import type { Json, JsonObject, Resource } from "../../../core/index.ts";
import { closureOf, expandGrants, type ReachEdge } from "../../capability/index.ts";
import { doesMutate, factsOf, type Facts } from "./index.ts";

const NOW = "2026-01-01T00:00:00.000Z";
const make = (kind: string, name: string, spec: JsonObject, labels: Readonly<Record<string, string>> = {}): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name, labels },
  spec,
});

function factsAbout(resources: readonly Resource[], edges: readonly ReachEdge[] = []): Facts {
  const atoms = resources.flatMap((each) => expandGrants(each, NOW).atoms);
  return factsOf({
    resources,
    edges,
    closure: closureOf(resources, edges, atoms),
    weakened: new Map(),
  });
}

const provider = (spec: JsonObject): Resource => make("ModelProvider", "m", spec);
const place = (spec: JsonObject): Json => {
  const each = provider(spec);
  return factsAbout([each]).place(each);
};

describe("where a provider is", () => {
  test.each<[string, JsonObject, string]>([
    ["echo", { type: "echo" }, "here"],
    ["ollama at its usual address", { type: "ollama" }, "here"],
    ["a service at its usual address", { type: "anthropic" }, "elsewhere"],
    ["localhost", { type: "openai-compatible", endpoint: "http://localhost:1234" }, "here"],
    ["a loopback address", { type: "ollama", endpoint: "http://127.0.0.1:11434" }, "here"],
    ["a loopback address, spelt oddly", { type: "ollama", endpoint: "http://0x7f.1/" }, "here"],
    ["a loopback address of IPv6", { type: "ollama", endpoint: "http://[::1]/" }, "here"],
    ["a private address", { type: "ollama", endpoint: "http://172.16.0.9/" }, "here"],
    ["an address that is almost private", { type: "ollama", endpoint: "http://172.32.0.9/" }, "elsewhere"],
    ["a private address of IPv6", { type: "ollama", endpoint: "http://[fd00::1]/" }, "here"],
    ["a public address", { type: "ollama", endpoint: "https://8.8.8.8/" }, "elsewhere"],
    ["a public address of IPv6", { type: "ollama", endpoint: "https://[2001:db8::1]/" }, "elsewhere"],
    ["a name", { type: "openai-compatible", endpoint: "https://models.acme.example" }, "unknown"],
    ["no address at all", { type: "ollama", endpoint: "nonsense" }, "unknown"],
  ])("%s", (_name, spec, by) => {
    expect(place(spec)).toEqual({ claimed: false, by });
  });
});

describe("what an agent costs", () => {
  const budget = (spec: JsonObject, source: JsonObject): Json => {
    const agent = make("Agent", "a", { model: { provider: "m", name: "big" }, ...spec });
    return factsAbout([agent, provider(source)]).budget(agent);
  };
  const PAID = { type: "anthropic" };

  test.each<[string, JsonObject, JsonObject, Json]>([
    ["a service", {}, PAID, { metered: "/spec/model/provider", bounded: false }],
    ["a service with a bound", { budgets: { costPerDay: 5 } }, PAID, { metered: "/spec/model/provider", bounded: true }],
    [
      "bounds of another kind do not count",
      { budgets: { tokensPerSession: 5 } },
      PAID,
      { metered: "/spec/model/provider", bounded: false },
    ],
    ["a local one", {}, { type: "ollama" }, { metered: null, bounded: false }],
    [
      "a local one with a price",
      {},
      { type: "ollama", models: [{ name: "big", prices: { currency: "USD", input: 1 } }] },
      { metered: "/spec/model/provider", bounded: false },
    ],
    [
      "a service for nothing",
      {},
      { ...PAID, models: [{ name: "big", prices: { input: 0, output: 0 } }] },
      { metered: null, bounded: false },
    ],
    ["a provider nobody knows", { model: { provider: "x", name: "big" } }, PAID, { metered: "/spec/model/provider", bounded: false }],
    [
      "the second choice",
      { model: { provider: "m", name: "free" }, fallbacks: [{ provider: "x", name: "y" }] },
      { type: "echo" },
      { metered: "/spec/fallbacks/0/provider", bounded: false },
    ],
  ])("%s", (_name, spec, source, expected) => {
    expect(budget(spec, source)).toEqual(expected);
  });

  test("other kinds cost nothing", () => {
    const channel = make("Channel", "c", {});
    expect(factsAbout([channel]).budget(channel)).toBeNull();
  });
});

describe("where data goes", () => {
  const agent = (name: string, ...capabilities: readonly Json[]): Resource =>
    make("Agent", name, { model: { provider: "m", name: "x" }, capabilities });
  const channel = (name: string, dataClass: string | null, to?: string): Resource =>
    make("Channel", name, { ...(dataClass === null ? {} : { dataClass }), ...(to === undefined ? {} : { routing: [{ agent: to }] }) });
  const talks = (from: string, to: string): ReachEdge => ({ from: `Channel/${from}`, reach: "talks-to", to: `Agent/${to}` });
  const flow = (dataClass: string, source: JsonObject): Json => {
    const a = agent("a");
    return factsAbout([a, channel("c", dataClass, "a"), provider(source)], [talks("c", "a")]).data(a);
  };

  test.each<[string, string, JsonObject, readonly [local: boolean, allowed: boolean]]>([
    ["public data to anybody", "public", { type: "anthropic" }, [false, true]],
    ["internal data to somebody who says nothing", "internal", { type: "anthropic" }, [false, false]],
    ["restricted data to who may have it", "restricted", { type: "anthropic", dataClass: "restricted" }, [false, true]],
    ["restricted data to who may have less", "restricted", { type: "anthropic", dataClass: "confidential" }, [false, false]],
    ["restricted data to this machine", "restricted", { type: "ollama" }, [true, true]],
    ["local-only data elsewhere, even cleared", "local-only", { type: "anthropic", dataClass: "local-only" }, [false, true]],
    [
      "local-only data to a name that claims to be near",
      "local-only",
      { type: "ollama", endpoint: "http://gpu.lan", local: true },
      [true, true],
    ],
    ["local-only data to a name that claims nothing", "local-only", { type: "ollama", endpoint: "http://gpu.lan" }, [false, false]],
    ["local-only data to an address that lies", "local-only", { type: "ollama", endpoint: "http://8.8.8.8", local: true }, [false, false]],
  ])("%s", (_name, dataClass, source, [local, allowed]) => {
    expect(flow(dataClass, source)).toEqual({
      class: dataClass,
      flows: [{ pointer: "/spec/model/provider", provider: "m", local, allowed }],
    });
  });

  test("through an agent that may call another, and not through one that may not", () => {
    const call: Json = { tool: "agent:b", permissions: [{ action: "call" }] };
    const classOf = (...grants: readonly Json[]): Json | undefined => {
      const [a, b] = [agent("a", ...grants), agent("b")];
      const said = factsAbout([a, b, channel("c", "restricted", "a"), provider({ type: "echo" })], [talks("c", "a")]).data(b);
      return (said as JsonObject)["class"];
    };
    expect([classOf(call), classOf()]).toEqual(["restricted", null]);
  });

  test("the strictest of the channels counts", () => {
    const a = agent("a");
    const resources = [a, channel("c", "internal", "a"), channel("d", "restricted", "a"), provider({ type: "echo" })];
    expect(factsAbout(resources, [talks("c", "a"), talks("d", "a")]).data(a)).toMatchObject({ class: "restricted" });
  });

  test.each<[string, string, Json]>([
    ["a channel that says nothing", "lobby", { class: "restricted", below: "lobby" }],
    ["a channel as protected", "safe", { class: "restricted", below: null }],
    ["any channel", "**", { class: "restricted", below: "lobby" }],
  ])("sending to %s", (_name, resource, expected) => {
    const a = agent("a", { tool: "message.send", permissions: [{ action: "send", resource }] });
    const resources = [
      a,
      channel("c", "restricted", "a"),
      channel("safe", "local-only"),
      channel("lobby", null),
      provider({ type: "echo" }),
    ];
    const [declared] = expandGrants(a, NOW).atoms;
    expect(declared && factsAbout(resources, [talks("c", "a")]).delivery(declared)).toEqual(expected);
  });
});

describe("what an MCP server is pinned to", () => {
  test.each<[string, readonly string[], boolean]>([
    ["npx", ["-y", "@acme/server"], true],
    ["npx", ["-y", "@acme/server@latest"], true],
    ["npx", ["-y", "@acme/server@^1.2.3"], true],
    ["npx", ["-y", "@acme/server@1.2.3"], false],
    ["/usr/local/bin/npx", ["server@1.2.3-rc.1"], false],
    ["NPX.cmd", ["server"], true],
    ["uvx", ["mcp-server"], true],
    ["uvx", ["mcp-server==1.4.2"], false],
    ["uv", ["tool", "run", "mcp-server"], true],
    ["pnpm", ["dlx", "server@2.0.0"], false],
    ["docker", ["run", "--rm", "acme/server:1.2.3"], true],
    ["docker", ["run", "--rm", `acme/server@sha256:${"a".repeat(64)}`], false],
    ["npx", [], true],
    ["crm-server", ["--port", "1"], false],
  ])("%s %j floats: %s", (command, args, floating) => {
    const server = make("McpServer", "s", { transport: { stdio: { command, args: [...args] } } });
    expect(factsAbout([server]).pin(server)).toEqual({ locked: false, floating });
  });

  test("a lock of its tools, and an address", () => {
    const server = make("McpServer", "s", { transport: { http: { url: "https://a.example" } }, lock: { tools: [{ name: "x" }] } });
    expect(factsAbout([server]).pin(server)).toEqual({ locked: true, floating: false });
    expect(factsAbout([]).pin(make("Agent", "a", {}))).toBeNull();
  });
});

describe("names that pass for another", () => {
  test.each<[string, string, Json]>([
    ["github", "gitlab-helper", null],
    ["g1thub", "x", { to: "github", same: true }],
    ["git-hub", "x", { to: "github", same: true }],
    ["githubb", "x", { to: "github", same: false }],
    ["gihtub", "x", { to: "github", same: false }],
    ["modern", "modem", { to: "modem", same: true }],
    ["weather", "weathen", { to: "weathen", same: false }],
    ["weather", "climate", null],
    ["abcd", "abce", null],
  ])("%s beside %s", (name, other, expected) => {
    const [plugin, second] = [make("Plugin", name, {}), make("Plugin", other, {})];
    expect(factsAbout([plugin, second]).lookAlike(plugin)).toEqual(expected);
  });
});

describe("purposes", () => {
  const crm = make("McpServer", "crm", {}, { "moltbot.dev/purpose": "billing" });
  const uses: ReachEdge = { from: "Agent/a", reach: "uses", to: "McpServer/crm" };

  test.each<[string, Resource, readonly ReachEdge[], Json]>([
    ["the same", make("Agent", "a", {}, { "moltbot.dev/purpose": "billing" }), [uses], []],
    ["another", make("Agent", "a", {}, { "moltbot.dev/purpose": "care" }), [uses], [{ of: "McpServer/crm", purpose: "billing" }]],
    ["none", make("Agent", "a", {}), [uses], [{ of: "McpServer/crm", purpose: "billing" }]],
    ["talking is no use", make("Agent", "a", {}), [{ ...uses, reach: "talks-to" }], []],
    ["by a grant", make("Agent", "a", { capabilities: [{ tool: "mcp:crm/*" }] }), [], [{ of: "McpServer/crm", purpose: "billing" }]],
    ["calling an agent is no use", make("Agent", "a", { capabilities: [{ tool: "agent:crm" }] }), [], []],
  ])("%s", (_name, agent, edges, expected) => {
    expect(factsAbout([agent, crm], edges).purposes(agent)).toEqual(expected);
  });
});

test.each<[string, string, boolean]>([
  ["http.fetch", "get", false],
  ["http.fetch", "post", true],
  ["fs.read", "read", false],
  ["fs.write", "write", true],
  ["exec.run", "run", true],
  ["memory.search", "read", false],
  ["memory.write", "write", true],
  ["time", "call", false],
  ["agent:b", "call", false],
  ["mcp:crm/lookup", "call", true],
  ["plugin:w/forecast", "call", true],
  ["no.such.tool", "read", true],
])("%s %s changes something: %s", (tool, action, expected) => {
  expect(doesMutate({ subject: "Agent/a", grant: tool, tool, action, pattern: "**", constraints: {}, expiry: "none" })).toBe(expected);
});
