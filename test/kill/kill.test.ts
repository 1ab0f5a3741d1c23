import { describe, expect, test } from "vitest";
import { killAt, hasStrace, prepare } from "./kill.fixture.ts";

/** The quick suite tries every 7th point; `npm run test:slow` tries all of them. */
const EVERY = 7;

describe.runIf(hasStrace())("hostile input 55: kill -9 at a system call of an apply", () => {
  test.each(["first", "update", "forget"] as const)("%s apply, every 7th call", { timeout: 300_000 }, (kind) => {
    const scenario = prepare(kind);
    expect(scenario.points.length).toBeGreaterThan(20);
    for (const point of scenario.points.filter((_, i) => i % EVERY === 0)) killAt(scenario, point);
  });
});
