import { expect, test } from "vitest";
import { fail, ok, problem, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { newWriteWatch } from "./writable.ts";

/** Records that take writes or do not. */
function disk() {
  const state = { isFull: false, writes: 0, at: 0, told: [] as (string | null)[] };
  const write = (): Result<never> => {
    state.writes++;
    return state.isFull ? fail(problem("STORE_UNAVAILABLE", { detail: "no space" })) : (ok(undefined) as never);
  };
  const records = { put: write, append: write, update: write, change: write, remove: write, together: write } as unknown as SealedRecords;
  const each: SealedRecords["each"] = (works) => ok(works.map((work) => work(records)));
  const watch = newWriteWatch(
    (reason) => state.told.push(reason),
    () => state.at,
  );
  return { state, watch, records: watch.watch({ ...records, each }) };
}

test("a write that the disk does not take is told once, and the room that comes back, too", () => {
  const { state, watch, records } = disk();
  records.put("a", Buffer.alloc(1));
  expect([watch.trouble(), state.told]).toEqual([null, []]);
  state.isFull = true;
  records.put("a", Buffer.alloc(1));
  records.append("a", Buffer.alloc(1));
  expect([watch.trouble(), state.told]).toEqual(["no space", ["no space"]]);
  state.isFull = false;
  state.at = 2_000;
  expect([watch.trouble(), state.told]).toEqual([null, ["no space", null]]);
});

test("it is tried again once a second at most, however often it is asked", () => {
  const { state, watch, records } = disk();
  state.isFull = true;
  records.remove("a");
  const before = state.writes;
  for (state.at = 0; state.at < 3_000; state.at += 100) watch.trouble();
  expect(state.writes - before).toBe(3);
});

test("one of several works that the disk does not take counts; another failure says nothing of the disk", () => {
  const { state, watch, records } = disk();
  records.each([() => fail(problem("RUN_CANCELLED", { detail: "deleted" }))]);
  expect(watch.trouble()).toBeNull();
  state.isFull = true;
  records.each([() => ok(undefined), (it) => it.put("a", Buffer.alloc(1))]);
  expect([watch.trouble(), state.told]).toEqual(["no space", ["no space"]]);
});
