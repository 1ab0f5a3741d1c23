import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "../../../core/index.ts";
import { splitText } from "./split.ts";

const rule = { maxChars: 100, maxBytes: null };

test("short answers stay whole, long ones are cut between paragraphs, lines and words", () => {
  expect(splitText("hi", rule)).toEqual(["hi"]);
  expect(splitText(`${"a".repeat(60)}\n\n${"b".repeat(60)}`, rule)).toEqual(["a".repeat(60), "b".repeat(60)]);
  expect(splitText("word ".repeat(40), rule).every((part) => part.length <= 100 && !part.startsWith("ord"))).toBe(true);
});

test("a code block that is cut is closed and opened again with its language", () => {
  const parts = splitText(`before\n\n\`\`\`ts\n${"const a = 1;\n".repeat(20)}\`\`\`\nafter`, rule);
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect((part.match(/^```/gm) ?? []).length % 2).toBe(0);
  expect(parts.slice(1, -1).every((part) => part.startsWith("```ts\n"))).toBe(true);
});

test("no part is too long in characters or bytes, none halves a character, nothing is lost, and there are not too many", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 3_000 }), fc.integer({ min: 20, max: 200 }), (text, maxChars) => {
      const parts = splitText(text, { maxChars, maxBytes: maxChars * 2 });
      for (const part of parts) {
        expect(part.isWellFormed() || !text.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(maxChars * 2 + 20);
      }
      expect(parts.length).toBeLessThanOrEqual(LIMITS.answerParts);
      if (parts.length < LIMITS.answerParts && !text.includes("```") && !text.includes("~~~"))
        expect(parts.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
    }),
    { numRuns: 300 },
  );
  expect(splitText("x".repeat(100_000), rule)).toHaveLength(LIMITS.answerParts);
});
