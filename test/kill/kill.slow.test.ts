import { describe, test } from "vitest";
import { killAt, prepare } from "./kill.fixture.ts";

describe("hostile input 55: kill -9 at every system call of an apply", () => {
  test.each(["first", "update"] as const)("%s apply", { timeout: 3_600_000 }, (kind) => {
    const scenario = prepare(kind);
    for (const point of scenario.points) killAt(scenario, point);
  });
});
