import { expect, test } from "vitest";
import { BESIDE, CHANNELS, houseOf, mismatches, pairsIn } from "./observed.fixture.ts";

/** Fields of which the schema alone gives no two values that load: they need bytes, signatures or other resources. */
const WITHOUT: Readonly<Record<string, number>> = { Channel: 4, Agent: 8, ModelProvider: 4, Skill: 16, Secret: 14 };

test.each(Object.keys(CHANNELS))(
  "every field of a %s channel costs what the plan says",
  async (type) => {
    const channel = CHANNELS[type]!;
    const house = await houseOf(channel);
    const { pairs, without } = pairsIn(channel, channel);
    expect(without.length, without.join(" ")).toBeLessThanOrEqual(WITHOUT["Channel"] ?? 0);
    expect(await mismatches(house, channel, pairs)).toEqual([]);
  },
  300_000,
);

test.each(BESIDE.map((base) => [base.kind, base] as const))(
  "every field of %s costs a connection beside it what the plan says",
  async (kind, base) => {
    const channel = CHANNELS["webhook"]!;
    const house = await houseOf(channel);
    const { pairs, without } = pairsIn(base, channel);
    expect(without.length, without.join(" ")).toBeLessThanOrEqual(WITHOUT[kind] ?? 0);
    expect(await mismatches(house, channel, pairs)).toEqual([]);
  },
  300_000,
);
