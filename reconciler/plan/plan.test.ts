import { describe, expect, test } from "vitest";
import { digestJson, type Json } from "../../core/index.ts";
import { comparePlans, effectOf, hasEffect, readPlan, writePlan, assemblePlan, type Plan, type PlanParts } from "./index.ts";

const NOTHING = digestJson(null);

const PARTS: PlanParts = {
  engine: "0.1.0",
  project: "acme",
  environment: "default",
  inputs: { resolved: NOTHING, schema: NOTHING, policy: NOTHING, trust: NOTHING, locks: NOTHING },
  target: { type: "embedded", lineage: null, generation: 0, observed: NOTHING },
  differences: { changes: [], drift: [], holds: [], noop: 3 },
  judgement: { added: [], removed: [], findings: [], decisions: [], violations: [], validUntil: null },
  inert: new Map(),
  warnings: [],
  opensAt: null,
  evidence: {
    repository: { commit: null, tree: null, ref: null, dirty: false },
    signer: null,
    positions: [],
    edits: [],
    holds: [],
    pin: null,
    ledgerHead: null,
    owner: "acme/default",
  },
};

const CHANGE = { address: "Agent/a", action: "delete", reason: "not-declared", reload: "session", fields: [], after: null } as const;
const DRIFT = { address: "Agent/b", class: "neutral", fields: [] } as const;
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const codeOf = (result: ReturnType<typeof readPlan>): string => (result.ok ? "ok" : (result.diagnostics[0]?.code ?? "none"));

function planWith(more: Partial<PlanParts>): Plan {
  return assemblePlan({ ...PARTS, ...more });
}

describe("the plan value", () => {
  test("evidence is no part of the digest, everything else is", () => {
    const evidence = { ...PARTS.evidence, repository: { commit: "c".repeat(40), tree: null, ref: "refs/heads/main", dirty: true } };
    expect(planWith({ evidence }).digest).toBe(planWith({}).digest);
    expect(planWith({ engine: "0.2.0" }).digest).not.toBe(planWith({}).digest);
  });

  test("an unrelated input leaves the effect as it is; a change does not", () => {
    const merged = planWith({ inputs: { ...PARTS.inputs, resolved: digestJson(1) }, target: { ...PARTS.target, generation: 7 } });
    expect(merged.effect).toBe(planWith({}).effect);
    expect(merged.digest).not.toBe(planWith({}).digest);
    expect(planWith({ differences: { ...PARTS.differences, changes: [CHANGE] } }).effect).not.toBe(planWith({}).effect);
  });

  test("kept drift is no effect, corrected drift is", () => {
    const effect = (action: "correct" | "report"): boolean =>
      hasEffect(planWith({ differences: { ...PARTS.differences, drift: [{ ...DRIFT, action }] } }).body);
    expect([effect("correct"), effect("report"), hasEffect(planWith({}).body)]).toEqual([true, false, false]);
  });

  test("is valid until the first declared instant that flips something", () => {
    const hold = { id: "h", selector: "*", denied: "all", reason: "r", until: "2026-02-01T00:00:00.000Z" } as const;
    const judgement = { ...PARTS.judgement, validUntil: "2026-03-01T00:00:00.000Z" };
    expect(planWith({ judgement, differences: { ...PARTS.differences, holds: [hold] } }).body.validUntil).toBe("2026-02-01T00:00:00.000Z");
  });
});

describe("a plan file", () => {
  const plan = planWith({ differences: { changes: [CHANGE], drift: [], holds: [], noop: 2 } });

  test("reads back as what was written", () => {
    const read = readPlan(new TextEncoder().encode(writePlan(plan)), "plan.json");
    expect(read.ok && read.value).toEqual(plan);
  });

  test("changed evidence is read; it is made again anyway", () => {
    expect(codeOf(readPlan(bytes({ ...plan, evidence: { ...plan.evidence, signer: "x" } }), "p"))).toBe("ok");
  });

  test.each<[string, unknown, string]>([
    ["hostile input 47: a changed body", { ...plan, body: { ...plan.body, environment: "prod" } }, "PLAN_FILE_INVALID"],
    ["hostile input 47: a changed digest", { ...plan, digest: NOTHING }, "PLAN_FILE_INVALID"],
    ["hostile input 47: a changed effect", { ...plan, effect: NOTHING }, "PLAN_FILE_INVALID"],
    ["hostile input 50: a newer format", { ...plan, formatVersion: "2.0" }, "PLAN_VERSION"],
    ["a newer minor format", { ...plan, formatVersion: "1.7", note: "later" }, "ok"],
    ["another kind of file", { kind: "Backup" }, "PLAN_FILE_INVALID"],
    ["a body without its parts", { ...plan, body: {}, digest: digestJson({}) }, "PLAN_FILE_INVALID"],
    ["no JSON object", [1], "PLAN_FILE_INVALID"],
  ])("%s", (_name, value, code) => {
    expect(codeOf(readPlan(bytes(value), "plan.json"))).toBe(code);
  });

  test("hostile input 47: cut short anywhere", () => {
    const text = writePlan(plan);
    for (let end = 0; end < text.length - 1; end += 37) {
      expect(codeOf(readPlan(new TextEncoder().encode(text.slice(0, end)), "p"))).toBe("PLAN_FILE_INVALID");
    }
  });

  test("hostile input 47: any single byte of the body changed is refused", () => {
    const text = writePlan(plan);
    const [from, to] = [text.indexOf('"body"'), text.indexOf('"evidence"')];
    for (let at = from; at < to; at += 11) {
      const changed = `${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`;
      const read = readPlan(new TextEncoder().encode(changed), "p");
      // White space between tokens is the one place where a byte may change into nothing that counts.
      if (read.ok) expect(digestJson(read.value.body as unknown as Json)).toBe(plan.digest);
      else expect(codeOf(read)).toBe("PLAN_FILE_INVALID");
    }
  });

  test("comparing names what moved", () => {
    const moved = planWith({ environment: "prod", inputs: { ...PARTS.inputs, policy: digestJson(1) } });
    const result = comparePlans(planWith({}), moved);
    expect(result.ok || result.diagnostics[0]?.detail).toMatch(/environment \(default -> prod\); policies \(/);
    expect(comparePlans(moved, moved).ok).toBe(true);
  });

  test("another selection is named as what it is", () => {
    const selected = planWith({ warnings: [{ code: "SELECTED", address: null, message: "only part: Agent/a" }] });
    const result = comparePlans(planWith({}), selected);
    expect(result.ok || result.diagnostics[0]?.detail).toContain("--target");
  });

  test("the effect of a file is that of its body", () => {
    expect(effectOf(plan.body)).toBe(plan.effect);
  });
});
