import type { Diagnostic } from "../core/index.ts";
import type { Planned } from "../reconciler/types.ts";

/** What a plan tells of itself: what forbids applying it, and, as warnings, what apply will want to have confirmed. */
export function planProblems({ blockers, confirmations, warnings }: Planned): readonly Diagnostic[] {
  return [...blockers, ...confirmations.map((each) => ({ ...each, severity: "warning" as const })), ...warnings];
}
