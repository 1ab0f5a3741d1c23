import { describe, expect, test } from "vitest";
import { dieAt, type Aftermath } from "./killed.fixture.ts";

const PLAIN = "hello";
const EFFECT = "/call x.effect {}";

const PLATFORMS = ["knows", "does not know"] as const;

/**
 * However a process died: one answer, one question, at most one effect, every record after its parent. A platform that
 * knows an answer by its id gets it at least once; one that does not, never twice, and what it may not have is kept.
 */
function checkOnce({ sent, kept, effects, entries }: Aftermath, text: string, platform: (typeof PLATFORMS)[number]): void {
  expect(new Set(sent.map(({ id }) => id)).size).toBeLessThanOrEqual(1);
  expect(new Set(sent.map((each) => each.text)).size).toBeLessThanOrEqual(1);
  if (platform === "knows") expect([sent.length > 0, kept]).toEqual([true, []]);
  else expect([sent.length <= 1, kept.length === 0 ? sent.length : 1, kept.filter((each) => each !== "unknown")]).toEqual([true, 1, []]);
  expect(entries.filter(({ kind }) => kind === "user").length).toBe(1);
  for (const [i, each] of entries.entries()) expect(each.parent).toBe(entries[i - 1]?.id ?? null);
  expect(effects).toBeLessThanOrEqual(1);
  const said = sent[0]?.text ?? entries.findLast(({ kind }) => kind === "assistant" || kind === "notice");
  const answer = typeof said === "string" ? said : said && "text" in said ? said.text : "";
  if (text !== EFFECT) return expect(answer).toContain("You said: hello");
  const isInterrupted = answer.includes("interrupted by a restart");
  // An effect that happened is told of, and one that did not is only possible where the run was cut off.
  expect(effects === 1 || isInterrupted).toBe(true);
  expect(isInterrupted || answer.includes("x.effect: effected")).toBe(true);
}

describe("killed with -9, and started again", () => {
  test.each([
    [5, PLAIN, "knows"],
    [8, PLAIN, "knows"],
    [10, EFFECT, "knows"],
    [13, EFFECT, "does not know"],
  ] as const)("at step %i of %j, where the platform %s a repeat: answered once, nothing done twice", async (step, text, platform) => {
    const after = await dieAt(step, text, platform);
    expect(after.died).toBe(true);
    checkOnce(after, text, platform);
  });

  test("in the window between a send and its receipt: not sent again where it would be seen twice, and kept", async () => {
    const whole = await dieAt(0, PLAIN, "does not know");
    expect([whole.sent.length, whole.kept]).toEqual([1, []]);
    // Behind the send come its receipt, two steps of a transaction and two of a last look.
    const steps = { "before it is begun": 8, "before it is sent": 5, "before its receipt": 4 };
    const outcomes: string[] = [];
    for (const [name, back] of Object.entries(steps)) {
      const after = await dieAt(whole.steps - back, PLAIN, "does not know");
      checkOnce(after, PLAIN, "does not know");
      outcomes.push(`${name}: ${after.sent.length} sent, ${after.kept.length} kept`);
    }
    expect(outcomes).toEqual([
      "before it is begun: 1 sent, 0 kept",
      "before it is sent: 0 sent, 1 kept",
      "before its receipt: 1 sent, 1 kept",
    ]);
  }, 60_000);
});

// Every step, with the slow tests.
test
  .runIf(process.env["MOLTBOT_TEST_SLOW"] === "1")
  .each([PLAIN, EFFECT].flatMap((text) => PLATFORMS.map((each) => [text, each] as const)))(
  "%j: killed at each step between being taken in and being delivered, where the platform %s a repeat",
  async (text, platform) => {
    const { steps, died } = await dieAt(0, text, platform);
    expect(died).toBe(false);
    expect(steps).toBeGreaterThan(10);
    for (let step = 1; step <= steps; step++) checkOnce(await dieAt(step, text, platform), text, platform);
  },
  600_000,
);
