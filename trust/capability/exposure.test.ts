import { describe, expect, test } from "vitest";
import type { Address, Json, JsonObject, Reach, Resource } from "../../core/index.ts";
import { ceilingsOf, closureOf, expandGrants, exposureOf, type Closure, type ReachEdge } from "./index.ts";

const NOW = "2026-06-01T00:00:00.000Z";
const make = (kind: string, name: string, spec: JsonObject = {}): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const grant = (tool: string, action: string, resource?: string): Json => ({
  tool,
  permissions: [resource === undefined ? { action } : { action, resource }],
});
const agent = (name: string, ...capabilities: readonly Json[]): Resource => make("Agent", name, { capabilities });
const edge = (from: Address, reach: Reach, to: Address): ReachEdge => ({ from, reach, to });
const closure = (resources: readonly Resource[], edges: readonly ReachEdge[] = []): Closure =>
  closureOf(
    resources,
    edges,
    resources.flatMap((each) => expandGrants(each, NOW).atoms),
  );

/** The three, as letters: private data, untrusted input, egress. */
function exposed(address: Address, resources: readonly Resource[], edges: readonly ReachEdge[] = []): string {
  const { privateData, untrustedInput, egress } = exposureOf(resources, closure(resources, edges))(address);
  return `${privateData ? "p" : ""}${untrustedInput ? "u" : ""}${egress ? "e" : ""}`;
}

const READ = grant("fs.read", "read", "**");
const WEB = grant("http.fetch", "get", "https://**");
const mcp = (spec: JsonObject): readonly Resource[] => [agent("a", grant("mcp:s/*", "call")), make("McpServer", "s", spec)];
const plugin = (spec: JsonObject): readonly Resource[] => [agent("a", grant("plugin:p/x", "call")), make("Plugin", "p", spec)];

describe("what an agent is exposed to", () => {
  test.each<[string, string, readonly Resource[]]>([
    ["nothing", "", [agent("a")]],
    ["writing files and telling the time", "", [agent("a", grant("fs.write", "write", "**"), grant("time", "call"))]],
    ["reading files", "p", [agent("a", READ)]],
    ["a memory", "p", [agent("a", grant("memory.search", "read", "**"))]],
    ["commands, which read the workspace", "p", [agent("a", grant("exec.run", "run", "git"))]],
    ["the web", "ue", [agent("a", WEB)]],
    [
      "this machine alone",
      "",
      [agent("a", grant("http.fetch", "get", "http://localhost:8080/**"), grant("http.fetch", "post", "http://127.0.0.1/x"))],
    ],
    ["a server elsewhere, without credentials", "ue", mcp({ transport: { http: { url: "https://s.example/" } } })],
    [
      "a server elsewhere, with credentials",
      "pue",
      mcp({ transport: { http: { url: "https://s.example/" } }, auth: { bearer: { secret: "x" } } }),
    ],
    ["a server here that reaches nothing", "", mcp({ transport: { stdio: { command: "s" } } })],
    ["a server here with a secret", "p", mcp({ transport: { stdio: { command: "s", env: { KEY: { secret: "x" } } } } })],
    ["a server here that reads a folder", "p", mcp({ transport: { stdio: { command: "s" } }, sandbox: { read: ["/srv"] } })],
    ["a server here that reaches the network", "ue", mcp({ transport: { stdio: { command: "s" } }, sandbox: { network: ["a.example"] } })],
    ["a server that is off", "", mcp({ enabled: false, transport: { http: { url: "https://s.example/" } } })],
    ["a plugin that needs nothing", "", plugin({ capabilities: [] })],
    [
      "a plugin that fetches and has a secret",
      "pue",
      plugin({ capabilities: [{ tool: "http.fetch", permissions: [] }], secrets: { key: { secret: "x" } } }),
    ],
    ["a plugin that needs what nobody knows", "pue", plugin({ capabilities: [{ tool: "mcp:x/y", permissions: [] }] })],
    ["a tool that nobody brings", "pue", [agent("a", grant("plugin:gone/x", "call"))]],
    [
      "messages to a channel of named people",
      "",
      [agent("a", grant("message.send", "send", "c")), make("Channel", "c", { type: "slack", access: { direct: "pairing" } })],
    ],
    [
      "messages to a channel of anybody",
      "e",
      [agent("a", grant("message.send", "send", "c")), make("Channel", "c", { type: "slack", access: { direct: "open" } })],
    ],
    ["messages to any channel", "e", [agent("a", grant("message.send", "send", "**"))]],
  ])("%s", (_name, expected, resources) => {
    expect(exposed("Agent/a", resources)).toBe(expected);
  });

  test.each<[string, boolean, JsonObject]>([
    ["paired people", false, { type: "slack", access: { direct: "pairing" } }],
    ["anybody", true, { type: "slack", access: { direct: "open" } }],
    ["email, whoever is listed", true, { type: "email", access: { direct: "allowlist", allow: ["1"] } }],
    ["webhooks", true, { type: "webhook" }],
    ["other bots", true, { type: "slack", access: { direct: "pairing", bots: "allow" } }],
    ["nobody, being off", false, { type: "email", enabled: false }],
  ])("input of a channel that hears %s", (_name, expected, spec) => {
    const resources = [agent("a"), agent("b", grant("agent:a", "call")), make("Channel", "c", spec)];
    for (const first of ["Agent/a", "Agent/b"] as const) {
      expect(exposed("Agent/a", resources, [edge("Channel/c", "talks-to", first)])).toBe(expected ? "u" : "");
    }
  });

  test.each<[boolean, JsonObject]>([
    [true, { trigger: { webhook: { path: "x" } } }],
    [true, { trigger: { event: { name: "x" } } }],
    [false, { trigger: { schedule: { every: "1h" } } }],
  ])("input of a workflow: %s for %j", (expected, spec) => {
    expect(exposed("Agent/a", [agent("a"), make("Workflow", "w", spec)], [edge("Workflow/w", "calls", "Agent/a")])).toBe(
      expected ? "u" : "",
    );
  });

  test("what another can do counts for whoever makes it act, and not the other way round", () => {
    const resources = [agent("reader", READ, grant("agent:browser", "call")), agent("browser", WEB)];
    expect([exposed("Agent/reader", resources), exposed("Agent/browser", resources)]).toEqual(["pue", "ue"]);
  });

  test("in a circle everybody can do what anybody can", () => {
    const resources = [agent("a", READ, grant("agent:b", "call")), agent("b", WEB, grant("agent:a", "call"))];
    expect([exposed("Agent/a", resources), exposed("Agent/b", resources)]).toEqual(["pue", "pue"]);
  });

  test("secrets are those that tools are handed, the first by address", () => {
    const edges = [
      edge("Agent/a", "uses", "Skill/s"),
      edge("Skill/s", "holds", "Secret/two"),
      edge("Agent/b", "uses", "McpServer/m"),
      edge("McpServer/m", "holds", "Secret/one"),
      edge("Channel/c", "holds", "Secret/aaa"),
    ];
    const resources = [agent("a", grant("agent:b", "call")), agent("b"), make("Channel", "c")];
    const secretOf = (address: Address): Address | null => exposureOf(resources, closure(resources, edges))(address).secret;
    expect([secretOf("Agent/a"), secretOf("Agent/b"), secretOf("Channel/c"), secretOf("Agent/nobody")]).toEqual([
      "Secret/one",
      "Secret/one",
      null,
      null,
    ]);
  });
});

describe("ceilings of teams", () => {
  const team = (agents: readonly string[] | undefined, ...capabilities: readonly Json[]): Resource =>
    make("Team", "care", {
      orchestration: { pattern: "parallel", agents: ["o"], coordinator: "lead" },
      people: { ceiling: { ...(agents ? { agents: [...agents] } : {}), capabilities: [...capabilities] } },
    });
  const beyond = (resources: readonly Resource[], subject: string): unknown => {
    const bounds = ceilingsOf(resources, closure(resources));
    const mine = resources.find((each) => each.kind === "Agent" && each.metadata.name === subject);
    return (mine ? expandGrants(mine, NOW).atoms : []).map((each) => bounds(each)?.by ?? null);
  };

  test.each<[string, Json, Json, boolean]>([
    ["the same", READ, READ, true],
    ["narrower", READ, grant("fs.read", "read", "x"), true],
    ["wider", grant("fs.read", "read", "x/**"), READ, false],
    ["another action", grant("http.fetch", "get", "https://**"), grant("http.fetch", "post", "https://a.example/"), false],
    ["another tool", READ, grant("fs.list", "read", "x"), false],
    ["one tool of a server", grant("mcp:s/*", "call"), grant("mcp:s/x", "call"), true],
    ["every tool for one", grant("mcp:s/x", "call"), grant("mcp:s/*", "call"), false],
    ["one name, where any is granted", grant("mcp:s/x", "call", "one"), grant("mcp:s/x", "call"), false],
    ["a host above", grant("http.fetch", "get", "https://*.acme.example/**"), grant("http.fetch", "get", "https://acme.example/"), false],
    ["what cannot be read allows nothing", grant("fs.read", "read", "../x"), READ, false],
  ])("a grant that is %s", (_name, ceiling, granted, isWithin) => {
    expect(beyond([team(["a"], ceiling), agent("a", granted)], "a")).toEqual([isWithin ? null : "Agent/a"]);
  });

  test("hold for the agents they name, else for those of the orchestration", () => {
    expect(beyond([team(undefined), agent("o", READ)], "o")).toEqual(["Agent/o"]);
    expect(beyond([team(undefined), agent("lead", READ)], "lead")).toEqual(["Agent/lead"]);
    expect(beyond([team(["a"]), agent("o", READ)], "o")).toEqual([null]);
    expect(beyond([team([]), agent("o", READ)], "o")).toEqual([null]);
  });

  test("hold in effect: an agent behind another is named", () => {
    const call = (name: string): Json => grant(`agent:${name}`, "call");
    const chain = [agent("a", call("b")), agent("b", call("c")), agent("c", WEB)];
    expect(beyond([team(["a"], call("b"), call("c")), ...chain], "a")).toEqual(["Agent/c"]);
    expect(beyond([team(["a"], call("b"), call("c"), WEB), ...chain], "a")).toEqual([null]);
    // Whoever is not bounded may do what it may.
    expect(beyond([team(["a"], call("b"), call("c")), ...chain], "c")).toEqual([null]);
  });

  test("several all hold", () => {
    const other = { ...team(["a"], grant("fs.read", "read", "x/**")), metadata: { name: "other" } };
    expect(beyond([team(["a"], READ), other, agent("a", READ)], "a")).toEqual(["Agent/a"]);
  });
});
