import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { FLOODS, floodedGateway, type Flooded } from "./flood.fixture.ts";

/** Somewhat more connections than there are places. */
const SIZE = LIMITS.apiConnections + 76;
/** What a gateway may use more than before, whatever comes. */
const MORE_MIB = 150;

let on: Flooded;
let before = 0;
beforeAll(async () => {
  on = await floodedGateway();
  before = on.memoryMiB();
});
afterAll(() => on.stop());

describe("row 110: the gateway answers its health within a second through", () => {
  test.each(FLOODS)(
    "%s",
    async (_, flood) => {
      expect(await on.watch(async () => void (await flood(on, SIZE)))).toBeLessThan(1_000);
      // Somebody known is let in beside them, and hears what there is.
      const { client, first } = await on.known();
      expect(JSON.parse(await first)).toMatchObject({ type: "welcome", role: "owner" });
      client.terminate();
      await on.calm();
      expect(on.memoryMiB() - before).toBeLessThan(MORE_MIB);
    },
    15_000,
  );

  test("ten thousand subscriptions of somebody known: the connection ends", async () => {
    const { client } = await on.known();
    const ended = new Promise<number>((resolve) => client.once("close", resolve));
    const longest = await on.watch(async () => {
      for (let i = 0; i < 10_000; i++) client.send(JSON.stringify({ type: "subscribe", events: ["run.started"] }), () => undefined);
      expect(await ended).toBe(1008);
    });
    expect(longest).toBeLessThan(1_000);
  });
});
