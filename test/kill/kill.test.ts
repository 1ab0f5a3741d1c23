import { describe, expect, test } from "vitest";
import { killAt, hasStrace, prepare, sampled } from "./kill.fixture.ts";

/** The quick suite tries every 30th point; `npm run test:slow` tries all of them. */
const EVERY = 30;

describe.runIf(hasStrace())("hostile input 55: kill -9 at a system call of an apply", () => {
  test.each(["first", "update", "forget"] as const)("%s apply, every 30th call", { timeout: 300_000 }, async (kind) => {
    const scenario = await prepare(kind);
    expect(scenario.points.length).toBeGreaterThan(20);
    for (const point of sampled(scenario.points, EVERY)) await killAt(scenario, point);
  });
});
