import { addressOf, isArray, isObject, selects, type Address, type Json, type Resource } from "../../core/index.ts";
import type { Candidate, Compiled } from "./own.ts";

/** `include` and `exclude` of an environment. */
export interface Selection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** As a Project says them: exclude wins. */
export function isIncluded(address: Address, { include, exclude }: Selection): boolean {
  const matches = (pattern: string): boolean => selects(pattern, address);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

/** The same of a Project that is recorded; without one, everything is in. */
export function selectionOf(project: Resource | undefined, environment: string): Selection {
  const environments = project?.spec["environments"];
  const own = isObject(environments) ? environments[environment] : undefined;
  return isObject(own) ? { include: texts(own["include"]), exclude: texts(own["exclude"]) } : { include: [], exclude: [] };
}

/** The compiled policies of what judges already: who compiled them was asked when they were applied. */
export function activeCandidate(compiled: Compiled, active: Resource, environment: string): Candidate {
  const selection = selectionOf(active, environment);
  return { ...compiled, refusals: [], leftOut: [], isLeftOut: (name) => !isIncluded(addressOf("Policy", name), selection) };
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
