import { describe, expect, test } from "vitest";
import type { Resource, Result } from "../../core/index.ts";
import { brokenAnswer, SILENT } from "./answer.ts";
import { denyAll, judge, loadBuiltinPolicy, projectPolicy, rulesOf } from "./index.ts";
import { BROKEN_RULE, type Answer, type Finding, type Levels } from "./types.ts";

const finding = (rule: string): Finding => ({ rule, message: `${rule} speaks`, path: null });
const answer = (parts: Partial<Answer>): Answer => ({ ...SILENT, ...parts });

const NETWORK = answer({ deny: [finding("network.ceiling")] });
const APPROVAL = answer({ oblige: [finding("approval.required")] });
const NEVER = answer({ warn: [finding("approval.never")] });

describe("judge applies the levels of the Project", () => {
  test.each<[string, Answer, Levels, string, readonly string[], readonly string[], readonly string[]]>([
    ["silence", SILENT, {}, "allowed", [], [], []],
    ["a denial", NETWORK, {}, "denied", ["network.ceiling"], [], []],
    ["lowered to warn", NETWORK, { "network.ceiling": "warn" }, "allowed", [], ["network.ceiling warn"], []],
    ["lowered to audit", NETWORK, { "network.ceiling": "audit" }, "allowed", [], ["network.ceiling audit"], []],
    ["switched off", NETWORK, { "network.ceiling": "off" }, "allowed", [], [], []],
    ["lowered with its policy", NETWORK, { network: "warn" }, "allowed", [], ["network.ceiling warn"], []],
    [
      "its own level wins over its policy's",
      NETWORK,
      { network: "off", "network.ceiling": "enforce" },
      "denied",
      ["network.ceiling"],
      [],
      [],
    ],
    ["another rule's level does not matter", NETWORK, { "network.other": "off", networks: "off" }, "denied", ["network.ceiling"], [], []],
    ["nor does what every object inherits", answer({ deny: [finding("constructor.x")] }), {}, "denied", ["constructor.x"], [], []],
    ["a warning", NEVER, {}, "allowed", [], ["approval.never warn"], []],
    ["a warning raised", NEVER, { "approval.never": "enforce" }, "denied", ["approval.never"], [], []],
    ["an obligation", APPROVAL, {}, "conditional", [], [], ["approval.required"]],
    ["an obligation lowered", APPROVAL, { "approval.required": "warn" }, "allowed", [], ["approval.required warn"], []],
    ["an obligation switched off", APPROVAL, { approval: "off" }, "allowed", [], [], []],
    [
      "a denial beside an obligation",
      { ...NETWORK, oblige: APPROVAL.oblige },
      {},
      "denied",
      ["network.ceiling"],
      [],
      ["approval.required"],
    ],
  ])("%s", (_name, said, levels, result, violations, warnings, obligations) => {
    const verdict = judge(said, levels);
    expect(verdict.answer).toBe(result);
    expect(verdict.violations.map((each) => each.rule)).toEqual(violations);
    expect(verdict.warnings.map((each) => `${each.rule} ${each.level}`)).toEqual(warnings);
    expect(verdict.obligations).toEqual(obligations);
    expect(new Set(rulesOf(verdict))).toEqual(new Set([...violations, ...warnings.map((each) => each.split(" ")[0]), ...obligations]));
  });

  test("no level lowers a policy that cannot answer", () => {
    expect(judge(brokenAnswer("it stopped"), { policy: "off", [BROKEN_RULE]: "off" }).answer).toBe("denied");
  });
});

describe("what a Project says about policy", () => {
  const builtin = loadBuiltinPolicy();
  if (!builtin.ok) throw new Error("the built-in bundle does not load");
  const project = (policies: Resource["spec"] | undefined): Resource => ({
    apiVersion: "moltbot.dev/v1alpha1",
    kind: "Project",
    metadata: { name: "acme" },
    spec: policies === undefined ? {} : { policies },
  });
  const problems = (result: Result<unknown>): readonly string[] =>
    result.ok ? [] : result.diagnostics.map((each) => `${each.code} ${String(each.context["pointer"])}`);

  test.each([
    ["nothing", undefined, ["localhost", "127.0.0.1", "[::1]"]],
    ["a ceiling", { network: { ceiling: ["API.example.com", "10.0.0.1"] } }, ["api.example.com", "10.0.0.1"]],
    ["an empty ceiling", { network: { ceiling: [] } }, []],
  ])("ceiling: %s", (_name, policies, hosts) => {
    const read = projectPolicy(project(policies), builtin.value);
    expect(read.ok && read.value.ceiling.hosts.map((host) => ("text" in host ? host.text : host.kind))).toEqual(hosts);
  });

  test("levels by rule and by policy", () => {
    const rules = { "network.ceiling": "warn", passthrough: "audit" };
    expect(projectPolicy(project({ rules }), builtin.value)).toMatchObject({ ok: true, value: { levels: rules } });
  });

  test.each<[string, Resource["spec"], readonly string[]]>([
    ["a rule that is none", { rules: { "network.celing": "warn" } }, ["POLICY_RULE_UNKNOWN /spec/policies/rules/network.celing"]],
    ["a policy that is none", { rules: { egress: "off" } }, ["POLICY_RULE_UNKNOWN /spec/policies/rules/egress"]],
    ["the rule that cannot be lowered", { rules: { "policy.broken": "off" } }, ["POLICY_RULE_UNKNOWN /spec/policies/rules/policy.broken"]],
    ["a level that is none", { rules: { "network.ceiling": "ignore" } }, ["POLICY_RULE_UNKNOWN /spec/policies/rules/network.ceiling"]],
    ["what every object inherits", { rules: { constructor: "off" } }, ["POLICY_RULE_UNKNOWN /spec/policies/rules/constructor"]],
    [
      "a host that is none, at its place",
      { network: { ceiling: ["good.example", "127.1", 7] } },
      ["CAPABILITY_RESOURCE /spec/policies/network/ceiling/1", "CAPABILITY_RESOURCE /spec/policies/network/ceiling/2"],
    ],
  ])("refused: %s", (_name, policies, expected) => {
    expect(problems(projectPolicy(project(policies), builtin.value))).toEqual(expected);
  });

  test("a misspelt rule gets a suggestion; without a bundle no rule is blamed", () => {
    const misspelt = project({ rules: { "network.celing": "warn" } });
    expect(projectPolicy(misspelt, builtin.value)).toMatchObject({ diagnostics: [{ remedy: 'Did you mean "network.ceiling"?' }] });
    expect(projectPolicy(misspelt, denyAll([])).ok).toBe(true);
  });
});
