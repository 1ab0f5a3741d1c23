import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, Resource } from "../../core/index.ts";
import { SILENT } from "./answer.ts";
import { inForce, judge, judgeOf, judgePlan, loadBuiltinPolicy, together, type Answer, type PlanJudgement, type Policy } from "./index.ts";
import { subjectOf } from "./subject.ts";

const builtin = loadBuiltinPolicy();
if (!builtin.ok) throw new Error("the built-in bundle does not load");
const POLICY = builtin.value;
const NOW = "2026-01-01T00:00:00.000Z";

const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const project = (exceptions: JsonObject | null): Resource =>
  make("Project", "acme", exceptions === null ? {} : { policies: { exceptions } });
const WRITER = make("Agent", "a", {
  sandbox: { workspaceAccess: "read" },
  capabilities: [{ tool: "fs.write", permissions: [{ action: "write", resource: "docs/**" }], constraints: { approval: "always" } }],
});
const exception = (more: JsonObject = {}, name = "e"): Resource =>
  make("PolicyException", name, {
    rule: "workspace.mode",
    owner: "ada",
    reason: "The pilot needs it.",
    scope: { resources: ["Agent/a"] },
    expiresAt: "2026-02-01T00:00:00Z",
    ...more,
  });

function judged(exceptions: readonly Resource[], allowed: JsonObject | null = { allow: true }, now = NOW): PlanJudgement {
  const resources = [WRITER, ...exceptions];
  return judgePlan({ policy: POLICY, project: project(allowed), environment: "default", resources, before: new Map(), edges: [], now });
}
const codes = ({ invalid, denied }: PlanJudgement): readonly string[] => [...invalid, ...denied].map((each) => each.code);
const remarks = ({ warnings }: PlanJudgement): readonly string[] => warnings.map((each) => `${each.code} ${each.message}`);

describe("an exception", () => {
  test("lifts a denial while it is in force, and every plan says so", () => {
    const found = judged([exception()]);
    expect(codes(found)).toEqual([]);
    expect(found.violations).toMatchObject([{ rule: "workspace.mode", level: "audit", exception: "PolicyException/e" }]);
    expect(found.decisions.find((each) => each.entry === "grant")).toMatchObject({
      answer: "conditional",
      rules: ["approval.required", "workspace.mode"],
      exceptions: ["PolicyException/e"],
    });
    expect(remarks(found)).toEqual([
      "POLICY_EXCEPTION_USED An exception lifts one denial by workspace.mode until 2026-02-01T00:00:00Z: The pilot needs it. (ada)",
    ]);
    expect(found.validUntil).toBe("2026-02-01T00:00:00.000Z");
  });

  test("is dead the second it expires", () => {
    expect(codes(judged([exception()], { allow: true }, "2026-01-31T23:59:59.999Z"))).toEqual([]);
    const over = judged([exception()], { allow: true }, "2026-02-01T00:00:00.000Z");
    expect(codes(over)).toEqual(["POLICY_DENIED"]);
    expect(remarks(over)).toEqual([
      "POLICY_EXCEPTION_EXPIRED The exception from workspace.mode ended at 2026-02-01T00:00:00Z and lifts nothing. Remove it.",
    ]);
    expect(over.validUntil).toBeNull();
  });

  test.each<[string, JsonObject]>([
    ["another resource", { scope: { resources: ["Agent/b"] } }],
    ["another tool", { scope: { resources: ["Agent/a"], tools: ["fs.edit"] } }],
    ["another rule", { rule: "workspace.outside" }],
  ])("in whose scope nothing is denied lifts nothing, and is pointed out: %s", (_name, more) => {
    const found = judged([exception(more)]);
    expect(codes(found)).toEqual(["POLICY_DENIED"]);
    expect(remarks(found)[0]).toContain("POLICY_EXCEPTION_UNUSED");
  });

  test("for another environment lifts nothing here, and is nobody's business", () => {
    const found = judged([exception({ scope: { resources: ["Agent/a"], environments: ["prod"] } })]);
    expect([codes(found), remarks(found), found.validUntil]).toEqual([["POLICY_DENIED"], [], null]);
  });

  test.each<[string, JsonObject]>([
    ["the tool", { resources: ["*/*"], tools: ["fs.write"] }],
    ["any resource", { resources: ["*/*"] }],
    ["this environment", { resources: ["Agent/a*"], environments: ["default"] }],
  ])("whose scope fits lifts: %s", (_name, scope) => {
    expect(codes(judged([exception({ scope })]))).toEqual([]);
  });

  test.each<[string, JsonObject | null, readonly string[]]>([
    ["nothing is said", null, ["POLICY_EXCEPTION_OFF", "POLICY_DENIED"]],
    ["false", { allow: false }, ["POLICY_EXCEPTION_OFF", "POLICY_DENIED"]],
    ["another rule", { allow: ["network.ceiling"] }, ["POLICY_EXCEPTION_OFF", "POLICY_DENIED"]],
    ["the rule", { allow: ["workspace.mode"] }, []],
    ["its policy", { allow: ["workspace"] }, []],
    ["31 days", { allow: true, maxDays: 31 }, []],
    ["30 days", { allow: true, maxDays: 30 }, ["POLICY_EXCEPTION_LONG", "POLICY_DENIED"]],
  ])("counts only where the Project allows it: %s", (_name, allowed, expected) => {
    expect(codes(judged([exception()], allowed))).toEqual(expected);
  });

  test("that is too long counts from the instant on from which it is not: a plan is good until then", () => {
    const { validUntil } = judged([exception()], { allow: true, maxDays: 30 });
    expect(validUntil).toBe("2026-01-02T00:00:00.000Z");
    expect(codes(judged([exception()], { allow: true, maxDays: 30 }, validUntil ?? ""))).toEqual([]);
  });

  test.each<[string, JsonObject, string]>([
    ["an unknown rule", { rule: "workspace.mood" }, "POLICY_RULE_UNKNOWN"],
    ["what only warns", { rule: "budget.missing" }, "POLICY_EXCEPTION_RULE"],
    ["an obligation", { rule: "approval.required" }, "POLICY_EXCEPTION_RULE"],
    ["a call that no grant covers", { rule: "default-deny.ungranted" }, "POLICY_EXCEPTION_RULE"],
    ["a grant that has expired", { rule: "expiry.expired" }, "POLICY_EXCEPTION_RULE"],
    ["policies that cannot answer", { rule: "policy.broken" }, "POLICY_EXCEPTION_RULE"],
    ["a rule of another policy than it names", { policy: "egress" }, "POLICY_EXCEPTION_RULE"],
  ])("from %s makes no sense", (_name, more, code) => {
    expect(codes(judged([exception(more)]))[0]).toBe(code);
  });

  test("of several that fit the first is used, and the others are not", () => {
    const found = judged([exception({}, "b"), exception({}, "a")]);
    expect(found.violations).toMatchObject([{ exception: "PolicyException/a" }]);
    expect(remarks(found).map((each) => each.split(" ")[0])).toEqual(["POLICY_EXCEPTION_USED", "POLICY_EXCEPTION_UNUSED"]);
  });
});

describe("what nobody is asked about", () => {
  const unasked = (tool: string, action: string, resource: string): Resource =>
    make("Agent", "a", { capabilities: [{ tool, permissions: [{ action, resource }], constraints: { approval: "never" } }] });
  const of = (agent: Resource, ...more: readonly Resource[]): readonly string[] =>
    codes(
      judgePlan({
        policy: POLICY,
        project: project({ allow: ["approval.mutating"] }),
        environment: "default",
        resources: [agent, ...more],
        before: new Map(),
        edges: [],
        now: NOW,
      }),
    );

  test("reading may be granted so, changing something needs an exception", () => {
    expect(of(unasked("fs.read", "read", "docs/**"))).toEqual([]);
    expect(of(unasked("fs.write", "write", "docs/**"))).toEqual(["POLICY_DENIED"]);
    expect(of(unasked("fs.write", "write", "docs/**"), exception({ rule: "approval.mutating" }))).toEqual([]);
  });
});

describe("adding a policy only narrows", () => {
  const finding = fc.record({
    rule: fc.constantFrom("own.one", "own.two", "other.one"),
    message: fc.constant("m"),
    path: fc.constant(null),
  });
  const answer: fc.Arbitrary<Answer> = fc.record({
    deny: fc.array(finding, { maxLength: 2 }),
    warn: fc.array(finding, { maxLength: 2 }),
    oblige: fc.array(finding, { maxLength: 2 }),
    broken: fc.constant(null),
  });
  const level = fc.constantFrom("enforce", "warn", "audit", "off");
  const RANK = { allowed: 0, conditional: 1, denied: 2 };
  const saying = (said: Answer): Policy => ({ ...POLICY, evaluate: () => said });

  test("whatever it says, and at whatever level", () => {
    const shipped = answer.map((each) => {
      const renamed = (list: Answer["deny"]): Answer["deny"] => list.map((one) => ({ ...one, rule: one.rule.replace(/^\w+/, "shipped") }));
      return { ...each, deny: renamed(each.deny), warn: renamed(each.warn), oblige: renamed(each.oblige) };
    });
    fc.assert(
      fc.property(shipped, answer, fc.dictionary(fc.constantFrom("own", "other", "own.one"), level), (ours, theirs, levels) => {
        const alone = judge(saying(ours).evaluate("grant", {}), levels);
        const both = judge(together(saying(ours), saying(theirs)).evaluate("grant", {}), levels);
        return RANK[both.answer] >= RANK[alone.answer];
      }),
    );
  });

  test("a silent policy changes nothing", () => {
    expect(together(POLICY, saying(SILENT)).evaluate("grant", {})).toBe(POLICY.evaluate("grant", {}));
  });

  test("one that cannot answer denies, whatever the others, scopes and exceptions say", () => {
    const part = inForce({ policy: POLICY, project: project({ allow: true }), policies: [], exceptions: [] }, "default", NOW);
    const broken: Answer = { ...SILENT, deny: [{ rule: "policy.broken", message: "m", path: null }] };
    const scoped = {
      ...part,
      levels: { policy: "off" as const },
      applies: new Map([["x", { resources: [], labels: [], isElsewhere: true }]]),
    };
    expect(judgeOf(scoped)(broken, subjectOf(WRITER, null)).answer).toBe("denied");
  });
});
