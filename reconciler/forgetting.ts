import { edgesAmong } from "../trust/capability/index.ts";
import { isArray, problem, selects, type Address, type Diagnostic, type Kinds, type Resource } from "../core/index.ts";
import type { Recorded } from "./diff/index.ts";
import type { Change, PlanWarning } from "./plan/index.ts";
import { type ResolvedConfig } from "./resolve/index.ts";

/** What the planned Project releases: where the Project itself is left out of the plan, the recorded one. */
export function forgetIn({ spec }: Resource): readonly string[] {
  const { forget } = spec;
  return isArray(forget) ? forget.filter((each) => typeof each === "string") : [];
}

/** What is released, not deleted, when it is no longer declared. `destroy` removes all the same. */
export function forgetter(forget: readonly string[], deleteReason: "not-declared" | "destroy"): (address: Address) => boolean {
  if (forget.length === 0 || deleteReason === "destroy") return () => false;
  return (address) => forget.some((pattern) => selects(pattern, address));
}

/**
 * Nobody manages or judges what was released, so the rule is a loosening, and none helps the change that
 * brings it: a resource goes only by a rule that was active before. Deleting it instead is not what was asked.
 */
export function releasedTooEarly(changes: readonly Change[], active: Resource | undefined): readonly Diagnostic[] {
  const inForce = forgetter(active ? forgetIn(active) : [], "not-declared");
  return forgotten(changes)
    .filter((address) => !inForce(address))
    .map((address) =>
      problem("FORGET_NOT_IN_FORCE", {
        detail: `${address} is no longer declared, and the same change adds the rule in spec.forget that would release it. A rule counts from the next change on.`,
        remedy: `Declare ${address} again and apply that, with the rule; then remove it in a change of its own.`,
        context: { address },
      }),
    );
}

export function forgotten(changes: readonly Change[]): readonly Address[] {
  return changes.filter((change) => change.action === "forget").map((change) => change.address);
}

/** References never cross owners: what is released without something that it names goes on without it. */
export function leftBehind(changes: readonly Change[], recorded: Recorded, config: ResolvedConfig, kinds: Kinds): PlanWarning[] {
  const released = new Set(forgotten(changes));
  if (released.size === 0) return [];
  const rest = config.resources.filter((each) => !recorded.has(each.address)).map((each) => each.resource);
  const cut = edgesAmong([...recorded.values(), ...rest], kinds).filter(({ from, to }) => released.has(from) && !released.has(to));
  const named = new Map(cut.map(({ from, to }) => [`${from} ${to}`, { from, to }]));
  return [...named.values()].map(({ from, to }) => ({
    code: "FORGET_INCOMPLETE",
    address: from,
    message: `names ${to}, which is not released with it: unmanaged, it goes without`,
  }));
}
