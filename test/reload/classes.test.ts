/**
 * What the plan says a change costs is what a running house shows, for every field of every kind that runs or judges.
 * Each field is in one group, by what of the house shows it: a new field fails until somebody says which.
 * Channels and plugins have tests of their own beside this one; `classes.slow.test.ts` changes every field.
 */
import { expect, test } from "vitest";
import { resource } from "../../runtime/channels/channels.fixture.ts";
import { lacksOfKind } from "../../runtime/load/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { BASES, CHANNEL, fieldsOf, groupOf, GROUPS, observable, wrongIn } from "./classes.fixture.ts";
import type { Pair } from "./fields.fixture.ts";
import { houseOf, saidOf } from "./observed.fixture.ts";

test("every kind is observed, here or beside, or runs not at all", () => {
  const inert = [...KINDS.byName.keys()].filter((kind) => !GROUPS[kind] && lacksOfKind(resource(kind, "x", {})).length > 0);
  expect([...Object.keys(GROUPS), ...inert].sort()).toEqual([...KINDS.byName.keys()].sort());
  expect(new Set(BASES.map(({ kind }) => kind))).toEqual(new Set(Object.keys(GROUPS)));
});

test("every field is in a group, and every group has a field", () => {
  const used = new Set<string>();
  const nowhere = BASES.flatMap((base) =>
    fieldsOf(base).flatMap((field) => {
      const group = groupOf(base.kind, field);
      if (group) used.add(`${base.kind} ${group.part} ${group.prefix}`);
      return group ? [] : [`${base.kind} ${field}`];
    }),
  );
  expect(nowhere).toEqual([]);
  const named = Object.entries(GROUPS).flatMap(([kind, groups]) =>
    Object.entries(groups).flatMap(([part, all]) => all.map((prefix) => `${kind} ${part} ${prefix}`)),
  );
  expect(new Set(named).size).toBe(named.length);
  expect(named.filter((each) => !used.has(each))).toEqual([]);
});

/** Fields of which no two values load: they need archives, envelopes or keys, or have one value only. Another field of their group is changed. */
const WITHOUT: readonly RegExp[] = [
  /^Skill (bundle\.|signer\.identityPattern$|config\.)/,
  /^Secret values\.m\.(age|file|pending)\./,
  /^ModelProvider models\.0\.prices\.currency$/,
  /^Project (environments\.prod\.)?target\.recipient$/,
  /^Project (trust\.(policies|plugins)\.0\.(name|identityPattern)|secrets\.rules\.0\.recipients|policies\.network\.tlsExceptions\.0\.minVersion)$/,
  /^Team people\.(members\.0\.identities\.ssh|sharing\.0\.resource)$/,
  /^Policy data\./,
];

test("of every field there are two values to change it by, but for those that need bytes", () => {
  const without = BASES.flatMap((base) => observable(base).without.map((field) => `${base.kind} ${field}`));
  expect(without.filter((each) => !WITHOUT.some((pattern) => pattern.test(each)))).toEqual([]);
  expect(WITHOUT.filter((pattern) => !without.some((each) => pattern.test(each)))).toEqual([]);
});

/** What no running part shows is the same for all. */
function sortOf({ field, ...pair }: Pair): string {
  const { part, prefix } = groupOf(pair.after.kind, field)!;
  return `${part === "nothing" ? part : prefix} ${saidOf({ field, ...pair })}`;
}

test("a change costs what the plan says: one field of each group and class", async () => {
  const house = await houseOf(CHANNEL);
  for (const base of BASES) {
    const firsts = new Map(observable(base).pairs.map((pair) => [sortOf(pair), pair]));
    expect(firsts.size).toBeGreaterThan(0);
    expect(await wrongIn(house, base, [...firsts.values()])).toEqual([]);
  }
}, 60_000);
