import { expect, test } from "vitest";
import { soak } from "./soaking.fixture.ts";

test("killed every two seconds, a gateway loses no message and answers none twice", async () => {
  const { kills, telegram, webhook, audits, left } = await soak({ forMs: 7_000, killEveryMs: 1_800, perSecond: 40 });
  expect(kills).toBeGreaterThan(1);
  for (const each of [telegram, webhook]) {
    expect(each.acknowledged).toBeGreaterThan(20);
    expect(each).toMatchObject({ lost: [], again: [] });
  }
  expect({ audits, left }).toEqual({ audits: [], left: [] });
}, 120_000);
