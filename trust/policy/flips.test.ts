import { describe, expect, test } from "vitest";
import { addressOf, LIMITS, type Address, type Json, type JsonObject, type Resource } from "../../core/index.ts";
import { expandGrants, type ReachEdge } from "../capability/index.ts";
import { decisionDiff, judgePlan, loadBuiltinPolicy, reachOf, type JudgedState } from "./index.ts";

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
const grant = (tool: string, resource: string, approval = "always"): Json => ({
  name: `${tool} ${resource}`,
  tool,
  permissions: [{ action: tool === "http.fetch" ? "get" : "read", resource }],
  constraints: { approval },
});
const agent = (...capabilities: readonly Json[]): Resource => make("Agent", "a", { capabilities });
const channel = make("Channel", "web", { access: { direct: "pairing" }, routing: [{ agent: "a" }] });
const TALKS: ReachEdge = { from: "Channel/web", reach: "talks-to", to: "Agent/a" };

function state(resources: readonly Resource[], edges: readonly ReachEdge[] = [], ceiling: readonly string[] = ["localhost"]): JudgedState {
  const project = make("Project", "acme", { policies: { network: { ceiling: [...ceiling] } } });
  const before = new Map<Address, Resource>(resources.map((each) => [addressOf(each.kind, each.metadata.name), each]));
  const { decisions, evaluated } = judgePlan({
    policy: POLICY,
    project,
    environment: "default",
    resources,
    before,
    edges,
    edgesBefore: edges,
    now: NOW,
  });
  const atoms = resources.flatMap((each) => expandGrants(each, NOW).atoms);
  return { closure: reachOf(resources, edges, atoms).closure, atoms, decisions, policy: POLICY, evaluated, own: new Set() };
}

const told = (before: JudgedState, after: JudgedState): readonly string[] =>
  decisionDiff(before, after).flips.map(
    (each) => `${each.isWidening ? "!" : "-"} ${each.channel ?? "itself"} ${each.atom}: ${each.before} -> ${each.after}`,
  );

describe("answers that flip", () => {
  const far = agent(grant("http.fetch", "https://x.example/**", "never"));

  test("none between a state and itself", () => {
    expect(told(state([far, channel], [TALKS]), state([far, channel], [TALKS]))).toEqual([]);
  });

  test("denied to allowed, by each channel, and back", () => {
    const [strict, wide] = [state([far, channel], [TALKS]), state([far, channel], [TALKS], ["x.example"])];
    expect(told(strict, wide)).toEqual([
      "! itself http.fetch get https://x.example/**: denied -> allowed",
      "! Channel/web http.fetch get https://x.example/**: denied -> allowed",
    ]);
    expect(told(wide, strict)).toEqual([
      "- itself http.fetch get https://x.example/**: allowed -> denied",
      "- Channel/web http.fetch get https://x.example/**: allowed -> denied",
    ]);
  });

  test("what moved to another name is compared with itself: its flips are seen, and nothing else", () => {
    const named = (name: string): Resource => ({ ...far, metadata: { name } });
    const routed = make("Channel", "web", { access: { direct: "pairing" }, routing: [{ agent: "b" }] });
    const strict = state([named("a"), channel], [TALKS]);
    const toB: ReachEdge = { ...TALKS, to: "Agent/b" };
    const renames = new Map([["Agent/a", "Agent/b"]] as const);
    const by = (after: JudgedState): readonly string[] =>
      decisionDiff(strict, after, renames).flips.map(
        (each) => `${each.subject} ${each.channel ?? "itself"} ${each.before} -> ${each.after}`,
      );
    expect(by(state([named("b"), routed], [toB]))).toEqual([]);
    expect(by(state([named("b"), routed], [toB], ["x.example"]))).toEqual([
      "Agent/b itself denied -> allowed",
      "Agent/b Channel/web denied -> allowed",
    ]);
    // Without the move it is another agent, which never had the grant.
    const apart = decisionDiff(strict, state([named("b"), routed], [toB], ["x.example"])).flips;
    expect(apart.filter(({ isWidening }) => isWidening).map(({ before }) => before)).toEqual(["none", "none"]);
  });

  test("a new route is news for the channel alone", () => {
    const files = agent(grant("fs.read", "docs/**"));
    expect(told(state([files, channel]), state([files, channel], [TALKS]))).toEqual([
      "! Channel/web fs.read read docs/**: none -> conditional",
    ]);
  });

  test("what another grant covered is no news; what it covered less strictly is", () => {
    const wide = state([agent(grant("fs.read", "**"))]);
    expect(told(wide, state([agent(grant("fs.read", "docs/**"))]))).toEqual(["- itself fs.read read **: conditional -> none"]);
    expect(told(state([agent(grant("fs.read", "docs/**", "never"))]), state([agent(grant("fs.read", "docs/**"))]))).toEqual([
      "- itself fs.read read docs/**: allowed -> none",
      "- itself fs.read read docs/**: allowed -> conditional",
    ]);
  });

  test("denied to allowed stands before what is new, and narrowing last", () => {
    const before = state([agent(grant("http.fetch", "https://x.example/**", "never"), grant("fs.list", "b"))]);
    const after = state([agent(grant("http.fetch", "https://x.example/**", "never"), grant("fs.read", "a"))], [], ["x.example"]);
    expect(told(before, after).map((each) => each.slice(0, 18))).toEqual(
      ["! itself http.fetch", "! itself fs.read re", "- itself fs.list re"].map((each) => each.slice(0, 18)),
    );
  });

  test("lists so many, and counts the rest", () => {
    const many = (count: number): JudgedState => state([agent(...Array.from({ length: count }, (_, i) => grant("fs.read", `f${i}`)))]);
    const at = decisionDiff(state([agent()]), many(LIMITS.flipsShown));
    expect([at.flips.length, at.flipsInAll]).toEqual([LIMITS.flipsShown, LIMITS.flipsShown]);
    const past = decisionDiff(state([agent()]), many(LIMITS.flipsShown + 1));
    expect([past.flips.length, past.flipsInAll, past.wideningsInAll]).toEqual([
      LIMITS.flipsShown,
      LIMITS.flipsShown + 1,
      LIMITS.flipsShown + 1,
    ]);
  });

  test("rules that spoke of nothing, or of everything they were asked about", () => {
    const { rules } = decisionDiff(state([agent()]), state([agent(grant("fs.read", "a"))]));
    const named = new Map(rules.map((each) => [each.rule, each]));
    expect(named.get("approval.required")).toMatchObject({
      before: 0,
      after: 1,
      always: true,
      never: false,
      file: "policies/approval.rego",
    });
    expect(named.get("network.ceiling")).toMatchObject({ before: 0, after: 0, always: false, never: true });
  });
});
