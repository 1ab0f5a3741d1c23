import { expect, test } from "vitest";
import { day, type Day } from "./day.fixture.ts";

const isSlow = process.env["MOLTBOT_TEST_SLOW"] === "1";
/** The slow suite kills at every third moment, the quick one once, at any of those that each day has. */
const EVERY = 3;
const SURE_MOMENTS = 150;

/** Whatever moment was the last: answered once each, nothing done twice, nothing half done, the chain whole. */
function checkDay(after: Day, what: string): void {
  for (const id of ["m1", "m2", "m3", "m4"]) expect(after.answers.get(id)?.size, `${what}: answers of ${id}`).toBe(1);
  // Once, or told that it is not known.
  expect(after.effects, `${what}: effects`).toBeLessThanOrEqual(1);
  expect(after.effects === 1 || after.cutOff.includes("m4"), `${what}: no effect, and nobody was told`).toBe(true);
  expect(after.woken, `${what}: the schedule`).toBeLessThanOrEqual(1);
  expect(after.woken === 1 || after.cutOff.includes("m3"), `${what}: no schedule, and nobody was told`).toBe(true);
  expect(after.isScheduled, `${what}: a schedule is left`).toBe(false);
  expect(after.isCandidateOpen, `${what}: a candidate is open`).toBe(false);
  expect([2, 3], `${what}: the generation`).toContain(after.generation);
  expect(after.devices, `${what}: the devices`).toEqual(["laptop"]);
  expect(after.audit, `${what}: the chain`).toBe("");
  expect(after.unstopped, `${what}: files of a gateway that runs`).toEqual([]);
  expect(after.holds, `${what}: holds`).toBe(1);
}

test.runIf(!isSlow)("a day with a kill at a moment that counts", async () => {
  const at = 1 + Math.floor(Math.random() * SURE_MOMENTS);
  const after = await day(at);
  checkDay(after, `killed at moment ${at}`);
  expect(after.died, `killed at moment ${at}`).toBe(true);
});

test.runIf(isSlow)(
  "a day without a kill, and days with one at a moment that counts",
  async () => {
    const whole = await day(0);
    checkDay(whole, "no kill");
    expect(whole).toMatchObject({ died: false, effects: 1, woken: 1, cutOff: [] });
    expect(whole.summaries).toBeGreaterThan(0);
    expect(whole.moments).toBeGreaterThan(SURE_MOMENTS);
    const moments = Array.from({ length: Math.floor(whole.moments / EVERY) }, (_, i) => (i + 1) * EVERY);
    let died = 0;
    const failures: string[] = [];
    for (const at of moments) {
      try {
        const after = await day(at);
        if (after.died) died++;
        checkDay(after, `killed at moment ${at} of ${whole.moments}`);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    // All of them at once: one alone seldom shows what they have in common.
    expect(failures).toEqual([]);
    expect(died).toBeGreaterThan(0);
  },
  3_600_000,
);
