import { describe, test } from "vitest";
import { killAt, hasStrace, prepare } from "./kill.fixture.ts";

describe.runIf(hasStrace())("hostile input 55: kill -9 at every system call of an apply", () => {
  test.each(["first", "update", "forget"] as const)("%s apply", { timeout: 3_600_000 }, async (kind) => {
    const scenario = await prepare(kind);
    for (const point of scenario.points) await killAt(scenario, point);
  });
});
