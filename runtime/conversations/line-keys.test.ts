import { expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { agentsOf, stateFolder, talkOver, valueOf } from "./conversations.fixture.ts";
import { keyDigest, knowsKey, removeLine, withKey, type LineKeys } from "./line-keys.ts";

const LINE = "line/a/0";

test("a line tells its last keys, few in itself and the others beside it, and forgets those before", () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf());
  const key = (i: number): string => keyDigest(`message ${i}`);
  let keys: LineKeys = { seen: [] };
  const count = LIMITS.rememberedKeys + 100;
  for (let i = 0; i < count; i++) {
    expect(valueOf(knowsKey(records, LINE, keys, key(i)))).toBe(false);
    keys = valueOf(withKey(records, LINE, keys, key(i)));
    expect(keys.seen.length).toBeLessThanOrEqual(32);
  }
  const known = Array.from({ length: count }, (_, i) => valueOf(knowsKey(records, LINE, keys, key(i))));
  const from = known.indexOf(true);
  expect(known.lastIndexOf(false)).toBe(from - 1);
  // As many as the limit says; where the newest are being gathered, up to half of them more.
  expect(count - from).toBeGreaterThanOrEqual(LIMITS.rememberedKeys);
  expect(count - from).toBeLessThanOrEqual(LIMITS.rememberedKeys + 16);
  valueOf(removeLine(records, LINE));
  expect(valueOf(records.names("keys/"))).toEqual([]);
});

test("a line that was written with all its keys in it keeps telling them", () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf());
  const old: LineKeys = { seen: Array.from({ length: LIMITS.rememberedKeys }, (_, i) => keyDigest(String(i))) };
  const keys = valueOf(withKey(records, LINE, old, keyDigest("new")));
  for (const each of ["1", "100", "511", "new"]) expect(valueOf(knowsKey(records, LINE, keys, keyDigest(each)))).toBe(true);
  // Half of one key and half of the next are no key.
  const torn = `${keyDigest("1").slice(16)}${keyDigest("2").slice(0, 16)}`;
  expect(valueOf(knowsKey(records, LINE, keys, torn))).toBe(false);
});
