import { expect, onTestFinished, test } from "vitest";
import { sendGenerated } from "./generated-requests.fixture.ts";
import { gatewayOver } from "./running.fixture.ts";

test("600 requests made from the OpenAPI document: no fault, no hang, every answer fits", async () => {
  const gateway = await gatewayOver();
  onTestFinished(gateway.stop);
  await sendGenerated(gateway, 600);
  expect((await gateway.ask("/livez")).status).toBe(200);
}, 60_000);
