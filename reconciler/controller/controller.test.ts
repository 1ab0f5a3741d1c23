import { describe, expect, test } from "vitest";
import { fail, ok, problem, type Address, type Diagnostic, type Result } from "../../core/index.ts";
import type { Drift, Plan } from "../plan/index.ts";
import { FRESH_STATE, type LoopState } from "../loop-state.ts";
import type { Applied } from "../types.ts";
import { waitAfter } from "./backoff.ts";
import { afterRound, contested, NO_CORRECTIONS } from "./corrections.ts";
import { runLoop, type LoopEvent, type LoopPorts, type Revision } from "./loop.ts";

const BACKOFF = { baseMs: 1000, maxMs: 60_000 };

describe("waitAfter", () => {
  test.each([
    [0, 0.5, 1000],
    [1, 0, 1000],
    [1, 1, 2000],
    [3, 0.5, 6000],
    [6, 1, 60_000],
    [1000, 1, 60_000],
  ])("%i failures, random %d: %i ms", (failures, random, ms) => {
    expect(waitAfter(failures, BACKOFF, random)).toBe(ms);
  });
});

describe("corrections", () => {
  test("three in a row are a fight, until the configuration changes", () => {
    let state = NO_CORRECTIONS;
    for (let i = 0; i < 3; i++) state = afterRound(state, "c1", ["Agent/a", ...(i === 1 ? (["Agent/b"] as const) : [])]);
    expect(contested(state, "c1")).toEqual(["Agent/a"]);
    expect(contested(state, "c2")).toEqual([]);
    expect(contested(afterRound(state, "c1", []), "c1")).toEqual(["Agent/a"]);
    expect(contested(afterRound(state, "c2", ["Agent/a"]), "c2")).toEqual([]);
  });
});

/** A loop over scripted rounds; ends itself after the last one. */
async function loop(
  rounds: readonly { readonly look?: Result<Revision>; readonly apply?: Result<Applied> }[],
  now: () => Date = () => new Date("2026-06-01T00:00:00Z"),
): Promise<{ readonly state: LoopState; readonly events: LoopEvent[]; readonly waits: number[]; readonly skipped: (readonly string[])[] }> {
  const [events, waits, skipped]: [LoopEvent[], number[], (readonly string[])[]] = [[], [], []];
  const end = new AbortController();
  let at = -1;
  const ports: LoopPorts = {
    look: () => {
      at++;
      return Promise.resolve(rounds[at]?.look ?? ok({ id: "c1", label: "main@c1" }));
    },
    apply: (_revision, contestedOnes) => {
      skipped.push(contestedOnes);
      return Promise.resolve(rounds[at]?.apply ?? ok(applied([])));
    },
    wait: (ms) => {
      waits.push(ms);
      if (at >= rounds.length - 1) end.abort();
      return Promise.resolve();
    },
    save: () => ok(undefined),
    report: (event) => events.push(event),
    now,
    random: () => 0,
  };
  const state = await runLoop(FRESH_STATE, ports, { once: false, backoff: BACKOFF, signal: end.signal });
  return { state, events, waits, skipped };
}

function applied(drifted: readonly Address[], outcome: Applied["outcome"] = "applied"): Applied {
  const drift = drifted.map((address): Drift => ({ address, class: "neutral", action: "correct", fields: [] }));
  const plan = { body: { drift } } as unknown as Plan;
  return { outcome, plan, generation: { number: 1 } as Applied["generation"], notices: [] };
}

const bad: Result<never> = fail(problem("FIELD_TYPE", { detail: "bad" }));

describe("runLoop", () => {
  test("a bad revision changes nothing and says so; the next good one is applied", async () => {
    const { state, events, waits } = await loop([
      { apply: bad },
      { look: fail(problem("GIT_FAILED", { detail: "cut" })) },
      { look: ok({ id: "c2", label: "main@c2" }) },
    ]);
    expect(events.map((each) => each.kind)).toEqual(["failed", "failed", "applied"]);
    expect(waits).toEqual([1000, 2000, 1000]);
    expect(state).toMatchObject({ failures: 0, applied: { id: "c2", generation: 1 }, attempted: { id: "c2", codes: [] } });
  });

  test("a bad revision is left alone for a growing time, and the next good one ends the wait", async () => {
    const c2 = { look: ok({ id: "c2", label: "main@c2" }) };
    const { events, waits, state } = await loop([{ apply: bad }, { apply: bad }, {}, { apply: bad }, c2, c2]);
    expect(events.map((each) => each.kind)).toEqual(["failed", "failed", "failed", "applied"]);
    // Pauses of 1, 2 and 4 s: a look after each second but the last; the third pause is cut short by it.
    expect(waits).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(state).toMatchObject({ failures: 0, failing: null, applied: { id: "c2" } });
  });

  test("what fails because it was asked to stop is no failure; what stopped part-way is", async () => {
    const round = async (code: "APPLY_LOCKED" | "APPLY_INCOMPLETE"): Promise<LoopState> => {
      const end = new AbortController();
      const ports: LoopPorts = {
        look: () => Promise.resolve(ok({ id: "c1", label: "main@c1" })),
        apply: () => {
          end.abort();
          return Promise.resolve(fail(problem(code, { detail: "stopped" })));
        },
        wait: () => Promise.reject(new Error("waited")),
        save: () => ok(undefined),
        report: () => undefined,
        now: () => new Date("2026-06-01T00:00:00Z"),
        random: () => 0,
      };
      return runLoop(FRESH_STATE, ports, { once: false, backoff: BACKOFF, signal: end.signal });
    };
    expect(await round("APPLY_LOCKED")).toEqual(FRESH_STATE);
    expect(await round("APPLY_INCOMPLETE")).toMatchObject({ failures: 1, failing: { codes: ["APPLY_INCOMPLETE"] } });
  });

  test("a revision that stays keeps the hour at which it arrived", async () => {
    let hour = 0;
    const { state } = await loop([{}, {}, {}], () => new Date(Date.UTC(2026, 5, 1, hour++)));
    expect(state.applied?.at).toBe("2026-06-01T00:00:00.000Z");
    expect(state.attempted?.at).toBe("2026-06-01T02:00:00.000Z");
  });

  test("two corrections and a quiet round are no fight", async () => {
    const corrected = { apply: ok(applied(["Agent/a"])) };
    const { skipped } = await loop([corrected, corrected, {}, corrected, corrected, {}]);
    expect(skipped.flat()).toEqual([]);
  });

  test("what was attempted and what was applied are told apart", async () => {
    const { state } = await loop([{}, { look: ok({ id: "c2", label: "main@c2" }), apply: bad }]);
    expect(state).toMatchObject({ failures: 1, applied: { id: "c1" }, attempted: { id: "c2", outcome: "failed", codes: ["FIELD_TYPE"] } });
  });

  test("hostile input 67: what is undone every time is left alone, with one condition", async () => {
    const fight = { apply: ok(applied(["Agent/a"])) };
    const { events, skipped } = await loop([fight, fight, fight, { apply: ok(applied([], "nothing-to-do")) }, {}]);
    const conditions = events.flatMap((each): Diagnostic[] => (each.kind === "condition" ? [each.diagnostic] : []));
    expect(conditions.map((each) => each.context["address"])).toEqual(["Agent/a"]);
    expect(skipped).toEqual([[], [], [], ["Agent/a"], ["Agent/a"]]);
  });

  test("once is one round", async () => {
    const ports = {
      look: () => Promise.resolve(bad),
      wait: () => Promise.reject(new Error("waited")),
      save: () => ok(undefined),
      report: () => {},
      now: () => new Date(),
      random: () => 0,
    };
    const state = await runLoop(
      FRESH_STATE,
      { ...ports, apply: () => Promise.resolve(bad) },
      { once: true, backoff: BACKOFF, signal: new AbortController().signal },
    );
    expect(state.failures).toBe(1);
  });
});
