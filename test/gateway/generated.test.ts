import { expect, onTestFinished, test } from "vitest";
import { sendGenerated, untouched } from "./generated-requests.fixture.ts";
import { gatewayOver } from "./running.fixture.ts";

test("500 requests made from the OpenAPI document: no fault, no hang, every answer fits", async () => {
  const gateway = await gatewayOver();
  onTestFinished(gateway.stop);
  const { tally, operations } = await sendGenerated(gateway, 500, 7);
  expect(untouched(tally, { isDone: false }, operations)).toEqual([]);
  expect((await gateway.ask("/livez")).status).toBe(200);
}, 60_000);
