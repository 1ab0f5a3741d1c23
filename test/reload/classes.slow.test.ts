import { expect, test } from "vitest";
import { BASES, CHANNEL, observable, wrongIn } from "./classes.fixture.ts";
import { houseOf } from "./observed.fixture.ts";

test.each(BASES.map((base) => [base.kind, base.metadata.name, base] as const))(
  "every field of %s/%s costs what the plan says",
  async (_, __, base) => {
    expect(await wrongIn(await houseOf(CHANNEL), base, observable(base).pairs)).toEqual([]);
  },
  300_000,
);
