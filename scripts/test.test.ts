import { describe, expect, test } from "vitest";
import { countTests, flawOf, summaryLine } from "./test.ts";

const file = (status: string, ...tests: readonly string[]) => ({ status, assertionResults: tests.map((result) => ({ status: result })) });

describe("the last line of a test run", () => {
  test.each([
    { name: "all passed", files: [file("passed", "passed", "passed")], line: "2 passed, 0 failed" },
    { name: "one failed", files: [file("failed", "passed", "failed")], line: "1 passed, 1 failed" },
    { name: "skipped and todo", files: [file("passed", "passed", "pending", "skipped", "todo")], line: "1 passed, 0 failed, 3 skipped" },
    { name: "a file that does not load", files: [file("passed", "passed"), file("failed")], line: "1 passed, 1 failed" },
    { name: "a file whose clean-up failed", files: [file("failed", "passed")], line: "1 passed, 1 failed" },
    { name: "nothing", files: [], line: "0 passed, 0 failed" },
  ])("$name: $line", ({ files, line }) => {
    expect(summaryLine(countTests({ testResults: files }))).toBe(line);
  });

  test.each([
    { name: "a good run", counts: { passed: 1, failed: 0, skipped: 0 }, status: 0, isFlawed: false },
    { name: "failures speak for themselves", counts: { passed: 0, failed: 1, skipped: 0 }, status: 1, isFlawed: false },
    { name: "only skipped tests", counts: { passed: 0, failed: 0, skipped: 3 }, status: 0, isFlawed: true },
    { name: "an error outside of every test", counts: { passed: 9, failed: 0, skipped: 0 }, status: 1, isFlawed: true },
  ])("$name", ({ counts, status, isFlawed }) => {
    expect(flawOf(counts, status) !== undefined).toBe(isFlawed);
  });
});
