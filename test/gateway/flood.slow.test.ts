import { expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { FLOODS, floodedGateway } from "./flood.fixture.ts";

const ROUNDS = 5;
const MORE_MIB = 250;

test("row 110: all floods at once, round after round, and slow readers meanwhile", async () => {
  const on = await floodedGateway();
  try {
    const before = on.memoryMiB();
    // They hear everything and read nothing.
    const slow = await Promise.all(Array.from({ length: LIMITS.apiStreamsOfOne - 1 }, () => on.known()));
    for (const { client } of slow) {
      client.send(JSON.stringify({ type: "subscribe", events: ["audit.recorded", "run.started", "run.finished", "run.delta"] }));
      client.pause();
    }
    let longest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const all = Promise.all([
        ...FLOODS.map(([, flood]) => flood(on, LIMITS.apiConnections / 4)),
        ...Array.from({ length: 20 }, () => on.say(`hello ${"x".repeat(20_000)}`)),
      ]);
      longest = Math.max(longest, await on.watch(async () => void (await all)));
      const { client, first } = await on.known();
      expect(JSON.parse(await first)).toMatchObject({ type: "welcome" });
      client.terminate();
      expect(on.memoryMiB() - before).toBeLessThan(MORE_MIB);
      await on.calm();
    }
    for (const { client } of slow) client.terminate();
    expect(longest).toBeLessThan(1_000);
  } finally {
    await on.stop();
  }
}, 120_000);
