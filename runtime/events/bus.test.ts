import { expect, test } from "vitest";
import { newBus, type RuntimeEvent } from "./index.ts";

const started: RuntimeEvent = {
  type: "run.started",
  at: "2026-01-01T00:00:00.000Z",
  correlation: "c",
  owner: "p/default",
  agent: "a",
  session: "s",
};

test("listeners hear what they asked for, in the order they came, until they leave", () => {
  const bus = newBus();
  const heard: string[] = [];
  const leave = bus.subscribe(["run.started"], ({ agent }) => heard.push(`first ${agent}`));
  bus.subscribe(["run.started", "run.finished"], ({ type }) => heard.push(`second ${type}`));
  bus.subscribe(["run.finished"], () => heard.push("never"));
  bus.publish(started);
  leave();
  bus.publish(started);
  expect(heard).toEqual(["first a", "second run.started", "second run.started"]);
});

test("one that throws is heard no more and stops nobody", () => {
  const bus = newBus();
  let calls = 0;
  bus.subscribe(["run.started"], () => {
    throw new Error(`${++calls}`);
  });
  let others = 0;
  bus.subscribe(["run.started"], () => others++);
  bus.publish(started);
  bus.publish(started);
  expect({ calls, others }).toEqual({ calls: 1, others: 2 });
});
