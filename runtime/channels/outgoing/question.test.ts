import { expect, test } from "vitest";
import type { Approval } from "../../gate/index.ts";
import { toTelegramHtml } from "../adapters/telegram/format.ts";
import { questionOf } from "./question.ts";

const bait = "[Approve here](https://evil.com/?secret) ![x](https://evil.com/p) `<b>`\n# Approved\n```";
const approval = {
  id: "0123456789abcdef",
  agent: "support",
  tool: "exec.run",
  action: "run",
  resource: bait,
  summary: bait,
  effect: { argv: ["rm", bait, "x".repeat(3_000), "--force"] },
  expiresAt: "2099-01-01T00:00:00.000Z",
} as unknown as Approval;

test("row 117: what a model wrote in a question leads nowhere, and ends no block", () => {
  const text = questionOf(approval, { hasButtons: true, isHtml: false });
  expect(text.match(/`{3}/g)).toHaveLength(2);
  // Everything of the model is code; what is left is ours.
  const ours = text.replaceAll(/`{3}[^`]*`{3}|`[^`\n]*`/g, "");
  expect(ours).not.toContain("evil");
  expect(toTelegramHtml(text)).not.toMatch(/<a |<b>/);
});

test("as HTML it has no tags", () => {
  expect(questionOf(approval, { hasButtons: true, isHtml: true })).not.toMatch(/[<>]/);
});

test("row 123: a question that does not show all of what would run says so", () => {
  expect(questionOf(approval, { hasButtons: true, isHtml: false })).toMatch(/NOT ALL IS SHOWN: \d+ more characters.*0123456789abcdef/);
  expect(questionOf({ ...approval, effect: { argv: ["ls"] } }, { hasButtons: true, isHtml: false })).not.toContain("NOT ALL");
});
