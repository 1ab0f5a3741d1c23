import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../core/index.ts";
import { look } from "./import.fixture.ts";

const MODEL = "anthropic/claude-sonnet-4-6";

describe("agents wherever they stand", () => {
  const cases: readonly (readonly [string, JsonObject, readonly string[]])[] = [
    ["entries", { agents: { entries: { a: {}, b: {} } } }, ["Agent/a", "Agent/b"]],
    ["a list", { agents: { list: [{ id: "a" }, { id: "b" }] } }, ["Agent/a", "Agent/b"]],
    ["a list with other names for the id", { agents: { list: [{ agentId: "a" }, { name: "B" }, {}] } }, ["Agent/a", "Agent/b"]],
    ["a mapping called list", { agents: { list: { a: { model: MODEL } } } }, ["Agent/a"]],
    ["agents as a list", { agents: [{ id: "a" }] }, ["Agent/a"]],
    ["directly below agents", { agents: { a: { soul: "a.md" }, defaults: {}, routing: { strategy: "x" }, junk: { b: 1 } } }, ["Agent/a"]],
    ["the old single agent", { agent: { id: "solo" } }, ["Agent/solo"]],
    ["the old single agent without an id", { agent: { model: MODEL } }, ["Agent/main"]],
    ["only defaults", { agents: { defaults: { model: MODEL } } }, ["Agent/main"]],
    ["nothing", {}, ["Agent/main"]],
    [
      "ids that become one name",
      { agents: { list: [{ id: "A b" }, { id: "a_b" }, { id: "a-b-2" }] } },
      ["Agent/a-b", "Agent/a-b-2", "Agent/a-b-3"],
    ],
    ["ids without a letter we can use", { agents: { list: [{ id: "日本" }, { id: "中文" }] } }, ["Agent/agent", "Agent/agent-2"]],
  ];
  test.each(cases)("%s", (_, config, expected) => {
    expect(
      look(config)
        .addresses.filter((address) => address.startsWith("Agent/"))
        .sort(),
    ).toEqual(expected);
  });

  test("an id that is no name is kept beside it", () => {
    const { tree, fate } = look({ agents: { list: [{ id: "Front Desk" }] } });
    expect(tree.manifests.find(({ path }) => path === "agents/front-desk.yaml")?.value["metadata"]).toEqual({
      name: "front-desk",
      annotations: { "moltbot.dev/original-id": "Front Desk" },
    });
    expect(fate("/agents/list/0/id")).toBe("carried Agent/front-desk#/metadata/annotations/moltbot.dev~1original-id");
  });
});

describe("models", () => {
  const providers = { models: { providers: { local: { baseUrl: "http://127.0.0.1:1/v1" } } } };
  const cases: readonly (readonly [string, JsonObject, unknown])[] = [
    ["provider and name", { agents: { entries: { a: { model: MODEL } } } }, { provider: "anthropic", name: "claude-sonnet-4-6" }],
    ["a name with slashes", { agents: { entries: { a: { model: "openrouter/x/y" } } } }, { provider: "openrouter", name: "x/y" }],
    [
      "an alias",
      { agents: { defaults: { models: { "openai/gpt-5.4": { alias: "Best" } } }, entries: { a: { model: "best" } } } },
      { provider: "openai", name: "gpt-5.4" },
    ],
    [
      "a bare name of a family",
      { agents: { entries: { a: { model: "gemini-2.5-pro" } } } },
      { provider: "google", name: "gemini-2.5-pro" },
    ],
    ["a bare name of nobody", { agents: { entries: { a: { model: "frob" } } } }, { provider: "anthropic", name: "frob" }],
    [
      "a bare name beside one provider",
      { ...providers, agents: { entries: { a: { model: "frob" } } } },
      { provider: "local", name: "frob" },
    ],
    ["a variable", { agents: { entries: { a: { model: "${MODEL}" } } } }, { provider: "unset", name: "${MODEL}" }],
    ["none", { agents: { entries: { a: {} } } }, { provider: "unset", name: "unset" }],
    ["what can be none", { agents: { entries: { a: { model: "two words/x" } } } }, { provider: "unset", name: "unset" }],
    [
      "the default",
      { agents: { defaults: { model: { primary: MODEL } }, entries: { a: {} } } },
      { provider: "anthropic", name: "claude-sonnet-4-6" },
    ],
    ["a guess at the top", { defaultProvider: "groq", defaultModel: "llama" }, { provider: "groq", name: "llama" }],
  ];
  test.each(cases)("%s", (_, config, expected) => {
    const { spec, addresses } = look(config);
    const agent = addresses.find((address) => address.startsWith("Agent/")) as "Agent/a";
    expect((spec(agent) as JsonObject)["model"]).toEqual(expected);
  });

  test("a provider that is only named is made, with its known address or none that leads anywhere", () => {
    const { spec } = look({ agents: { entries: { a: { model: { primary: "groq/x", fallbacks: ["frobnicate/y", MODEL] } } } } });
    expect(spec("ModelProvider/groq")).toEqual({ type: "openai-compatible", endpoint: "https://api.groq.com/openai/v1" });
    expect(spec("ModelProvider/frobnicate")).toEqual({ type: "openai-compatible", endpoint: "https://frobnicate.invalid/v1" });
    expect(spec("ModelProvider/anthropic")).toEqual({ type: "anthropic" });
  });

  test("fallbacks: own ones replace the defaults, an empty list is none, a text says nothing of them", () => {
    const { spec } = look({
      agents: {
        defaults: { model: { primary: MODEL, fallbacks: ["openai/d"] } },
        entries: {
          own: { model: { primary: MODEL, fallbacks: ["openai/o"] } },
          none: { model: { primary: MODEL, fallbacks: [] } },
          text: { model: MODEL },
        },
      },
    });
    const names = (agent: "own" | "none" | "text"): unknown =>
      ((spec(`Agent/${agent}`) as JsonObject)["fallbacks"] as readonly JsonObject[]).map((each) => each["name"]);
    expect([names("own"), names("none"), names("text")]).toEqual([["o"], [], ["d"]]);
  });
});

describe("defaults", () => {
  test("hold for every agent that says nothing itself, and are accounted for once", () => {
    const { spec, fate, leaf } = look({
      agents: { defaults: { timeoutSeconds: 60, maxConcurrent: 2, thinkingDefault: "low" }, entries: { a: { timeoutSeconds: 5 }, b: {} } },
    });
    expect(spec("Agent/a")).toMatchObject({ budgets: { timePerMessage: "5s", concurrentSessions: 2 } });
    expect(spec("Agent/b")).toMatchObject({ budgets: { timePerMessage: "60s", concurrentSessions: 2 } });
    expect(fate("/agents/defaults/timeoutSeconds")).toBe("carried Agent/b#/spec/budgets/timePerMessage");
    expect(leaf("/agents/defaults/maxConcurrent").to).toHaveLength(2);
  });

  test("that every agent overrides are left, and the report says so", () => {
    const { leaf } = look({ agents: { defaults: { timeoutSeconds: 60 }, entries: { a: { timeoutSeconds: 5 } } } });
    expect(leaf("/agents/defaults/timeoutSeconds")).toMatchObject({ fate: "left", notes: ["Every agent says something else itself."] });
  });

  test("that do not fit are passed through, with the reason", () => {
    const { leaf } = look({
      agents: { defaults: { thinkingDefault: "xhigh", timeoutSeconds: 0.5, contextPruning: { keepLastAssistants: -1 } } },
    });
    expect(leaf("/agents/defaults/thinkingDefault").fate).toBe("passthrough");
    expect(leaf("/agents/defaults/timeoutSeconds").fate).toBe("passthrough");
    expect(leaf("/agents/defaults/contextPruning/keepLastAssistants")).toMatchObject({
      fate: "passthrough",
      notes: ["Not carried to Agent/main /spec/contextPruning/keepLastAnswers: it is less than 0."],
    });
  });

  test("sessions are the same for every agent", () => {
    const { spec } = look({
      agents: { entries: { a: {}, b: {} } },
      session: { dmScope: "per-peer", reset: { mode: "idle", idleMinutes: 30 }, resetTriggers: ["/new"] },
    });
    for (const agent of ["a", "b"] as const) {
      expect(spec(`Agent/${agent}`)).toMatchObject({
        sessions: { scope: "peer", reset: { mode: "idle", idle: "30m" }, resetCommands: ["/new"] },
      });
    }
  });
});

describe("workspaces", () => {
  test("agents that shared a folder still do, others do not", () => {
    const { spec } = look({
      agents: {
        entries: {
          a: { workspace: "/x/work" },
          b: { workspace: "/y/work" },
          c: { workspace: "/x/work" },
          d: { workspace: "C:\\bots\\D d\\" },
        },
      },
    });
    const folder = (agent: "a" | "b" | "c" | "d"): unknown =>
      (spec(`Agent/${agent}`) as { workspace: { folder: string } }).workspace.folder;
    expect([folder("a"), folder("b"), folder("c"), folder("d")]).toEqual(["work", "work-2", "work", "d-d"]);
  });

  test("the default one is the default agent's", () => {
    const { spec, leaf } = look({ agents: { defaults: { workspace: "/w" }, entries: { a: {}, b: { default: true } } } });
    expect((spec("Agent/b") as JsonObject)["workspace"]).toEqual({ folder: "w" });
    expect((spec("Agent/a") as JsonObject)["workspace"]).toBeUndefined();
    expect(
      look({ agents: { defaults: { workspace: "/w" }, entries: { a: { workspace: "/own" } } } }).leaf("/agents/defaults/workspace").fate,
    ).toBe("left");
    expect(leaf("/agents/entries/b/default").fate).toBe("left");
  });
});

describe("the tool policy", () => {
  const tools = (config: JsonObject, agent = "a"): readonly string[] => {
    const list = (look(config).spec(`Agent/${agent}`) as JsonObject)["capabilities"] as readonly { readonly tool: string }[] | undefined;
    return (list ?? []).map((grant) => grant.tool);
  };
  const one = (own: JsonObject, all: JsonObject = {}): JsonObject => ({ agents: { entries: { a: { tools: own }, b: {} } }, tools: all });
  const FILES = ["fs.read", "fs.list", "fs.search", "fs.write", "fs.edit"];
  const cases: readonly (readonly [string, JsonObject, readonly string[]])[] = [
    ["nothing is said: nothing is granted", one({}), []],
    ["only denials: nothing is granted", one({ deny: ["exec"] }), []],
    ["minimal", one({ profile: "minimal" }), []],
    [
      "coding",
      one({ profile: "coding" }),
      [...FILES, "exec.run", "http.fetch", "memory.search", "memory.read", "schedule.create", "schedule.cancel"],
    ],
    ["a profile nobody knows", one({ profile: "constructor" }), []],
    [
      "a profile less what is denied",
      one({ profile: "coding", deny: ["group:fs", "exec", "process", "cron", "memory_*"] }),
      ["http.fetch"],
    ],
    ["a profile cut down by a list", one({ profile: "coding", allow: ["read"] }), ["fs.read", "fs.list", "fs.search"]],
    ["a profile and more", one({ profile: "minimal", alsoAllow: ["bash"] }), ["exec.run"]],
    ["a list", one({ allow: ["Read", "apply-patch"] }), ["fs.read", "fs.list", "fs.search", "fs.edit"]],
    ["a group", one({ allow: ["group:memory"] }), ["memory.search", "memory.read"]],
    ["a pattern", one({ allow: ["web_*"] }), ["http.fetch"]],
    ["everything but", one({ allow: ["*"], deny: ["*e*"] }), ["fs.edit", "schedule.create", "schedule.cancel"]],
    ["a list for all", one({}, { allow: ["read", "write"] }), FILES.slice(0, 4)],
    ["two lists: what both allow", one({ allow: ["read", "exec"] }, { allow: ["exec", "write"] }), ["exec.run"]],
    ["a denial for all", one({ allow: ["read", "exec"] }, { deny: ["read"] }), ["exec.run"]],
    ["the profile for all, unless the agent has one", one({ profile: "minimal" }, { profile: "full" }), []],
    ["tools of plugins", one({ allow: ["jira_create"] }), []],
    ["programs that are denied", one({ allow: ["exec"], exec: { security: "deny" } }), []],
    ["no program on the list", one({ allow: ["exec"] }, { exec: { security: "allowlist" } }), []],
    ["fetching that is switched off", one({ allow: ["web_fetch"] }, { web: { fetch: { enabled: false } } }), []],
    ["messages without a channel", one({ allow: ["message"] }), []],
  ];
  test.each(cases)("%s", (_, config, expected) => expect(tools(config)).toEqual(expected));

  test("rules for the sandbox count where all tools run in it", () => {
    const config = (mode: string): JsonObject => ({
      agents: { defaults: { sandbox: { mode } }, entries: { a: { tools: { allow: ["read", "exec"] } } } },
      tools: { sandbox: { tools: { deny: ["exec"] } } },
    });
    expect(tools(config("all"))).toEqual(["fs.read", "fs.list", "fs.search"]);
    expect(tools(config("non-main"))).toContain("exec.run");
  });

  test("programs: which, who is asked, how long", () => {
    const grant = (exec: JsonObject): unknown =>
      ((look(one({ allow: ["exec"], exec })).spec("Agent/a") as JsonObject)["capabilities"] as readonly JsonObject[])[0];
    expect(grant({ security: "allowlist", safeBins: ["jq", "/bin/sh", "rg"], timeoutSec: 10 })).toEqual({
      tool: "exec.run",
      permissions: [
        { action: "run", resource: "jq" },
        { action: "run", resource: "rg" },
      ],
      constraints: { timeout: "10s" },
    });
    expect(grant({ security: "full", ask: "off" })).toMatchObject({ constraints: { approval: "never" } });
    expect(grant({ security: "full", ask: "on-miss" })).not.toHaveProperty("constraints");
    // What is not said is not loosened: OpenClaw would ask nobody, moltbot asks always.
    expect(grant({ ask: "off" })).not.toHaveProperty("constraints");
  });

  test("calls between agents", () => {
    const agents = { entries: { a: { subagents: { allowAgents: ["b", "nobody"] } }, b: {}, c: {} } };
    expect(tools({ agents })).toEqual(["agent:b"]);
    expect(tools({ agents: { entries: { a: { subagents: { allowAgents: ["*"] } }, b: {}, c: {} } } })).toEqual(["agent:b", "agent:c"]);
    const between = { enabled: true, allow: ["a", "c"] };
    expect(tools({ agents, tools: { agentToAgent: between } })).toEqual(["agent:b", "agent:c"]);
    expect(tools({ agents, tools: { agentToAgent: between } }, "b")).toEqual([]);
    expect(tools({ agents, tools: { agentToAgent: { ...between, enabled: false } } }, "c")).toEqual([]);
    expect(look({ agents: { entries: { a: {} } }, tools: { agentToAgent: between } }).leaf("/tools/agentToAgent/enabled").fate).toBe(
      "left",
    );
  });

  test("MCP servers of the gateway are for agents whose rules do not leave them out", () => {
    const mcp = { servers: { crm: { command: "crm" } } };
    const withTools = (own: JsonObject): readonly string[] => tools({ mcp, agents: { entries: { a: { tools: own } } } });
    expect(withTools({})).toEqual(["mcp:crm/*"]);
    expect(withTools({ profile: "minimal" })).toEqual([]);
    expect(withTools({ allow: ["read"] })).not.toContain("mcp:crm/*");
    expect(withTools({ allow: ["read", "bundle-mcp"] })).toContain("mcp:crm/*");
    expect(withTools({ profile: "full", deny: ["bundle-mcp"] })).not.toContain("mcp:crm/*");
  });

  test("every entry of the rules is accounted for", () => {
    const { leaf, fate } = look(one({ allow: ["read", "browser", "exec"], deny: ["exec", "canvas"] }));
    expect(fate("/agents/entries/a/tools/allow/0")).toContain("carried Agent/a#/spec/capabilities/0");
    expect(leaf("/agents/entries/a/tools/allow/1").notes.join()).toContain("no tool of this name");
    expect(leaf("/agents/entries/a/tools/allow/2").notes.join()).toContain("Other rules");
    expect(leaf("/agents/entries/a/tools/deny/1").notes).toEqual(["Nothing grants it, so there is nothing to deny."]);
  });
});

describe("skills", () => {
  test("what is switched on becomes a Skill, what is off does not, and agents get those they name or all", () => {
    const { spec, addresses, leaf } = look({
      skills: {
        entries: {
          Notes: { enabled: true, config: { limit: 5, __proto__: 1 }, env: { URL: "https://x.example" } },
          off: { enabled: false },
          half: { enabled: false, env: { A: "b" } },
          empty: {},
        },
        allowBundled: ["weather", "*"],
      },
      agents: { entries: { a: { skills: ["other"] }, b: {}, c: { skills: [] } } },
    });
    expect(addresses.filter((address) => address.startsWith("Skill/"))).toEqual([
      "Skill/empty",
      "Skill/half",
      "Skill/notes",
      "Skill/other",
      "Skill/weather",
    ]);
    expect(spec("Skill/notes")).toEqual({ enabled: true, env: { URL: "https://x.example" }, config: { limit: 5 } });
    expect(spec("Skill/half")).toMatchObject({ enabled: false });
    expect([spec("Agent/a"), spec("Agent/b"), spec("Agent/c")].map((each) => (each as JsonObject)["skills"])).toEqual([
      ["other"],
      ["notes", "empty"],
      undefined,
    ]);
    expect(leaf("/skills/entries/off/enabled").fate).toBe("left");
    expect(leaf("/agents/entries/c/skills").fate).toBe("left");
  });

  test("its key is a secret", () => {
    const { spec } = look({ skills: { entries: { "2fa": { apiKey: "canary-skill-key" } } } });
    expect(spec("Skill/2fa")).toEqual({ env: { _2FA_API_KEY: { secret: "2fa", key: "api-key" } } });
  });
});
