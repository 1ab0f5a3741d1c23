import { expect, test } from "vitest";
import { stateFolder, valueOf, withStore } from "../../sessions/sessions.fixture.ts";
import { openRecords, type SealedRecords } from "../../store/index.ts";
import { usedAt, type Used } from "./used.ts";

test("what was used stays used until its time is over, for the next process too, and no more than so many", async () => {
  using state = stateFolder();
  withStore(state, () => undefined);
  const records = valueOf(openRecords(state.dir)) as SealedRecords;
  let now = 1_000;
  const open = () =>
    usedAt(
      { records: () => records, together: (work) => Promise.resolve().then(() => records.together(work)), now: () => now },
      "channels/notes/once",
      3,
    );
  const one = async (name: string, used: Used): Promise<string> => {
    const use = valueOf(await used.use(name, now + 100));
    if (use.is === "new") valueOf(await use.written);
    return use.is;
  };
  const all = (names: readonly string[], used: Used) => Promise.all(names.map((name) => one(name, used)));
  const first = open();
  expect(await all(["a", "b", "a"], first)).toEqual(["new", "new", "used"]);
  now += 50;
  const second = open();
  expect(await all(["a", "c", "d"], second)).toEqual(["used", "new", "full"]);
  now += 60;
  expect(await all(["a", "c", "d"], second)).toEqual(["new", "used", "new"]);
  const kept = valueOf(records.get("channels/notes/once"));
  expect(kept).toMatchObject({ entries: 5, trimmed: 2 });
  expect(await all(["a", "c", "d", "b"], open())).toEqual(["used", "used", "used", "full"]);
  second.drop("a");
  expect(await all(["a"], second)).toEqual(["new"]);
  records.close();
});
