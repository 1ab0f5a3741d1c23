/**
 * Kinds whose resources judge changes: a rollback leaves them as they are, because what judges a
 * change is always what is in force today.
 */
const JUDGING_KINDS: ReadonlySet<string> = new Set(["Project", "Policy", "PolicyException"]);

export function isJudging(kind: string): boolean {
  return JUDGING_KINDS.has(kind);
}
