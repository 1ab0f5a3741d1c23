import { expect, test } from "vitest";
import { killedAt } from "./rotated.fixture.ts";

test("killed at each write of a rotation: everything opens, and the next rotation completes it", () => {
  let step = 1;
  while (killedAt(step)) step++;
  expect(step).toBeGreaterThan(10);
}, 600_000);
