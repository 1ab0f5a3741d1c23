import { expect, onTestFinished, test } from "vitest";
import { sendGenerated } from "./generated-requests.fixture.ts";
import { gatewayOver } from "./running.fixture.ts";

test("10,000 requests made from the OpenAPI document: no fault, no hang, every answer fits", async () => {
  const gateway = await gatewayOver();
  onTestFinished(gateway.stop);
  await sendGenerated(gateway, 10_000);
  expect((await gateway.ask("/livez")).status).toBe(200);
}, 600_000);
