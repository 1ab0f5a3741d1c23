import { addressOf, byCodeUnit, type Address, type Resource } from "../../core/index.ts";
import type { Exception, Exceptions } from "./exceptions.ts";
import type { PlanRemark, PlanViolation, Policy } from "./types.ts";

/** A lowered rule that had something to deny is counted in every plan. */
export function loweredRemarks(violations: readonly PlanViolation[], project: Resource, policy: Policy): readonly PlanRemark[] {
  const counts = new Map<string, { level: string; count: number }>();
  for (const { rule, level, exception } of violations) {
    if (level === "enforce" || exception !== undefined || policy.rules[rule]?.effect === "warn") continue;
    counts.set(rule, { level, count: (counts.get(rule)?.count ?? 0) + 1 });
  }
  const sorted = [...counts].toSorted(([a], [b]) => byCodeUnit(a, b));
  return sorted.map(([rule, { level, count }]) => ({
    code: "POLICY_WARNED",
    address: addressOf(project.kind, project.metadata.name),
    message: `The Project lowers ${rule} to ${level}; it would have spoken ${times(count)}.`,
  }));
}

/** Every exception is in every plan: what it lifts, that it lifts nothing, or that it is over. */
export function exceptionRemarks(
  { inForce, expired }: Exceptions,
  used: ReadonlyMap<Address, number>,
  before: ReadonlyMap<Address, unknown>,
): readonly PlanRemark[] {
  // One that comes with this plan may be for what comes next.
  const known = inForce.filter(({ address }) => used.has(address) || before.get(address) !== null);
  return [
    ...known.map((each) => remarkOf(each, used.get(each.address) ?? 0)),
    ...expired.map(({ address, rule, expiresAt }) => ({
      code: "POLICY_EXCEPTION_EXPIRED" as const,
      address,
      message: `The exception from ${rule} ended at ${expiresAt} and lifts nothing. Remove it.`,
    })),
  ].sort((a, b) => byCodeUnit(a.address, b.address));
}

function remarkOf({ address, rule, owner, reason, expiresAt }: Exception, count: number): PlanRemark & { readonly address: Address } {
  if (count === 0)
    return {
      code: "POLICY_EXCEPTION_UNUSED",
      address,
      message: `The exception from ${rule} lifts nothing: no denial is in its scope. Remove it.`,
    };
  const message = `An exception lifts ${count === 1 ? "one denial" : `${count} denials`} by ${rule} until ${expiresAt}: ${reason} (${owner})`;
  return { code: "POLICY_EXCEPTION_USED", address, message };
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
