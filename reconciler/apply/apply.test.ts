import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestJson, type Address } from "../../core/index.ts";
import { liveOf } from "../../test/worlds.fixture.ts";
import type { LiveState } from "../diff/index.ts";
import { assemblePlan, type Change, type Plan } from "../plan/index.ts";
import type { Edge } from "../resolve/index.ts";
import { DELETE_BUDGET, orderSteps, overBudget, refusals, type GuardFacts } from "./index.ts";

const NOTHING = digestJson(null);

function planOf(changes: readonly Change[], validUntil: string | null = null): Plan {
  return assemblePlan({
    engine: "0",
    project: "acme",
    environment: "default",
    inputs: { resolved: NOTHING, schema: NOTHING, policy: NOTHING, trust: NOTHING, locks: NOTHING },
    target: { type: "embedded", lineage: null, generation: 0, observed: NOTHING },
    differences: { changes, drift: [], holds: [], noop: 0 },
    judgement: { added: [], removed: [], findings: [], decisions: [], violations: [], validUntil },
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
  });
}

function change(address: Address, action: Change["action"]): Change {
  return { address, action, reason: "declared", reload: "hot", fields: [], after: null };
}

const deletes = (count: number): Change[] => Array.from({ length: count }, (_, i) => change(`Agent/a${i}`, "delete"));
const FACTS: GuardFacts = { isProtected: () => false, adopted: new Map(), isFromFiles: true, now: new Date("2026-06-01T00:00:00Z") };

/** The same plan over a work tree that differs from its commit, for a target of this type. */
function dirtyPlan(type: string): Plan {
  const plan = planOf([]);
  const repository = { ...plan.evidence.repository, commit: "c".repeat(40), dirty: true };
  return { ...plan, body: { ...plan.body, target: { ...plan.body.target, type } }, evidence: { ...plan.evidence, repository } };
}

describe("the delete budget", () => {
  test.each([
    ["hostile input 61: 4 of 10", 4, 10, undefined, ["DELETE_BUDGET"]],
    ["exactly 30 %", 30, 100, undefined, []],
    ["one above 30 %", 31, 100, undefined, ["DELETE_BUDGET"]],
    ["exactly 3", 3, 3, undefined, []],
    ["4 of 4", 4, 4, undefined, ["DELETE_BUDGET"]],
    ["as many as were said", 4, 4, 4, []],
    ["one more than was said", 4, 4, 3, ["DELETE_BUDGET"]],
  ])("%s", (_name, count, owned, allowed, codes) => {
    expect(overBudget(planOf(deletes(count)), owned, DELETE_BUDGET, allowed).map((each) => each.code)).toEqual(codes);
  });

  test("a Project has its own budget", () => {
    expect(overBudget(planOf(deletes(2)), 100, { percent: 1, count: 1 }, undefined)).toHaveLength(1);
    expect(overBudget(planOf(deletes(50)), 60, { percent: 100, count: 3 }, undefined)).toEqual([]);
  });

  test("a replacement counts", () => {
    const changes = deletes(4).map((each) => ({ ...each, action: "replace" as const }));
    expect(overBudget(planOf(changes), 10, DELETE_BUDGET, undefined)).toHaveLength(1);
  });
});

describe("refusals", () => {
  const live = (more: Partial<LiveState>): LiveState => liveOf(null, more);
  const pin = { owner: "acme/default", generation: 3, because: "bad", actor: "ops", at: "2026-01-01T00:00:00.000Z" } as const;
  test.each<[string, Plan, LiveState, Partial<GuardFacts>, readonly string[]]>([
    ["nothing", planOf(deletes(2)), live({}), {}, []],
    ["a pin that refuses it", planOf([]), live({ pin: { ...pin, refused: [NOTHING] } }), {}, ["PINNED"]],
    ["a pin that does not", planOf([]), live({ pin: { ...pin, refused: [digestJson(1)] } }), {}, []],
    ["another owner", planOf([]), live({ foreign: new Map([["Agent/x", "other/default"]]) }), {}, ["ADDRESS_OWNED"]],
    [
      "another owner, taken over",
      planOf([]),
      live({ foreign: new Map([["Agent/x", "other/default"]]) }),
      { adopted: new Map([["Agent/x", "other/default"]]) },
      [],
    ],
    ["protection", planOf(deletes(1)), live({}), { isProtected: (address) => address === "Agent/a0" }, ["PROTECTED"]],
    ["protection of what only changes", planOf([change("Agent/a", "update")]), live({}), { isProtected: () => true }, []],
    ["valid one millisecond more", planOf([], "2026-06-01T00:00:00.001Z"), live({}), {}, []],
    ["valid until now", planOf([], "2026-06-01T00:00:00.000Z"), live({}), {}, ["PLAN_STALE"]],
    ["a dirty work tree, applied here", dirtyPlan("embedded"), live({}), {}, []],
    ["a dirty work tree, applied elsewhere", dirtyPlan("openclaw"), live({}), {}, ["DIRTY_REMOTE"]],
    ["a dirty work tree beside a rollback elsewhere", dirtyPlan("openclaw"), live({}), { isFromFiles: false }, []],
  ])("%s", (_name, plan, state, facts, codes) => {
    expect(refusals(plan, state, { ...FACTS, ...facts }).map((each) => each.code)).toEqual(codes);
  });
});

describe("orderSteps", () => {
  const uses = (from: Address, to: Address): Edge => ({ from, to, reach: "uses" });
  const order = (changes: readonly Change[], desired: readonly Edge[], recorded: readonly Edge[]): Address[] =>
    orderSteps({ plan: planOf(changes), rows: new Map(), desired, recorded }).map((step) => step.address);

  test("dependencies come first, dependents go first, an update lets go before the delete", () => {
    expect(order([change("A/x", "create"), change("B/y", "create")], [uses("A/x", "B/y")], [])).toEqual(["B/y", "A/x"]);
    expect(order([change("A/x", "delete"), change("B/y", "delete")], [], [uses("B/y", "A/x")])).toEqual(["B/y", "A/x"]);
    expect(order([change("A/x", "delete"), change("B/y", "update")], [], [uses("B/y", "A/x")])).toEqual(["B/y", "A/x"]);
  });

  test("a circle of agents that call each other is cut, and every step still comes once", () => {
    const calls = (from: Address, to: Address): Edge => ({ from, to, reach: "calls" });
    expect(order([change("A/x", "create"), change("A/y", "create")], [calls("A/x", "A/y"), calls("A/y", "A/x")], [])).toEqual([
      "A/y",
      "A/x",
    ]);
  });

  test("for any graph: every step once, each after what it needs", () => {
    const address = fc.integer({ min: 0, max: 12 }).map((i): Address => `A/n${i}`);
    const edges = fc.array(fc.tuple(address, address).map(([from, to]) => uses(from, to)));
    const changes = fc.uniqueArray(fc.tuple(address, fc.constantFrom("create", "update", "delete")), { selector: ([a]) => a });
    fc.assert(
      fc.property(changes, edges, edges, (picked, desired, recorded) => {
        const steps = orderSteps({
          plan: planOf(picked.map(([a, action]) => change(a, action as Change["action"]))),
          rows: new Map(),
          desired,
          recorded,
        });
        expect(steps.map((step) => step.address).sort()).toEqual(picked.map(([a]) => a).sort());
        const seen = new Set<Address>();
        for (const step of steps) {
          expect(step.needs.every((need) => seen.has(need))).toBe(true);
          seen.add(step.address);
        }
      }),
    );
  });

  test("the key of a step is that of its plan and address", () => {
    const [one] = orderSteps({ plan: planOf(deletes(1)), rows: new Map(), desired: [], recorded: [] });
    const [two] = orderSteps({ plan: planOf(deletes(2)), rows: new Map(), desired: [], recorded: [] });
    expect(one?.key).not.toBe(two?.key);
    expect(one?.digest).toBeNull();
  });
});
