import { expect, test } from "vitest";
import { stateFolder, valueOf, withStore } from "../../sessions/sessions.fixture.ts";
import { openRecords, type SealedRecords } from "../../store/index.ts";
import { usedAt } from "./used.ts";

test("what was used stays used until its time is over, for the next process too, and no more than so many", () => {
  using state = stateFolder();
  withStore(state, () => undefined);
  const records = valueOf(openRecords(state.dir)) as SealedRecords;
  let now = 1_000;
  const open = () =>
    usedAt(
      () => records,
      "channels/notes/once",
      () => now,
      3,
    );
  const first = open();
  expect(["a", "b", "a"].map((name) => valueOf(first.use(name, now + 100)))).toEqual(["new", "new", "used"]);
  now += 50;
  const second = open();
  expect(["a", "c", "d"].map((name) => valueOf(second.use(name, now + 100)))).toEqual(["used", "new", "full"]);
  now += 60;
  expect(["a", "c", "d"].map((name) => valueOf(second.use(name, now + 100)))).toEqual(["new", "used", "new"]);
  const kept = valueOf(records.get("channels/notes/once"));
  expect(kept).toMatchObject({ entries: 5, trimmed: 2 });
  expect(["a", "c", "d", "b"].map((name) => valueOf(open().use(name, now + 100)))).toEqual(["used", "used", "used", "full"]);
  records.close();
});
