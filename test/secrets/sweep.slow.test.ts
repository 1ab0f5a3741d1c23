import { expect, test } from "vitest";
import { RUNS, sweptWorld } from "./sweep.fixture.ts";

test("rows 100 and 105: every command, with words for people and machines, reports, failures and a provider that quotes secrets back", async () => {
  await using world = await sweptWorld();
  const found: string[] = [];
  for (const swept of Object.values(RUNS).flat()) {
    found.push(...(await world.sweep(swept)));
    const files = world.files();
    if (files.length > 0) found.push(...files.map((file) => `${file} after ${swept.args.join(" ")}`));
    if (found.length > 0) break;
  }
  expect(found).toEqual([]);
  expect([...world.codes.values()].filter((code) => code === 0).length).toBeGreaterThan(40);
});
