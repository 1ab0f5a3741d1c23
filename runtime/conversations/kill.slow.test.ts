import { expect, test } from "vitest";
import { dieAt } from "./killed.fixture.ts";

test.each(["hello", "/call x.effect {}"])(
  "%j: killed at each step between being taken in and being delivered",
  async (text) => {
    const { steps, died } = await dieAt(0, text);
    expect(died).toBe(false);
    expect(steps).toBeGreaterThan(10);
    for (let step = 1; step <= steps; step++) {
      const after = await dieAt(step, text);
      const where = `step ${step}: ${JSON.stringify(after)}`;
      expect(new Set(after.sent.map(({ id }) => id)).size, where).toBe(1);
      expect(after.effects, where).toBeLessThanOrEqual(1);
      expect(after.entries.filter(({ kind }) => kind === "user").length, where).toBe(1);
    }
  },
  600_000,
);
