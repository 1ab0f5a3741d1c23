import { describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { dutyOf } from "./decide.ts";
import { agent, codesOf, gateState, offered, project, PROVIDER, resource, runOf, valueOf, type GateState } from "./gate.fixture.ts";
import { newRates } from "./rates.ts";

async function calls(of: GateState, tool: string, count: number, args: (i: number) => object, run = runOf()): Promise<readonly string[]> {
  const codes: string[] = [];
  for (let i = 0; i < count; i++) {
    const result = await of.gate.execute(offered(of, tool, run), args(i) as never, run);
    codes.push(codesOf(result)[0] ?? "done");
  }
  return codes;
}

const TIME = { tool: "time", action: "call" };
const each = (i: number): object => ({ action: "call", i });

describe("conditions of a grant", () => {
  test("a rate holds for any stretch of its length", async () => {
    const of = gateState({
      resources: [project(), PROVIDER, agent("a", [{ ...TIME, constraints: { approval: "never", rate: "2/min" } }])],
      tools: [{ name: "time" }],
    });
    expect(await calls(of, "time", 3, each)).toEqual(["done", "done", "CALL_RATE"]);
    of.clock.add(59_999);
    expect(await calls(of, "time", 1, each)).toEqual(["CALL_RATE"]);
    of.clock.add(1);
    expect(await calls(of, "time", 3, each)).toEqual(["done", "done", "CALL_RATE"]);
  });

  test("a number of calls holds for the session, also after a restart, and for that session alone", async () => {
    const of = gateState({
      resources: [project(), PROVIDER, agent("a", [{ ...TIME, constraints: { approval: "never", maxCalls: 2 } }])],
      tools: [{ name: "time" }],
    });
    expect(await calls(of, "time", 3, each)).toEqual(["done", "done", "CALL_RATE"]);
    expect(await calls({ ...of, gate: of.restarted() }, "time", 1, each)).toEqual(["CALL_RATE"]);
    expect(await calls(of, "time", 1, each, runOf({ session: "0ther5e551on" }))).toEqual(["done"]);
  });

  test("a call that is too large is refused", async () => {
    const of = gateState({
      resources: [project(), PROVIDER, agent("a", [{ ...TIME, constraints: { approval: "never", maxRequestBytes: "20KiB" } }])],
      tools: [{ name: "time" }],
    });
    expect(await calls(of, "time", 1, () => ({ action: "call", text: "x".repeat(20 * 1024) }))).toEqual(["CALL_TOO_LARGE"]);
    expect(await calls(of, "time", 1, () => ({ action: "call", text: "x".repeat(19 * 1024) }))).toEqual(["done"]);
    expect(await calls(of, "time", 1, () => ({ action: "call", text: "x".repeat(LIMITS.callBytes) }))).toEqual(["CALL_TOO_LARGE"]);
  });

  test("a call that takes too long is ended", async () => {
    let wasAborted = false;
    const of = gateState({
      resources: [project(), PROVIDER, agent("a", [{ ...TIME, constraints: { approval: "never", timeout: "50ms" } }])],
      tools: [
        {
          name: "time",
          run: (_, __, signal) =>
            new Promise(() => {
              signal.addEventListener("abort", () => (wasAborted = true));
            }),
        },
      ],
    });
    expect(await calls(of, "time", 1, each)).toEqual(["TOOL_TIMEOUT"]);
    expect(wasAborted).toBe(true);
    expect(of.events.map(({ kind }) => kind)).toEqual(["tool.called", "tool.failed"]);
  });

  test("of several grants the one that asks nobody is taken, and the next when it is used up", async () => {
    const of = gateState({
      resources: [
        project(),
        PROVIDER,
        agent("a", [
          { ...TIME, name: "asked", constraints: { approval: "always" } },
          { ...TIME, name: "free", constraints: { approval: "never", maxCalls: 1 } },
        ]),
      ],
      tools: [{ name: "time" }],
    });
    expect(await calls(of, "time", 1, each)).toEqual(["done"]);
    const run = runOf();
    void of.gate.execute(offered(of, "time", run), {}, run);
    expect(valueOf(of.gate.approvals.list())).toMatchObject([{ grant: "asked" }]);
  });

  test("a condition that means nothing here voids its grant", () => {
    const of = gateState({
      resources: [
        project(),
        PROVIDER,
        agent("a", [
          { ...TIME, name: "a", constraints: { approval: "sometimes" } },
          { ...TIME, name: "b", constraints: { approval: "never", rate: "often" } },
          { ...TIME, name: "c", constraints: { approval: "never", colour: "red" } },
        ]),
      ],
      tools: [{ name: "time" }],
    });
    expect(valueOf(of.gate.offer(runOf()))).toEqual([]);
  });
});

describe("budgets of an agent", () => {
  const bounded = (budgets: object, more: object = {}): GateState =>
    gateState({
      resources: [
        project(),
        PROVIDER,
        agent("a", [TIME, { tool: "agent:b", action: "call" }], { budgets, ...more } as never),
        agent("b", []),
      ],
      tools: [{ name: "time" }, { name: "agent:b", type: "name" }],
    });

  test("the same call in a row ends", async () => {
    expect(await calls(bounded({ repeatedToolCalls: 2 }), "time", 4, () => ({}))).toEqual(["done", "done", "CALL_LOOP", "CALL_LOOP"]);
    expect(await calls(bounded({ repeatedToolCalls: 2 }), "time", 4, (i) => each(i % 2))).toEqual(["done", "done", "done", "done"]);
    const codes = await calls(bounded({}), "time", LIMITS.repeatedToolCalls + 1, () => ({}));
    expect(codes.indexOf("CALL_LOOP")).toBe(LIMITS.repeatedToolCalls);
  });

  test("so many tools are called in a session", async () => {
    expect(await calls(bounded({ toolCallsPerSession: 2 }), "time", 3, each)).toEqual(["done", "done", "CALL_RATE"]);
  });

  test("calls of agents nest as deep as every agent on the way allows", async () => {
    const of = bounded({}, { delegation: { maxDepth: 2 } });
    const args = (i: number): object => ({ action: "call", on: "b", i });
    expect(await calls(of, "agent:b", 1, args, runOf({ callers: ["b"] }))).toEqual(["done"]);
    expect(await calls(of, "agent:b", 1, args, runOf({ callers: ["b", "b"] }))).toEqual(["CALL_DEPTH"]);
  });
});

describe("what models cost", () => {
  const PRICED = resource("ModelProvider", "p", {
    type: "anthropic",
    models: [{ name: "m", prices: { currency: "EUR", input: 2, output: 10 } }, { name: "unpriced" }],
  });
  const USED = { provider: "p", model: "m", inputTokens: 500_000, outputTokens: 100_000 };
  const M = { provider: "p", model: "m" };
  const of = (budgets: object): GateState => gateState({ resources: [project(), PRICED, agent("a", [], { budgets } as never)] });

  test("is counted by price, and ends the day, also after a restart", () => {
    const state = of({ costPerDay: 3 });
    expect(codesOf(state.gate.budgets.mayAsk(runOf(), M))).toEqual([]);
    expect(valueOf(state.gate.budgets.spent(runOf(), USED))).toEqual({ currency: "EUR", amount: 2 });
    expect(codesOf(state.gate.budgets.mayAsk(runOf(), M))).toEqual([]);
    const cost = { owner: runOf().owner, agent: "a", budget: "costPerDay", limit: 3 };
    expect(state.gate.budgets.today(10)).toEqual([{ ...cost, used: 2 }]);
    expect(state.gate.budgets.today(0)).toEqual([]);
    valueOf(state.gate.budgets.spent(runOf(), USED));
    expect(state.gate.budgets.today(10)).toEqual([{ ...cost, used: 4 }]);
    expect(codesOf(state.gate.budgets.mayAsk(runOf(), M))).toEqual(["BUDGET_SPENT"]);
    const next = state.restarted();
    expect(codesOf(next.budgets.begin(runOf({ id: "2".repeat(32) })))).toEqual(["BUDGET_SPENT"]);
    state.clock.set("2026-03-02T00:00:00.000Z");
    expect(codesOf(next.budgets.begin(runOf({ id: "2".repeat(32) })))).toEqual([]);
  });

  test.each<readonly [string, object, readonly string[]]>([
    ["tokens of a day", { tokensPerDay: 600_000 }, ["BUDGET_SPENT"]],
    ["one more token of a day", { tokensPerDay: 600_001 }, []],
    ["tokens of a conversation", { tokensPerSession: 600_000 }, ["BUDGET_SPENT"]],
    ["money for a message", { costPerMessage: 2 }, ["BUDGET_SPENT"]],
    ["steps for a message", { stepsPerMessage: 1 }, ["BUDGET_SPENT"]],
    ["nothing bounded", {}, []],
  ])("%s", (_, budgets, codes) => {
    const state = of(budgets);
    expect(codesOf(state.gate.budgets.mayAsk(runOf(), M))).toEqual([]);
    valueOf(state.gate.budgets.spent(runOf(), USED));
    expect(codesOf(state.gate.budgets.mayAsk(runOf(), M))).toEqual(codes);
  });

  test("an unknown price is not zero", () => {
    const state = of({ costPerDay: 3 });
    expect(codesOf(state.gate.budgets.mayAsk(runOf(), { provider: "p", model: "unpriced" }))).toEqual(["PRICE_UNKNOWN"]);
    expect(codesOf(of({ tokensPerDay: 3 }).gate.budgets.mayAsk(runOf(), { provider: "p", model: "unpriced" }))).toEqual([]);
    expect(valueOf(state.gate.budgets.spent(runOf(), { ...USED, model: "unpriced" }))).toBe(null);
  });

  test("a provider that does not say what it used ends the day of a bounded agent", () => {
    const state = of({ tokensPerDay: 1_000_000_000 });
    valueOf(state.gate.budgets.spent(runOf(), { ...USED, outputTokens: null }));
    expect(codesOf(state.gate.budgets.mayAsk(runOf({ id: "3".repeat(32) }), M))).toEqual(["BUDGET_SPENT"]);
    const free = of({});
    valueOf(free.gate.budgets.spent(runOf(), { ...USED, outputTokens: null }));
    expect(codesOf(free.gate.budgets.mayAsk(runOf(), M))).toEqual([]);
  });

  test("so many sessions run at once", () => {
    const state = of({ concurrentSessions: 1 });
    const first = valueOf(state.gate.budgets.begin(runOf()));
    expect(codesOf(state.gate.budgets.begin(runOf({ session: "0ther5e551on" })))).toEqual(["BUDGET_SPENT"]);
    first.end();
    expect(codesOf(state.gate.budgets.begin(runOf({ session: "0ther5e551on" })))).toEqual([]);
  });
});

test("obligations ask more than a grant, never less", () => {
  const of = (approval: "always" | "once" | "never", ...rules: readonly string[]) => dutyOf({ constraints: { approval } as never }, rules);
  expect(of("never")).toEqual({ mode: "never", role: "operator" });
  expect(of("never", "approval.session")).toEqual({ mode: "once", role: "operator" });
  expect(of("always", "approval.session")).toEqual({ mode: "always", role: "operator" });
  expect(of("once", "mine.ask")).toEqual({ mode: "always", role: "operator" });
  expect(of("never", "mine.approve-owner", "mine.approve-editor")).toEqual({ mode: "always", role: "owner" });
  expect(of("never", "mine.approve-viewer")).toEqual({ mode: "always", role: "operator" });
});

test("a frequent rate is counted in slices, and never passed", () => {
  const rates = newRates(10);
  const rate = { count: 5_000, perMs: 1_000 };
  let taken = 0;
  for (let now = 0; now < 1_000; now += 0.05) {
    if (!rates.has("k", rate, now)) continue;
    rates.take("k", rate, now);
    taken++;
  }
  expect(taken).toBe(5_000);
  expect(rates.has("k", rate, 1_001)).toBe(false);
  expect(rates.has("k", rate, 1_100)).toBe(true);
});
