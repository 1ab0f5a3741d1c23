import { isObject, type Generation, type JsonObject, type Resource } from "../core/index.ts";
import type { TrustAnchor } from "./trust-anchor.ts";

/** How strictly commits are looked at. */
export type CommitLevel = "off" | "warn" | "require";

/**
 * Who judges the commits of a plan: the active generation, the host's anchor, the declared Project itself
 * (which can only warn), or nobody.
 */
export interface CommitJudge {
  readonly by: "generation" | "anchor" | "declared" | "nobody" | "missing";
  readonly level: CommitLevel;
  /** `spec.trust` of the judge. */
  readonly trust: JsonObject;
}

/** What an anchor calls the generation it overrules. */
export function nameOf({ owner, number }: Pick<Generation, "owner" | "number">): string {
  return `${owner}@${number}`;
}

export function levelOf(project: Resource | undefined): CommitLevel {
  const verification = project?.spec["verification"];
  const level = isObject(verification) ? verification["commits"] : undefined;
  return level === "require" || level === "warn" ? level : "off";
}

/** How the compiled policies are held to account. */
export type PolicyLevel = "locked" | "rebuild" | "attested";

export function policyLevelOf(project: Resource | undefined): PolicyLevel {
  const verification = project?.spec["verification"];
  const level = isObject(verification) ? verification["policies"] : undefined;
  return level === "rebuild" || level === "attested" ? level : "locked";
}

export function trustOf(project: Resource | undefined): JsonObject {
  const trust = project?.spec["trust"];
  return isObject(trust) ? trust : {};
}

/**
 * A change is judged by what was in force before it. The anchor judges until a generation that requires
 * signatures is active; from then on that generation's own list does, so that signers can be changed by
 * those who may sign. An operator who no longer believes that list can overrule one generation, until the
 * next one is active. `missing`: signatures are required, and nobody outside the commit says whose.
 */
export function judgeInForce(
  active: Resource | undefined,
  declared: Resource | undefined,
  anchor: TrustAnchor | null,
  generation: Generation | null,
): CommitJudge {
  const isOverruled = anchor?.over !== undefined && anchor.over !== null && generation !== null && anchor.over === nameOf(generation);
  if (levelOf(active) === "require" && !isOverruled) return { by: "generation", level: "require", trust: trustOf(active) };
  if (anchor) return { by: "anchor", level: "require", trust: anchor.trust };
  if (active) {
    const level = levelOf(active);
    return { by: level === "off" ? "nobody" : "generation", level, trust: trustOf(active) };
  }
  const level = levelOf(declared);
  if (level === "off") return { by: "nobody", level, trust: {} };
  return { by: level === "warn" ? "declared" : "missing", level, trust: trustOf(declared) };
}
