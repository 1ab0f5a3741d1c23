import { expect, test } from "vitest";
import { LIMITS, ok } from "../../core/index.ts";
import { agentsOf, stateFolder, talkOver } from "./conversations.fixture.ts";
import { newJournal } from "./journal.ts";

test("one transaction takes so many works and no more, and says when it cannot keep up", async () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf());
  const steps: (() => void)[] = [];
  let transactions = 0;
  let now = 0;
  const journal = newJournal(
    (work) => {
      transactions++;
      return work(records);
    },
    { later: (work) => steps.push(work), now: () => now },
  );
  const done: number[] = [];
  const all = Array.from({ length: LIMITS.writesTogether + 1 }, (_, i) =>
    journal.write((tx) => (done.push(i), tx.put(`x/${i}`, new Uint8Array()))),
  );
  now = LIMITS.writesLateMs;
  expect(journal.isLate()).toBe(false);
  now += 1;
  expect(journal.isLate()).toBe(true);
  steps.shift()?.();
  expect([transactions, done.length, journal.isLate()]).toEqual([1, LIMITS.writesTogether, false]);
  steps.shift()?.();
  expect([transactions, done.length, steps.length]).toEqual([2, LIMITS.writesTogether + 1, 0]);
  expect(await Promise.all(all)).toEqual(all.map(() => ok(undefined)));
  await journal.settled();
});
