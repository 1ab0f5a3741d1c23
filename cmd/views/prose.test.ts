import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proseStream, safeProse } from "./prose.ts";

const LOOK = { unicode: true };

describe("what a model says", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["plain text, lines and tabs", "a\tb\n\nc", "a\tb\n\nc"],
    ["emoji with joiners and selectors", "👩‍👩‍👧 ❤️ 🇩🇪", "👩‍👩‍👧 ❤️ 🇩🇪"],
    ["other scripts", "नमस्ते שלום 你好", "नमस्ते שלום 你好"],
    ["escape sequences", "\u001b[2Jx\u001b]0;t\u0007", String.raw`\u001b[2Jx\u001b]0;t\u0007`],
    ["C1 controls", "\u009b31m", String.raw`\u009b31m`],
    ["a carriage return that writes over a line", "safe\rEVIL", String.raw`safe\u000dEVIL`],
    ["direction marks", "a\u202eb\u2066c", String.raw`a\u202eb\u2066c`],
    ["tags", "x\u{e0041}", String.raw`x\udb40\udc41`],
    ["a lone surrogate", "x\ud800y", String.raw`x\ud800y`],
  ];
  test.each(cases)("%s", (_, text, shown) => expect(safeProse(text, LOOK)).toBe(shown));

  test("without UTF-8, other characters are shown by number", () => expect(safeProse("ü", { unicode: false })).toBe(String.raw`\u00fc`));
});

describe("in pieces", () => {
  test("the same, however it is cut", () => {
    const unit = fc.constantFrom("a", "\n", "\r\n", "\r", "🙂", "::", "##[", "\u001b", "é");
    fc.assert(
      fc.property(fc.array(unit), fc.nat(3), fc.boolean(), (parts, size, isLive) => {
        const text = parts.join("");
        const stream = proseStream(LOOK, isLive);
        let out = "";
        for (let at = 0; at < text.length; at += size + 1) out += stream.push(text.slice(at, at + size + 1));
        out += stream.end();
        const whole = proseStream(LOOK, false);
        if (!isLive) expect(out).toBe(whole.push(text) + whole.end());
        expect(out.replaceAll(/\\u003a/g, ":").replaceAll(/\\u0023/g, "#")).toBe(safeProse(text.replaceAll("\r\n", "\n"), LOOK));
      }),
    );
  });

  test("commands to a CI system are taken apart line by line where nobody watches", () => {
    const stream = proseStream(LOOK, false);
    expect(["x\n:", ":set-env name=a::b\n", "##[error]"].map((piece) => stream.push(piece)).join("") + stream.end()).toBe(
      "x\n\\u003a:set-env name=a::b\n\\u0023#[error]",
    );
  });
});
