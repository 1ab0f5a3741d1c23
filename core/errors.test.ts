import { describe, expect, test } from "vitest";
import {
  caution,
  CODES,
  fail,
  InternalError,
  isRecoverable,
  MoltbotError,
  ok,
  orThrow,
  OUTCOMES,
  problem,
  type Diagnostic,
  type DiagnosticCode,
  type Outcome,
} from "./index.ts";

function thrown(...diagnostics: readonly Diagnostic[]): unknown {
  try {
    return orThrow(fail(...diagnostics));
  } catch (error) {
    return error;
  }
}

const codeOf = (outcome: Outcome): DiagnosticCode => {
  const [code] = Object.entries(CODES).find(([, each]) => each.outcome === outcome) ?? [];
  return code as DiagnosticCode;
};

describe("a failed result as an error", () => {
  test.each(OUTCOMES)("%s", (outcome) => {
    const cause = new Error("below");
    const diagnostic = problem(codeOf(outcome), { detail: "What is wrong.", context: { agent: "a" }, cause });
    const error = thrown(diagnostic);
    expect(error).toBeInstanceOf(MoltbotError);
    expect(error).toMatchObject({ code: diagnostic.code, context: { agent: "a" }, outcome, recoverable: isRecoverable(outcome), cause });
    expect((error as MoltbotError).diagnostic).toBe(diagnostic);
    expect((error as MoltbotError).name).not.toBe("MoltbotError");
    expect(String(error)).toContain(`${diagnostic.code}: What is wrong.`);
  });

  test("may succeed later where somebody else is at it, the world has moved, or something outside failed", () => {
    expect(OUTCOMES.filter(isRecoverable)).toEqual(["LOCKED", "STALE", "UNAVAILABLE", "PARTIAL"]);
  });

  test("is the first of those that decide the exit code, and holds them all", () => {
    const all = [
      caution("APPLY_LOCKED", { detail: "w" }),
      problem(codeOf("STALE"), { detail: "s" }),
      problem(codeOf("CORRUPT"), { detail: "c" }),
    ];
    const error = thrown(...all);
    expect(error).toMatchObject({ name: "CorruptError", diagnostics: all });
  });

  test("without an error is our bug; what went well is the value", () => {
    expect(thrown(caution("APPLY_LOCKED", { detail: "w" }))).toBeInstanceOf(InternalError);
    expect(orThrow(ok(7))).toBe(7);
  });
});
