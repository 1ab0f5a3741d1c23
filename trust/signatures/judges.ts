import { isObject, type Resource } from "../../core/index.ts";

/**
 * Kinds whose resources judge changes: a rollback leaves them as they are, because what judges a
 * change is always what is in force today.
 */
const JUDGING_KINDS: ReadonlySet<string> = new Set(["Project", "Policy", "PolicyException"]);

/** Kinds that say who people are: who may approve is read from what is active, too. */
const KINDS_WITH_PEOPLE: ReadonlySet<string> = new Set(["Team"]);

export function namesPeople(kind: string): boolean {
  return KINDS_WITH_PEOPLE.has(kind);
}

export function isJudging(kind: string): boolean {
  return JUDGING_KINDS.has(kind);
}

/** Does the Project ask who compiled its policies? */
export function isAttestationAsked({ spec }: Resource): boolean {
  const { verification } = spec;
  return isObject(verification) && verification["policies"] === "attested";
}
