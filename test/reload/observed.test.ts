import { expect, test } from "vitest";
import { CHANNELS, houseOf, mismatches, pairsIn } from "./observed.fixture.ts";

/** A part of what `observed.slow.test.ts` does with every field: those of one platform that are changed most. */
const FIELDS =
  /^(enabled|credentials\.webhookSecret|connection\.webhook\.path|routing\.0\.agent|access\.direct|rateLimits\.total|delivery\.|accounts\.0\.(displayName|access\.direct))/;

test("what the plan says a change costs is what a running channel shows", async () => {
  const channel = CHANNELS["webhook"]!;
  const house = await houseOf(channel);
  const { pairs } = pairsIn(channel, channel);
  const some = pairs.filter(({ field }) => FIELDS.test(field));
  expect(some.length).toBeGreaterThan(15);
  expect(await mismatches(house, channel, some)).toEqual([]);
}, 60_000);
