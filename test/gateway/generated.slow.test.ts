import { expect, onTestFinished, test } from "vitest";
import { sendGenerated, untouched } from "./generated-requests.fixture.ts";
import { gatewayOver } from "./running.fixture.ts";

/** What cannot be done here: there is no identity provider, no agent that asks, no candidate, no channel, nobody who waits to be let in, no answer that was kept, no leave for agents from elsewhere, and few persons. */
const ELSEWHERE = new Set([
  "startLogin",
  "finishLogin",
  "startDeviceLogin",
  "pollDeviceLogin",
  "refreshTokens",
  "answerApproval",
  "approvePairing",
  "invitePairing",
  "revokePairing",
  "commitApply",
  "activateApply",
  "chatCompletions",
  "makeAgent",
  "putAgent",
  "resendDelivery",
  "dropDelivery",
  "exportPerson",
]);

test.each([11, 12_345])(
  "10,000 requests made from the OpenAPI document, seed %i: no fault, no hang, every answer fits",
  async (seed) => {
    const gateway = await gatewayOver();
    onTestFinished(gateway.stop);
    const { tally, operations } = await sendGenerated(gateway, 10_000, seed);
    expect(untouched(tally, { isDone: true }, operations).filter((id) => !ELSEWHERE.has(id))).toEqual([]);
    expect((await gateway.ask("/livez")).status).toBe(200);
  },
  600_000,
);
