import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText, yamlText } from "./json.ts";
import { shortened, table, widthOf, wrapped } from "./layout.ts";
import { lineDiff } from "./line-diff.ts";
import { asciiOnly, lookOf } from "./look.ts";

const LOOK = { unicode: true, width: 40 };

describe("text that fits", () => {
  test.each([
    ["short", "abc", 5, "abc"],
    ["cut", "abcdef", 5, "abcd…"],
    ["wide characters count two", "漢字漢字", 5, "漢字…"],
    ["a flag is one character", "🇩🇪🇩🇪🇩🇪", 5, "🇩🇪🇩🇪…"],
    ["no room", "abc", 0, ""],
  ])("shortened: %s", (_, text, columns, expected) => expect(shortened(text, columns, LOOK)).toBe(expected));

  test("in ASCII the mark is three dots", () => expect(shortened("abcdef", 5, { unicode: false })).toBe("ab..."));

  test("wrapped lines fit, and lose no word", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 12 }).filter((s) => !/\s/.test(s))),
        fc.integer({ min: 2, max: 30 }),
        (words, columns) => {
          const text = words.join(" ");
          const lines = wrapped(text, columns);
          expect(lines.join("").replaceAll(" ", "")).toBe(words.join(""));
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  test("a table fits; where it cannot, each row becomes lines", () => {
    const header = ["NAME", "WHAT"];
    const rows = [
      ["a", "x".repeat(60)],
      ["bb", "y"],
    ];
    const wide = table(header, rows, { unicode: true, width: 40 });
    expect(wide).toEqual(["NAME  WHAT", `a     ${"x".repeat(33)}…`, "bb    y"]);
    expect(Math.max(...wide.map(widthOf))).toBe(40);
    expect(table(header, [["a", "y y"]], { unicode: true, width: 8 })).toEqual(
      ["NAME  WHAT", "a     y y"].slice(0, 0).concat(["name: a", "what: y", "y"]),
    );
  });
});

describe("line difference", () => {
  test("puts either text back together", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 30 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const diff = lineDiff(before.split("\n"), after.split("\n"), 1_000);
        const side = (drop: string): string =>
          diff.flatMap((line) => (line.kind === drop || line.kind === "skip" ? [] : [line.text])).join("\n");
        expect(side("add")).toBe(before);
        expect(side("remove")).toBe(after);
      }),
    );
  });

  test("huge texts are answered at once", () => {
    const lines = (word: string): readonly string[] => Array.from({ length: 50_000 }, (_, i) => `${word} ${i}`);
    expect(lineDiff(lines("a"), lines("b")).length).toBe(100_000);
  });
});

describe("writing values", () => {
  test("JSON and YAML escape what cannot be seen, and read back as they were", async () => {
    const { parse } = await import("yaml");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u202e", "a\nb", "\u2028x", "\u0085", "- a", "\t"))),
        async (value) => {
          const [json, yaml] = [jsonText(value), await yamlText(value)];
          // oxlint-disable-next-line no-control-regex
          for (const text of [json, yaml]) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
          expect(JSON.parse(json)).toEqual(value);
          expect(parse(yaml)).toEqual(value);
        },
      ),
    );
  });
});

describe("what the output can show", () => {
  const now = new Date(0);
  const at = (env: Record<string, string>, isTerminal = true, noColor = false): ReturnType<typeof lookOf> =>
    lookOf(env, { isTerminal, columns: 80 }, { noColor, verbose: false, now });

  test.each<[string, Record<string, string>, boolean, boolean, boolean]>([
    ["a terminal", {}, true, false, true],
    ["a pipe", {}, false, false, false],
    ["NO_COLOR", { NO_COLOR: "1" }, true, false, false],
    ["an empty NO_COLOR", { NO_COLOR: "" }, true, false, true],
    ["TERM=dumb", { TERM: "dumb" }, true, false, false],
    ["FORCE_COLOR in a pipe", { FORCE_COLOR: "1" }, false, false, true],
    ["FORCE_COLOR beats NO_COLOR", { FORCE_COLOR: "1", NO_COLOR: "1" }, false, false, true],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, false, false],
    ["--no-color beats all", { FORCE_COLOR: "1" }, true, true, false],
  ])("colour: %s", (_, env, isTerminal, noColor, expected) => expect(at(env, isTerminal, noColor).color).toBe(expected));

  test.each<[string, Record<string, string>, boolean]>([
    ["no locale", {}, false],
    ["LANG", { LANG: "de_DE.UTF-8" }, true],
    ["LC_ALL wins", { LANG: "de_DE.UTF-8", LC_ALL: "C" }, false],
    ["utf8 without a hyphen", { LC_CTYPE: "en_US.utf8" }, true],
  ])("signs: %s", (_, env, expected) => expect(at(env).unicode).toBe(expected));

  test.each<[string, Record<string, string>, boolean, number]>([
    ["a terminal's own", {}, true, 80],
    ["COLUMNS", { COLUMNS: "20" }, true, 20],
    ["COLUMNS in a pipe", { COLUMNS: "20" }, false, 20],
    ["a pipe has no end", {}, false, Infinity],
    ["nonsense", { COLUMNS: "-3" }, true, 80],
    ["too narrow to lay anything out", { COLUMNS: "2" }, true, 10],
  ])("width: %s", (_, env, isTerminal, expected) => expect(at(env, isTerminal).width).toBe(expected));

  test("ASCII keeps what it can and shows the rest as codes", () =>
    expect(asciiOnly("✓ a→b… é 🦞")).toBe("ok a->b... \\u00e9 \\ud83e\\udd9e"));
});
