import { expect, test } from "vitest";
import { LIMITS, ok } from "../../core/index.ts";
import { agentsOf, liveAgent, message, stateFolder, talkOver } from "./conversations.fixture.ts";
import { newJournal } from "./journal.ts";

test("one transaction takes so many works and no more, and who waits for them is told over several turns", async () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf());
  const steps: (() => void)[] = [];
  let transactions = 0;
  const journal = newJournal(
    (work) => {
      transactions++;
      return work(records);
    },
    (work) => steps.push(work),
  );
  const done: number[] = [];
  let told = 0;
  const count = LIMITS.writesTogether + 1;
  const all = Array.from({ length: count }, async (_, i) => {
    const result = await journal.begin((tx) => (done.push(i), tx.put(`x/${i}`, new Uint8Array())));
    told++;
    return result;
  });
  steps.shift()?.();
  await Promise.resolve();
  expect([transactions, done.length, told]).toEqual([1, LIMITS.writesTogether, 32]);
  steps.shift()?.();
  expect([transactions, done.length, steps.length]).toEqual([2, count, 0]);
  await journal.settled();
  expect(told).toBe(count);
  expect(await Promise.all(all)).toEqual(all.map(() => ok(undefined)));
});

test("what was begun goes before what begins, in its own order", async () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf());
  const journal = newJournal((work) => work(records));
  const done: string[] = [];
  const work = (name: string) => () => (done.push(name), ok(undefined));
  await Promise.all([journal.begin(work("new 1")), journal.write(work("1")), journal.begin(work("new 2")), journal.write(work("2"))]);
  expect(done).toEqual(["1", "2", "new 1", "new 2"]);
});

test("too much comes in where many wait and there is no time to spare, not where only a model is slow", async () => {
  using state = stateFolder();
  let isBusy = true;
  const { promise: door, resolve: open } = Promise.withResolvers<void>();
  const { talk } = talkOver(state, agentsOf(liveAgent("a")), { turns: { next: (work) => void door.then(work), isBusy: () => isBusy } });
  const send = (i: number): unknown => void talk.receive(message(String(i), { conversation: `peer/${i}` }));
  for (let i = 0; i < LIMITS.waitingWhileBusy; i++) send(i);
  expect(talk.isLate()).toBe(false);
  send(LIMITS.waitingWhileBusy);
  expect(talk.isLate()).toBe(true);
  isBusy = false;
  expect(talk.isLate()).toBe(false);
  open();
});

test("a work that throws fails alone, and nothing of it is kept", async () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf());
  const journal = newJournal((work) => work(records));
  const [before, thrown, after] = await Promise.allSettled([
    journal.write((tx) => tx.put("x/before", new Uint8Array([1]))),
    journal.write((tx) => {
      tx.put("x/thrown", new Uint8Array([2]));
      throw new RangeError("Maximum call stack size exceeded");
    }),
    journal.write((tx) => tx.put("x/after", new Uint8Array([3]))),
  ]);
  expect([before.status, thrown.status, after.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  const kept = ["x/before", "x/thrown", "x/after"].map((slot) => {
    const found = records.get(slot);
    return found.ok && found.value !== null;
  });
  expect(kept).toEqual([true, false, true]);
});
