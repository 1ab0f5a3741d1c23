import { expect, test } from "vitest";
import { CHANNELS, houseOf, mismatches, pairsIn } from "./observed.fixture.ts";

/** Fields of which the schema alone gives no two values that load: they need bytes, signatures or other resources. */
const WITHOUT = 4;

test.each(Object.keys(CHANNELS))(
  "every field of a %s channel costs what the plan says",
  async (type) => {
    const channel = CHANNELS[type]!;
    const house = await houseOf(channel);
    const { pairs, without } = pairsIn(channel, channel);
    expect(without.length, without.join(" ")).toBeLessThanOrEqual(WITHOUT);
    expect(await mismatches(house, channel, pairs)).toEqual([]);
  },
  300_000,
);
