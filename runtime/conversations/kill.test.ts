import { describe, expect, test } from "vitest";
import { dieAt, type Aftermath } from "./killed.fixture.ts";

const PLAIN = "hello";
const EFFECT = "/call x.effect {}";

/** However a process died: one answer, one question, at most one effect, and every record after its parent. */
function checkOnce({ sent, effects, entries }: Aftermath, text: string): void {
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  expect(new Set(sent.map((each) => each.text)).size).toBe(1);
  expect(entries.filter(({ kind }) => kind === "user").length).toBe(1);
  for (const [i, each] of entries.entries()) expect(each.parent).toBe(entries[i - 1]?.id ?? null);
  expect(effects).toBeLessThanOrEqual(1);
  if (text !== EFFECT) return expect(sent[0]?.text).toContain("You said: hello");
  const isInterrupted = sent[0]?.text.includes("interrupted by a restart") ?? false;
  // An effect that happened is told of, and one that did not is only possible where the run was cut off.
  expect(effects === 1 || isInterrupted).toBe(true);
  expect(isInterrupted || sent[0]?.text.includes("x.effect: effected")).toBe(true);
}

describe("killed with -9, and started again", () => {
  test.each([
    [5, PLAIN],
    [8, PLAIN],
    [10, EFFECT],
    [13, EFFECT],
  ])("at step %i of %j: answered once, nothing done twice", async (step, text) => {
    const after = await dieAt(step, text);
    expect(after.died).toBe(true);
    checkOnce(after, text);
  });
});
