import { describe, expect, test } from "vitest";
import type { Resource } from "../../core/index.ts";
import { expandGrants, LOCAL_CEILING, parsePattern, type Atom, type DeclaredAtom } from "../capability/index.ts";
import { admissionInput, grantInput, loadBuiltinPolicy, reachOf } from "./index.ts";

const CONTEXT = { project: "acme", environment: "prod", ceiling: LOCAL_CEILING, commit: null, signer: null };
const AGENT: Resource = {
  apiVersion: "moltbot.dev/v1alpha1",
  kind: "Agent",
  metadata: { name: "a", labels: { team: "care" } },
  spec: {
    capabilities: [
      { tool: "http.fetch", permissions: [{ action: "get", resource: "http://localhost/**" }], constraints: { approval: "never" } },
    ],
  },
};
const UNREACHED = reachOf([AGENT], [], []).agent("Agent/a");
const ATOM: Atom = {
  subject: "Agent/a",
  grant: "g",
  tool: "http.fetch",
  action: "get",
  pattern: "https://x.example/",
  constraints: {},
  expiry: "none",
};

describe("the question about a capability", () => {
  test("is complete: every field is there, null when unknown", () => {
    const [declared] = expandGrants(AGENT, "2026-01-01T00:00:00.000Z").atoms;
    expect(grantInput(AGENT, declared ?? null, UNREACHED, CONTEXT)).toEqual({
      agent: { kind: "Agent", name: "a", labels: { team: "care" }, annotations: {} },
      granted: true,
      grant: "http.fetch",
      tool: "http.fetch",
      action: "get",
      pattern: "http://localhost/**",
      constraints: { approval: "never" },
      expiry: "none",
      network: { inside: true },
      workspace: null,
      passthrough: null,
      mutates: false,
      delivery: null,
      reach: {
        channels: [],
        openChannel: null,
        privateData: false,
        untrustedInput: false,
        egress: false,
        secret: null,
        ceiling: null,
      },
      project: { name: "acme", environment: "prod" },
    });
  });

  test("has the same fields when no grant covers the call, and is denied for that", () => {
    const [declared] = expandGrants(AGENT, "2026-01-01T00:00:00.000Z").atoms;
    const ungranted = grantInput(AGENT, null, UNREACHED, CONTEXT);
    expect(Object.keys(ungranted)).toEqual(Object.keys(grantInput(AGENT, declared ?? null, UNREACHED, CONTEXT)));
    const policy = loadBuiltinPolicy();
    expect(policy.ok && policy.value.evaluate("grant", ungranted).deny.map((each) => each.rule)).toContain("default-deny.ungranted");
  });

  test.each<[string, Partial<DeclaredAtom> & { readonly atom: Atom }, unknown, unknown]>([
    ["a network tool whose pattern was not read is outside", { atom: ATOM }, { inside: false }, null],
    ["a file tool whose pattern was not read is outside", { atom: { ...ATOM, tool: "fs.read" } }, null, { inside: false, mode: "write" }],
    [
      "a tool nobody knows might act on anything",
      { atom: { ...ATOM, tool: "new.tool" } },
      { inside: false },
      { inside: false, mode: "write" },
    ],
    ["a pattern of another type does not count", { atom: ATOM, pattern: path("**") }, { inside: false }, null],
    ["a setting of a target is neither", { atom: { ...ATOM, tool: "passthrough:openclaw", pattern: "/x" } }, null, null],
  ])("unsure means no: %s", (_name, declared, network, workspace) => {
    expect(grantInput(AGENT, { pointer: "", ...declared }, UNREACHED, CONTEXT)).toMatchObject({ network, workspace });
  });

  function path(text: string): NonNullable<DeclaredAtom["pattern"]> {
    const result = parsePattern("path", text);
    if (!result.ok) throw new Error(text);
    return result.value;
  }
});

describe("the question about a resource", () => {
  const facts = { toolsOf: () => new Set<string>(), channel: null, agent: null };

  test("has both sides, and what is not known is null", () => {
    expect(admissionInput(AGENT, null, facts, CONTEXT)).toEqual({
      resource: { kind: "Agent", name: "a", labels: { team: "care" }, annotations: {} },
      new: AGENT.spec,
      old: null,
      facts: {
        declared: true,
        unattended: ["/spec/capabilities/0"],
        ungranted: [],
        channel: null,
        reach: null,
        data: null,
        budget: null,
        place: null,
        pin: null,
        lookAlike: null,
        purposes: [],
        weakened: [],
      },
      project: { name: "acme", environment: "prod" },
      commit: null,
      signer: null,
      bundle: null,
    });
    expect(admissionInput(null, AGENT, facts, CONTEXT)).toMatchObject({
      resource: { name: "a" },
      new: null,
      old: AGENT.spec,
      facts: { unattended: [] },
    });
  });
});

describe("who talks to an agent", () => {
  test("channels that route to it, sorted, each once", () => {
    const edges = ["web", "irc", "web"].map((name) => ({ from: `Channel/${name}`, reach: "talks-to", to: "Agent/a" }) as const);
    expect(reachOf([AGENT], [...edges, { from: "Team/x", reach: "bounds", to: "Agent/a" }], []).agent("Agent/a")).toMatchObject({
      channels: ["irc", "web"],
      openChannel: null,
    });
  });

  test("a hub that everybody can call is linear", () => {
    const many = Array.from({ length: 200_000 }, (_, i): DeclaredAtom => ({
      pointer: "",
      atom: { ...ATOM, subject: `Agent/a${i}`, tool: "agent:hub", action: "call", pattern: "hub" },
    }));
    const open: Resource = {
      ...AGENT,
      kind: "Channel",
      metadata: { name: "c" },
      spec: { access: { direct: "open" }, routing: [{ agent: "a7" }] },
    };
    const reach = reachOf([open], [], many);
    expect([reach.agent("Agent/hub").openChannel, reach.agent("Agent/a8").openChannel, reach.channel("Channel/c")?.reachesTools]).toEqual([
      "c",
      null,
      true,
    ]);
  });
});
