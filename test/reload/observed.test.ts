import { expect, test } from "vitest";
import { BESIDE, CHANNELS, houseOf, mismatches, pairsIn } from "./observed.fixture.ts";

/** A part of what `observed.slow.test.ts` does with every field: those of one platform that are changed most, and a Secret. */
const FIELDS =
  /^(enabled|credentials\.webhookSecret|connection\.webhook\.path|routing\.0\.agent|access\.direct|rateLimits\.total|delivery\.|accounts\.0\.(displayName|access\.direct)|values\.m\.env\.name)/;

test("what the plan says a change costs is what a running channel shows", async () => {
  const channel = CHANNELS["webhook"]!;
  const house = await houseOf(channel);
  const pairs = [channel, ...BESIDE.filter(({ kind }) => kind === "Secret")].flatMap((base) => pairsIn(base, channel).pairs);
  const some = pairs.filter(({ field }) => FIELDS.test(field));
  expect(some.length).toBeGreaterThan(15);
  expect(await mismatches(house, channel, some)).toEqual([]);
}, 60_000);
