import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { newTurns } from "./turns.ts";

test("work waits until everybody at the door was let in, although each turn lets in one", async () => {
  const turns = newTurns(() => 0);
  const inside: net.Socket[] = [];
  const server = net.createServer((socket) => {
    inside.push(socket);
    turns.entered();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const many = Array.from({ length: 40 }, () => net.connect(port, "127.0.0.1"));
  // As a turn that writes for many does it: all of them stand at the door before this one is over.
  await Promise.all(many.slice(0, 1).map((one) => once(one, "connect")));
  const found = await new Promise<number>((resolve) => {
    const begin = (): void => turns.next(() => resolve(inside.length));
    if (inside.length > 0) begin();
    else server.once("connection", begin);
  });
  expect(found).toBe(40);
  for (const each of [...many, ...inside]) each.destroy();
  server.close();
});

test("nobody waits longer than the limit for a door that never empties", async () => {
  let now = 0;
  let turns = 0;
  const door = newTurns(() => now);
  const done = new Promise<void>((resolve) => door.next(resolve));
  const come = (): void => {
    door.entered();
    turns++;
    now += 1;
    if (turns < 1_000) setImmediate(come);
  };
  come();
  await done;
  expect(turns).toBeGreaterThanOrEqual(LIMITS.doorWaitMs - 1);
  expect(turns).toBeLessThan(LIMITS.doorWaitMs + 5);
  turns = 1_000;
});

test("is busy after a while in which there always was something to do, and not any more when there was nothing", async () => {
  const turns = newTurns();
  expect(turns.isBusy()).toBe(false);
  const until = performance.now() + 300;
  while (performance.now() < until) JSON.stringify(turns);
  expect(turns.isBusy()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(turns.isBusy()).toBe(false);
});
