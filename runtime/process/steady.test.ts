import { expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { newSteadiness } from "./steady.ts";

const START = Date.UTC(2026, 0, 1);

function world() {
  const at = { wall: START, steady: 0 };
  const told: number[] = [];
  const clock = { now: () => new Date(at.wall) };
  const pass = (ms: number): void => {
    at.wall += ms;
    at.steady += ms;
  };
  return {
    at,
    told,
    pass,
    open: () =>
      newSteadiness(
        clock,
        (hours) => told.push(hours),
        () => at.steady,
      ),
  };
}

test.each([
  ["does not jump", 0, true],
  ["is set ahead by as much as it may be", LIMITS.clockJumpMs, true],
  ["is set ahead by more", LIMITS.clockJumpMs + 1, false],
  ["jumps a year ahead", 365 * 86_400_000, false],
  ["is set back a day", -86_400_000, true],
])("a clock that %s", (_, ms, may) => {
  const { at, told, pass, open } = world();
  const steady = open();
  pass(3_600_000);
  expect(steady.mayForget()).toBe(true);
  at.wall += ms;
  expect([steady.mayForget(), told.length]).toEqual([may, may ? 0 : 1]);
});

test("after a jump nothing goes for a while, though it is asked again and again, and then it is believed", () => {
  const { at, told, pass, open } = world();
  const steady = open();
  at.wall += 365 * 86_400_000;
  for (let passed = 0; passed < LIMITS.clockSettlesMs; passed += 3_600_000) {
    expect(steady.mayForget()).toBe(false);
    pass(3_600_000);
  }
  expect([steady.mayForget(), told]).toEqual([true, [365 * 24]]);
});

test("a start long after the last record is a jump; one soon after, or the very first, is none", () => {
  for (const [known, may] of [
    [null, true],
    [START - LIMITS.clockAwayMs, true],
    [START - LIMITS.clockAwayMs - 1, false],
    [START + 86_400_000, true],
  ] as const) {
    const steady = world().open();
    steady.began(known === null ? null : new Date(known).toISOString());
    expect(steady.mayForget(), String(known)).toBe(may);
  }
});
