import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, type Address, type Json, type JsonObject, type Reach, type Resource } from "../../core/index.ts";
import type { ReachEdge } from "../capability/index.ts";
import { denyAll, judgePlan, loadBuiltinPolicy, type JudgeRequest, type PlanJudgement } from "./index.ts";

const builtin = loadBuiltinPolicy();
if (!builtin.ok) throw new Error("the built-in bundle does not load");
const POLICY = builtin.value;
const NOW = "2026-06-01T00:00:00.000Z";

const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const project = (policies: JsonObject = {}): Resource => make("Project", "acme", { policies });
const agent = (name: string, ...capabilities: readonly Json[]): Resource => make("Agent", name, { capabilities });
const channel = (name: string, access: JsonObject, ...agents: readonly string[]): Resource =>
  make("Channel", name, { access, routing: agents.map((each) => ({ match: {}, agent: each })) });
const grant = (tool: string, action: string, resource: string | null, approval = "always", more: JsonObject = {}): Json => ({
  tool,
  permissions: [resource === null ? { action } : { action, resource }],
  constraints: { approval },
  ...more,
});
const edge = (from: Address, reach: Reach, to: Address): ReachEdge => ({ from, reach, to });

const LOCKED = { lock: { tools: [{ name: "log", digest: "sha256:0" }] } };
const READ = grant("fs.read", "read", "docs/**");
const OPEN = { direct: "open" };

/** Everything is new unless a test says otherwise. */
function judged(resources: readonly Resource[], more: Partial<JudgeRequest> = {}): PlanJudgement {
  const before = new Map(resources.map((each) => [addressOf(each.kind, each.metadata.name), null]));
  return judgePlan({ policy: POLICY, project: project(), environment: "default", resources, before, edges: [], now: NOW, ...more });
}

const spoken = (judgement: PlanJudgement): readonly string[] =>
  judgement.violations.map((each) => `${each.level} ${each.rule} ${each.address}${each.path ?? ""}`);
const problems = (judgement: PlanJudgement): readonly string[] => [...judgement.invalid, ...judgement.denied].map((each) => each.code);

describe("every rule fires", () => {
  test.each<[string, readonly Resource[], readonly string[]]>([
    ["nothing to say", [agent("a", READ)], []],
    [
      "expiry.expired",
      [agent("a", grant("time", "call", null, "always", { expiresAt: NOW }))],
      ["enforce expiry.expired Agent/a/spec/capabilities/0/permissions/0"],
    ],
    [
      "network.ceiling",
      [agent("a", grant("http.fetch", "get", "https://api.example.com/**"))],
      ["enforce network.ceiling Agent/a/spec/capabilities/0/permissions/0"],
    ],
    [
      "network.ceiling, any host",
      [agent("a", grant("http.fetch", "get", "http://**"))],
      ["enforce network.ceiling Agent/a/spec/capabilities/0/permissions/0"],
    ],
    ["below the ceiling", [agent("a", grant("http.fetch", "get", "http://localhost:8080/**"))], []],
    ["approval.never", [agent("a", READ, grant("json", "call", null, "never"))], ["warn approval.never Agent/a/spec/capabilities/1"]],
    [
      "workspace.mode, writing",
      [make("Agent", "a", { capabilities: [grant("fs.write", "write", "**")], sandbox: { workspaceAccess: "read" } })],
      ["enforce workspace.mode Agent/a/spec/capabilities/0/permissions/0"],
    ],
    [
      "workspace.mode, at all",
      [make("Agent", "a", { capabilities: [READ], sandbox: { workspaceAccess: "none" } })],
      ["enforce workspace.mode Agent/a/spec/capabilities/0/permissions/0"],
    ],
    ["reading what may be read", [make("Agent", "a", { capabilities: [READ], sandbox: { workspaceAccess: "read" } })], []],
    [
      "an open channel",
      [agent("a", READ), channel("web", OPEN, "a")],
      [
        "enforce open-channel.reachable Agent/a/spec/capabilities/0/permissions/0",
        "enforce open-channel.tools Channel/web/spec/access/direct",
      ],
    ],
    ["an open channel without tools behind it", [agent("a"), channel("web", OPEN, "a")], []],
    [
      "default-deny.sub-agent",
      [make("Agent", "a", { subAgents: ["b", "c"], capabilities: [grant("agent:c", "call", null)] }), agent("b"), agent("c")],
      ["warn default-deny.sub-agent Agent/a/spec/subAgents/0"],
    ],
    [
      "default-deny.sub-agent, the grant being over",
      [make("Agent", "a", { subAgents: ["b"], capabilities: [grant("agent:b", "call", null, "always", { expiresAt: NOW })] }), agent("b")],
      ["warn default-deny.sub-agent Agent/a/spec/subAgents/0", "enforce expiry.expired Agent/a/spec/capabilities/0/permissions/0"],
    ],
    [
      "default-deny.mcp-server",
      [
        make("Agent", "a", { mcpServers: ["crm", "git"], capabilities: [grant("mcp:git/*", "call", null)] }),
        make("McpServer", "git", LOCKED),
        make("McpServer", "crm", LOCKED),
      ],
      ["warn default-deny.mcp-server Agent/a/spec/mcpServers/0"],
    ],
    ["default-deny.memory", [make("Agent", "a", { memory: { scope: "peer" } })], ["warn default-deny.memory Agent/a/spec/memory"]],
    ["a memory that may be used", [make("Agent", "a", { memory: {}, capabilities: [grant("memory.search", "read", "**")] })], []],
    [
      "default-deny.step",
      [
        agent("a", grant("mcp:git/*", "call", null)),
        make("McpServer", "git", LOCKED),
        make("Workflow", "w", {
          trigger: { schedule: {} },
          steps: [
            { name: "one", action: "tool", agent: "a", tool: "mcp:git/log" },
            { name: "two", action: "tool", agent: "a", tool: "exec.run" },
            { name: "three", action: "tool", tool: "time" },
            { name: "four", action: "agent", agent: "a" },
          ],
        }),
      ],
      ["enforce default-deny.step Workflow/w/spec/steps/1/tool", "enforce default-deny.step Workflow/w/spec/steps/2/tool"],
    ],
    [
      "approval.mutating",
      [agent("a", grant("fs.write", "write", "docs/**", "never"))],
      ["enforce approval.mutating Agent/a/spec/capabilities/0/permissions/0", "warn approval.never Agent/a/spec/capabilities/0"],
    ],
    [
      "budget.missing",
      [make("Agent", "a", { model: { provider: "m", name: "big" } }), make("ModelProvider", "m", { type: "anthropic" })],
      ["warn budget.missing Agent/a/spec/model/provider"],
    ],
    [
      "data-class.claim",
      [make("ModelProvider", "m", { type: "ollama", endpoint: "https://8.8.8.8/", local: true })],
      ["enforce data-class.claim ModelProvider/m/spec/local"],
    ],
    [
      "mcp-pin.floating",
      [make("McpServer", "s", { transport: { stdio: { command: "npx", args: ["-y", "server"] } } })],
      ["enforce mcp-pin.floating McpServer/s/spec/transport/stdio/args"],
    ],
    [
      "mcp-pin.surface",
      [make("McpServer", "s", { transport: { http: { url: "https://a.example" } } })],
      ["warn mcp-pin.surface McpServer/s/spec"],
    ],
    [
      "plugin-signature.unverified, and look-alike.same",
      [make("Plugin", "g1thub", {})],
      ["enforce look-alike.same Plugin/g1thub/metadata/name", "enforce plugin-signature.unverified Plugin/g1thub/spec/bundle"],
    ],
    [
      "look-alike.near",
      [make("Plugin", "githubs", {})],
      ["warn look-alike.near Plugin/githubs/metadata/name", "enforce plugin-signature.unverified Plugin/githubs/spec/bundle"],
    ],
    [
      "passthrough.dangerous",
      [
        make("Passthrough", "p", {
          target: "openclaw",
          leaves: [
            { pointer: "/gateway/bind", value: "lan" },
            { pointer: "/ui", value: "dark" },
            { pointer: "/tools", value: { exec: { security: "full", ask: "always" } } },
          ],
        }),
      ],
      [
        "enforce passthrough.dangerous Passthrough/p/spec/leaves/0/value",
        "enforce passthrough.dangerous Passthrough/p/spec/leaves/2/value/exec/security",
      ],
    ],
    [
      "passthrough.named-unsafe",
      [
        make("Passthrough", "p", {
          target: "embedded",
          leaves: [
            { pointer: "/x/dangerouslyOpen", value: true },
            { pointer: "/y/allowUnsafe", value: false },
          ],
        }),
      ],
      ["enforce passthrough.named-unsafe Passthrough/p/spec/leaves/0/value"],
    ],
    [
      "a secret in a dangerous place",
      [make("Passthrough", "p", { target: "openclaw", leaves: [{ pointer: "/plugins/load/token", secret: { secret: "s" } }] })],
      ["enforce passthrough.dangerous Passthrough/p/spec/leaves/0"],
    ],
  ])("%s", (_name, resources, expected) => {
    const judgement = judged(resources);
    expect(spoken(judgement)).toEqual(expected);
    const isDenied = expected.some((each) => each.startsWith("enforce"));
    expect(new Set(problems(judgement))).toEqual(new Set(isDenied ? ["POLICY_DENIED"] : []));
    expect(judgement.decisions.some((each) => each.answer === "denied")).toBe(isDenied);
  });
});

describe("strangers", () => {
  const tools = agent("t", READ);
  const reaches = (resources: readonly Resource[], edges: readonly ReachEdge[] = []): boolean => {
    const rules = new Set(judged([tools, agent("plain"), ...resources], { edges }).violations.map((each) => each.rule));
    // The agent's side and the channel's side always agree.
    expect(rules.has("open-channel.reachable")).toBe(rules.has("open-channel.tools"));
    return rules.has("open-channel.tools");
  };

  test.each<[string, boolean, JsonObject]>([
    ["nobody", false, {}],
    ["pairing", false, { access: { direct: "pairing" } }],
    ["a list", false, { access: { direct: "allowlist", allow: ["1"] } }],
    ["everybody", true, { access: OPEN }],
    ["groups that are open", true, { access: { groups: { policy: "open" } } }],
    ["open groups, but of listed people", false, { access: { groups: { policy: "open", allow: ["1"] } } }],
    ["listed rooms", false, { access: { groups: { policy: "allowlist", rooms: [{ id: "r" }] } } }],
    ["open, but switched off", false, { access: OPEN, enabled: false }],
    ["an account of its own that is open", true, { access: {}, accounts: [{ name: "x" }, { name: "y", access: OPEN }] }],
    ["an open account that is switched off", false, { access: {}, accounts: [{ name: "y", enabled: false, access: OPEN }] }],
    ["an open channel whose accounts are all closed", false, { access: OPEN, accounts: [{ name: "y", access: { direct: "pairing" } }] }],
    ["an open channel with an account that says nothing", true, { access: OPEN, accounts: [{ name: "y" }] }],
  ])("access: %s", (_name, expected, spec) => {
    expect(reaches([make("Channel", "c", { routing: [{ match: {}, agent: "t" }], ...spec })])).toBe(expected);
  });

  test.each<[string, boolean, Json]>([
    ["any message", true, {}],
    ["the open account", true, { account: "y" }],
    ["the closed account", false, { account: "x" }],
    ["any direct message", true, { peer: { kind: "direct" } }],
    ["one known person", false, { peer: { kind: "direct", id: "1" } }],
    ["groups, which are closed", false, { peer: { kind: "group", id: "1" } }],
    ["a thread", true, { thread: "1" }],
  ])("routing: %s", (_name, expected, match) => {
    const accounts = [
      { name: "x", access: { direct: "off" } },
      { name: "y", access: OPEN },
    ];
    expect(
      reaches([
        make("Channel", "c", {
          accounts,
          routing: [
            { match, agent: "t" },
            { match: {}, agent: "plain" },
          ],
        }),
      ]),
    ).toBe(expected);
  });

  test("through an agent that may call the one with tools", () => {
    const caller = (name: string, callee: string): Resource => agent(name, grant(`agent:${callee}`, "call", null));
    const chain = [channel("c", OPEN, "one"), caller("one", "two"), caller("two", "t")];
    const judgement = judged([tools, ...chain]);
    expect(new Set(judgement.violations.filter((each) => each.rule === "open-channel.reachable").map((each) => each.address))).toEqual(
      new Set(["Agent/one", "Agent/two", "Agent/t"]),
    );
  });

  test("not through an agent that is listed but not granted, nor by a grant that has expired", () => {
    const listed = make("Agent", "one", { subAgents: ["t"] });
    const expired = agent("two", grant("agent:t", "call", null, "always", { expiresAt: NOW }));
    const rules = judged([tools, channel("c", OPEN, "one", "two"), listed, expired], {
      edges: [edge("Agent/one", "calls", "Agent/t")],
    }).violations;
    expect(rules.filter((each) => each.address === "Agent/t")).toEqual([]);
  });

  test("through a circle of agents, without end", () => {
    const circle = [agent("one", grant("agent:two", "call", null)), agent("two", grant("agent:one", "call", null))];
    expect(reaches([...circle, channel("c", OPEN, "one")])).toBe(true);
  });

  test.each<[string, boolean, JsonObject]>([
    ["that listens on every channel", true, { trigger: { message: {} } }],
    ["that listens on this one", true, { trigger: { message: { channels: ["c"] } } }],
    ["that listens on another", false, { trigger: { message: { channels: ["other"] } } }],
    ["that hears some people only", false, { trigger: { message: { from: ["1"] } } }],
    ["that is switched off", false, { trigger: { message: {} }, enabled: false }],
    ["that starts by the clock", false, { trigger: { schedule: {} } }],
  ])("through a workflow %s", (_name, expected, spec) => {
    const other = channel("other", { direct: "pairing" }, "plain");
    expect(reaches([channel("c", OPEN, "plain"), other, make("Workflow", "w", spec)], [edge("Workflow/w", "calls", "Agent/t")])).toBe(
      expected,
    );
  });
});

describe("decisions", () => {
  test("an atom is allowed, denied, or decided on each call", () => {
    const { decisions, evaluated } = judged([
      agent("a", grant("time", "call", null, "never"), READ, grant("http.fetch", "get", "https://x.example/")),
    ]);
    expect(decisions.map((each) => [each.entry, each.atom ?? "", each.answer, each.rules.join(" ")])).toEqual([
      ["admission", "", "allowed", "approval.never lethal-trifecta.combined"],
      ["grant", "fs.read read docs/**", "conditional", "approval.required"],
      ["grant", "http.fetch get https://x.example/", "denied", "network.ceiling"],
      ["grant", "time call **", "allowed", ""],
    ]);
    expect(evaluated).toEqual({ admission: 1, grant: 3 });
  });

  test("what does not change is judged, and listed only when a rule speaks about it", () => {
    const resources = [agent("quiet", READ), agent("loud", grant("http.fetch", "get", "https://x.example/"))];
    const { decisions, added, denied } = judged(resources, { before: new Map() });
    expect(decisions.map((each) => `${each.entry} ${each.address} ${each.answer}`)).toEqual(["grant Agent/loud denied"]);
    expect([added, denied.length]).toEqual([[], 1]);
  });

  test("what goes is asked about too", () => {
    const { evaluated, removed, decisions } = judged([], { before: new Map([["Agent/a", agent("a", READ)]]) });
    expect(evaluated).toEqual({ admission: 1, grant: 0 });
    expect(removed.map((atom) => atom.pattern)).toEqual(["docs/**"]);
    expect(decisions).toEqual([{ entry: "admission", address: "Agent/a", answer: "allowed", rules: [] }]);
  });

  test("the delta is what changed, and a new grant that asks nobody stands under Widening", () => {
    const old = agent("a", READ, grant("time", "call", null, "never"));
    const now = agent("a", grant("fs.read", "read", "**", "never"), grant("time", "call", null, "never"));
    const { added, removed, findings } = judged([now], { before: new Map([["Agent/a", old]]) });
    expect(added.map((atom) => atom.pattern)).toEqual(["**"]);
    // What the new grant covers is not lost.
    expect(removed).toEqual([]);
    expect(findings).toEqual([{ code: "approval.never", subject: "Agent/a", atom: "fs.read read **" }]);
  });

  test("one problem for each rule and resource, at the first place, however many grants", () => {
    const far = (name: string): Json => ({ name, ...(grant("http.fetch", "get", `https://${name}.example/`) as JsonObject) });
    const { denied, violations } = judged([agent("a", far("x"), far("y"), far("z"))], {
      originOf: (address, pointer) => ({ file: `${address}.yaml`, document: 0, pointer, part: "value" }),
    });
    expect(violations).toHaveLength(3);
    expect(denied).toHaveLength(1);
    expect(denied[0]).toMatchObject({
      code: "POLICY_DENIED",
      detail: expect.stringContaining(
        'Agent/a with the grant "http.fetch get https://x.example/" (and 2 more like it) is denied by network.ceiling.',
      ),
      remedy: "docs/policies/network.md explains the rule.",
      context: { rule: "network.ceiling", count: 3, source: "policies/network.rego:8" },
      origin: { file: "Agent/a.yaml", pointer: "/spec/capabilities/0/permissions/0" },
    });
  });
});

describe("levels", () => {
  const far = agent("a", grant("http.fetch", "get", "https://x.example/"));

  test("a lowered rule lets the plan go on, and every plan counts it", () => {
    const { denied, violations, warnings, decisions } = judged([far], { project: project({ rules: { "network.ceiling": "warn" } }) });
    expect([denied, violations.map((each) => each.level)]).toEqual([[], ["warn"]]);
    expect(decisions.find((each) => each.entry === "grant")).toMatchObject({
      answer: "conditional",
      rules: ["approval.required", "network.ceiling"],
    });
    expect(warnings).toEqual([
      { code: "POLICY_WARNED", address: "Project/acme", message: "The Project lowers network.ceiling to warn; it would have spoken once." },
    ]);
  });

  test("what only warns is not called lowered", () => {
    expect(judged([agent("a", grant("time", "call", null, "never"))]).warnings).toEqual([]);
  });

  test("a wider ceiling", () => {
    expect(judged([far], { project: project({ network: { ceiling: ["*.example"] } }) }).denied).toEqual([]);
  });

  test("an expired grant stays void at any level", () => {
    const over = agent("a", grant("time", "call", null, "never", { expiresAt: NOW }));
    for (const level of ["warn", "audit", "off"]) {
      const { decisions, denied } = judged([over], { project: project({ rules: { "expiry.expired": level } }) });
      expect([decisions.find((each) => each.entry === "grant")?.answer, denied]).toEqual(["denied", []]);
    }
  });

  test("a Project that cannot be read widens nothing", () => {
    const wrong = project({ rules: { "network.celing": "off", "network.ceiling": "off" }, network: { ceiling: ["**", "?"] } });
    const judgement = judged([far], { project: wrong });
    expect(judgement.invalid.map((each) => [each.code, each.context["address"]])).toEqual([
      ["POLICY_RULE_UNKNOWN", "Project/acme"],
      ["CAPABILITY_RESOURCE", "Project/acme"],
    ]);
    expect(judgement.denied).toHaveLength(1);
  });
});

describe("data, purposes and signatures", () => {
  const classified = (dataClass: string, source: JsonObject): readonly string[] =>
    spoken(
      judged(
        [
          make("Agent", "a", { model: { provider: "m", name: "x" }, budgets: { tokensPerDay: 1 } }),
          make("Channel", "c", { dataClass, routing: [{ agent: "a" }] }),
          make("ModelProvider", "m", source),
        ],
        { edges: [edge("Channel/c", "talks-to", "Agent/a"), edge("Agent/a", "uses", "ModelProvider/m")] },
      ),
    );

  test("data goes where it may", () => {
    expect(classified("local-only", { type: "anthropic", dataClass: "local-only" })).toEqual([
      "enforce data-class.local-only Agent/a/spec/model/provider",
    ]);
    expect(classified("restricted", { type: "anthropic" })).toEqual(["enforce data-class.provider Agent/a/spec/model/provider"]);
    expect(classified("local-only", { type: "echo" })).toEqual([]);
  });

  test("a message to a channel that is less protected", () => {
    const found = judged(
      [
        agent("a", grant("message.send", "send", "lobby")),
        make("Channel", "c", { dataClass: "restricted", routing: [{ agent: "a" }] }),
        make("Channel", "lobby", {}),
      ],
      { edges: [edge("Channel/c", "talks-to", "Agent/a")] },
    );
    expect(spoken(found)).toContain("enforce data-class.channel Agent/a/spec/capabilities/0/permissions/0");
  });

  test("what is kept for a purpose", () => {
    const labelled = (each: Resource, purpose: string): Resource => ({
      ...each,
      metadata: { ...each.metadata, labels: { "moltbot.dev/purpose": purpose } },
    });
    const crm = labelled(make("McpServer", "crm", LOCKED), "billing");
    const user = agent("a", grant("mcp:crm/*", "call", null));
    const of = (each: Resource): readonly string[] => spoken(judged([each, crm])).filter((one) => one.includes("purpose."));
    expect(of(user)).toEqual(["enforce purpose.none Agent/a/metadata/labels"]);
    expect(of(labelled(user, "care"))).toEqual(["enforce purpose.other Agent/a/metadata/labels"]);
    expect(of(labelled(user, "billing"))).toEqual([]);
  });

  test("a plugin whose bundle was verified, by the digest that is declared", () => {
    const plugin = make("Plugin", "weather", { bundle: { digest: "sha256:a" } });
    const of = (digest: string, verified = true): readonly string[] =>
      spoken(judged([plugin], { bundles: new Map([["Plugin/weather", { verified, identity: null, issuer: null, digest, keyed: true }]]) }));
    expect(of("sha256:a")).toEqual([]);
    expect(of("sha256:b")).toEqual(["enforce plugin-signature.digest Plugin/weather/spec/bundle/digest"]);
    expect(of("sha256:a", false)).toEqual(["enforce plugin-signature.unverified Plugin/weather/spec/bundle"]);
  });
});

describe("what is active judges too", () => {
  const WRITER = agent("a", grant("fs.write", "write", "docs/**", "never"));
  const strict = { policy: POLICY, project: project(), resources: [project()], edges: [] };
  const lax = project({ rules: { "approval.mutating": "warn" } });

  test("a change that lowers a rule does not profit from it", () => {
    const found = judged([lax, WRITER], { project: lax, active: strict });
    expect(spoken(found)).toContain("enforce approval.mutating Agent/a/spec/capabilities/0/permissions/0");
    expect(found.denied[0]?.remedy).toContain("moltbot apply --target Project/acme");
    expect(found.findings).toContainEqual(expect.objectContaining({ code: "TRUST_WEAKENED", subject: "Project/acme" }));
    expect(found.decisions.find((each) => each.entry === "grant")?.answer).toBe("denied");
  });

  test("what was denied before, of something that does not change, does not count: it must be possible to answer a newer moltbot", () => {
    const found = judged([lax, WRITER], {
      project: lax,
      before: new Map([["Project/acme", project()]]),
      active: { ...strict, resources: [project(), WRITER] },
    });
    expect(problems(found)).toEqual([]);
    const changed = judged([lax, WRITER], {
      project: lax,
      before: new Map([
        ["Project/acme", project()],
        ["Agent/a", WRITER],
      ]),
      active: { ...strict, resources: [project(), WRITER] },
    });
    expect(problems(changed)).toEqual(["POLICY_DENIED"]);
  });

  test("an agent that does not change, and that a change makes reachable, counts", () => {
    const open = project({ rules: { "open-channel": "off" } });
    const reader = agent("a", READ);
    const door = channel("web", OPEN, "a");
    const found = judged([open, reader, door], {
      project: open,
      edges: [edge("Channel/web", "talks-to", "Agent/a")],
      before: new Map<Address, Resource | null>([
        ["Project/acme", project()],
        ["Channel/web", null],
      ]),
      active: { ...strict, resources: [project(), reader] },
    });
    expect(spoken(found)).toContain("enforce open-channel.reachable Agent/a/spec/capabilities/0/permissions/0");
  });

  test("I12: policies in force that cannot be asked deny the change, and nothing that goes", () => {
    const lost = { ...strict, policy: denyAll([]) };
    expect(problems(judged([lax], { project: lax, active: lost }))).toContain("POLICY_ACTIVE_LOST");
    const gone = judged([], { project: lax, before: new Map([["Agent/a", WRITER]]), active: lost });
    expect(problems(gone)).toEqual([]);
  });

  test("rules that only an older Project knows say nothing any more, and widen nothing", () => {
    const older = project({ rules: { "no-such.rule": "off", "approval.mutating": "enforce" } });
    const found = judged([lax, WRITER], { project: lax, active: { ...strict, project: older, resources: [older] } });
    expect(spoken(found)).toContain("enforce approval.mutating Agent/a/spec/capabilities/0/permissions/0");
  });
});

describe("what is wrong", () => {
  test("row 77: a capability without canonical form is invalid, with its place", () => {
    const wrong = agent("a", grant("Exec.run", "run", "git"), grant("exec.run", "run", "\u0435xec"), READ);
    const { invalid, added } = judged([wrong], {
      originOf: (address, pointer) => ({ file: address, document: 0, pointer, part: "value" }),
    });
    expect(invalid.map((each) => [each.code, each.origin?.pointer])).toEqual([
      ["CAPABILITY_TOOL", "/spec/capabilities/0/tool"],
      ["CAPABILITY_RESOURCE", "/spec/capabilities/1/permissions/0/resource"],
    ]);
    expect(added.map((atom) => atom.tool)).toEqual(["fs.read"]);
  });

  test("a tool that nobody brings is a reference to something missing, said once for each grant", () => {
    const both = {
      tool: "mcp:githb/log",
      permissions: [
        { action: "call", resource: "a" },
        { action: "call", resource: "b" },
      ],
    };
    const { invalid } = judged([
      agent("a", both, grant("agent:nobody", "call", null), grant("plugin:crm/find", "call", null)),
      make("McpServer", "github", {}),
    ]);
    expect(invalid.map((each) => [each.code, each.context["pointer"], each.remedy])).toEqual([
      ["REF_NOT_FOUND", "/spec/capabilities/0/tool", 'Did you mean "github"?'],
      ["REF_NOT_FOUND", "/spec/capabilities/1/tool", undefined],
      ["REF_NOT_FOUND", "/spec/capabilities/2/tool", undefined],
    ]);
  });

  test("row 73: without a usable bundle everything is denied, and that is said once", () => {
    const resources = [agent("a", READ), agent("b", READ), project()];
    const judgement = judged(resources, { policy: denyAll([]), before: new Map() });
    expect(judgement.decisions).toHaveLength(5);
    expect(judgement.decisions.every((each) => each.answer === "denied" && each.rules.join() === "policy.broken")).toBe(true);
    expect(judgement.denied.map((each) => each.code)).toEqual(["POLICY_BROKEN"]);
    expect(judgement.violations).toMatchObject([{ rule: "policy.broken", address: "Project/acme", level: "enforce" }]);
  });

  test("without a bundle, even a Project that lowers everything is denied", () => {
    const lowered = project({ rules: { "network.ceiling": "off" } });
    expect(judged([agent("a", READ)], { policy: denyAll([]), project: lowered }).denied).toHaveLength(1);
  });
});

describe("a judgement is a function of what is declared", () => {
  const tool = fc.constantFrom(
    READ,
    grant("http.fetch", "get", "https://x.example/**"),
    grant("time", "call", null, "never"),
    grant("exec.run", "run", "git", "once", { expiresAt: "2027-01-01T00:00:00Z" }),
    grant("fs.list", "read", "**", "never", { expiresAt: "2026-12-01T00:00:00Z" }),
  );
  const named = (name: string): fc.Arbitrary<Resource> =>
    fc.uniqueArray(tool, { maxLength: 4 }).map((capabilities) => agent(name, ...capabilities));
  const world = fc
    .tuple(named("a"), named("b"), fc.constantFrom(OPEN, {}), fc.subarray(["a", "b"]))
    .map(([a, b, access, agents]) => [a, b, channel("c", access, ...agents)]);

  test("the order of resources changes nothing", () => {
    fc.assert(
      fc.property(world, (resources) => {
        expect(judged(resources.toReversed())).toMatchObject(sortedDiagnostics(judged(resources)));
      }),
    );
  });

  /** Diagnostics keep the order of the files; everything that is in the plan is compared whole. */
  function sortedDiagnostics({
    added,
    removed,
    findings,
    decisions,
    violations,
    warnings,
    validUntil,
    evaluated,
  }: PlanJudgement): Partial<PlanJudgement> {
    return { added, removed, findings, decisions, violations, warnings, validUntil, evaluated };
  }

  test("another clock second changes nothing, until validUntil", () => {
    fc.assert(
      fc.property(world, (resources) => {
        const now = judged(resources);
        expect(judged(resources, { now: "2026-06-01T00:00:01.000Z" })).toEqual(now);
        if (now.validUntil !== null) {
          expect(judged(resources, { now: new Date(Date.parse(now.validUntil) - 1).toISOString() })).toEqual(now);
          expect(judged(resources, { now: now.validUntil })).not.toEqual(now);
        }
      }),
    );
  });

  test("taking a grant away never turns a denied atom of another agent into an added one", () => {
    fc.assert(
      fc.property(world, (resources) => {
        const before = new Map(resources.map((each) => [addressOf(each.kind, each.metadata.name), each]));
        const narrowed = resources.map((each) => (each.kind === "Agent" ? agent(each.metadata.name) : each));
        expect(judged(narrowed, { before }).added).toEqual([]);
      }),
    );
  });
});

test("10,000 agents are judged in well under a second of processor time each way", () => {
  const resources = Array.from({ length: 10_000 }, (_, i) =>
    agent(`a${i}`, READ, grant("http.fetch", "get", `http://localhost:${8000 + (i % 1000)}/**`), grant("agent:a0", "call", null)),
  );
  const started = process.cpuUsage();
  const judgement = judged(resources, { edges: [] });
  const { user, system } = process.cpuUsage(started);
  expect([judgement.evaluated, judgement.denied]).toEqual([{ admission: 10_000, grant: 30_000 }, []]);
  // Measured about 0.5 s, cold and with everything new; the bound is for machines that are busy.
  expect((user + system) / 1e6).toBeLessThan(5);
});
