import { problem, type Address, type Diagnostic, type Origin } from "../../core/index.ts";
import type { PlanViolation, Policy } from "./types.ts";

/** Finds where a field of a resource was written; the engine knows. */
export type OriginOf = (address: Address, pointer: string) => Origin | undefined;

/** The same diagnostic with the origin its context names, where that is known. */
export function placed(diagnostic: Diagnostic, originOf: OriginOf): Diagnostic {
  const { address, pointer } = diagnostic.context;
  if (typeof address !== "string" || typeof pointer !== "string" || diagnostic.origin) return diagnostic;
  const origin = originOf(address as Address, pointer);
  return origin ? { ...diagnostic, origin } : diagnostic;
}

/**
 * One diagnostic for each rule and resource that is denied: an agent with fifty grants beyond the
 * ceiling is one problem, shown at the first of them. The plan lists every violation.
 */
export function denialsOf(violations: readonly PlanViolation[], policy: Policy): readonly Diagnostic[] {
  const groups = new Map<string, PlanViolation[]>();
  for (const each of violations) {
    if (each.level !== "enforce") continue;
    const key = `${each.address} ${each.rule}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [denialOf(first, group.length, policy)] : [];
  });
}

function denialOf(violation: PlanViolation, count: number, policy: Policy): Diagnostic {
  const { rule, message, address, atom, path } = violation;
  const more = count > 1 ? ` (and ${count - 1} more like it)` : "";
  const what = atom === undefined ? address : `${address} with the grant "${atom}"${more}`;
  const source = policy.rules[rule];
  return problem("POLICY_DENIED", {
    detail: `${what} is denied by ${rule}. ${message}`,
    remedy: `docs/policies/${rule.slice(0, rule.indexOf("."))}.md explains the rule.`,
    context: {
      address,
      rule,
      count,
      ...(path === undefined ? {} : { pointer: path }),
      ...(source ? { source: `${source.file}:${source.line}` } : {}),
    },
  });
}
