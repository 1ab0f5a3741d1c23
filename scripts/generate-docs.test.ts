import { describe, expect, test } from "vitest";
import { CODES, OUTCOMES } from "../core/index.ts";
import { diagnosticsPage, generateDocs, limitComments, limitsPage } from "./generate-docs.ts";

describe("generated pages", () => {
  test("are fresh", () => {
    expect(generateDocs({ check: true })).toEqual([]);
  });

  test("docs/diagnostics.md: each code has one row and one page, each outcome its exit code", () => {
    const page = diagnosticsPage();
    for (const code of Object.keys(CODES)) {
      expect(page.split(`\n### ${code}\n`), code).toHaveLength(2);
      expect(page.split(`| [${code}](#${code.toLowerCase()}) |`), code).toHaveLength(2);
    }
    for (const outcome of OUTCOMES) expect(page).toMatch(new RegExp(`^\\| ${outcome} \\| \\d+ \\| `, "m"));
  });

  test("docs/limits.md: a limit without a comment is refused", () => {
    expect(() => limitsPage("export const LIMITS = {};")).toThrow(/has no comment/);
  });

  test("comments of one and of several lines", () => {
    const source = "{\n  /** One file. */\n  a: 1,\n  /**\n   * Two\n   * lines, {@link b}.\n   */\n  b: 2,\n}";
    expect([...limitComments(source)]).toEqual([
      ["a", "One file."],
      ["b", "Two lines, `b`."],
    ]);
  });
});
