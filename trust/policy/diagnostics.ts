import { caution, problem, type Address, type Diagnostic, type Origin } from "../../core/index.ts";
import type { Exception } from "./exceptions.ts";
import type { PlanViolation, Policy, RuleFacts } from "./types.ts";

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
export function denialsOf(violations: readonly PlanViolation[], facts: DenialFacts): readonly Diagnostic[] {
  const groups = new Map<string, PlanViolation[]>();
  for (const each of violations) {
    if (each.level !== "enforce") continue;
    const key = `${each.address} ${each.rule} ${each.by ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [denialOf(first, group.length, facts)] : [];
  });
}

/** What a denial is told with. */
export interface DenialFacts {
  /** Whose rules they are: what is declared, then what is in force. */
  readonly policies: readonly Policy[];
  /** Names of the Project's own policies; the others have a page. */
  readonly own: ReadonlySet<string>;
  /** What would be weakened: to be applied before what profits from it. */
  readonly weakened: readonly Address[];
}

function denialOf(violation: PlanViolation, count: number, { policies, own, weakened }: DenialFacts): Diagnostic {
  const { rule, message, address, atom, path, by } = violation;
  const more = count > 1 ? ` (and ${count - 1} more like it)` : "";
  const what = atom === undefined ? address : `${address} with the grant "${atom}"${more}`;
  const source = policies.find((each) => Object.hasOwn(each.rules, rule))?.rules[rule];
  const place = source && `${source.file}:${source.line}`;
  return problem("POLICY_DENIED", {
    ...ruleOf(rule, own, source),
    detail:
      by === "active"
        ? `${what} is denied by ${rule} as it is in force. ${message} What is declared would be silent, but a change to what judges does not judge itself.`
        : `${what} is denied by ${rule}. ${message}`,
    remedy:
      by === "active"
        ? `Apply the change to what judges first, then the rest:\n  moltbot apply ${weakened.map((each) => `--target ${each}`).join(" ")}`
        : pageOf(rule, own, place),
    context: {
      address,
      rule,
      count,
      ...(path === undefined ? {} : { pointer: path }),
      ...(place === undefined ? {} : { source: place }),
    },
  });
}

/**
 * What policy says without denying, for reports: one remark for each rule and resource that warns, and for
 * each denial that an exception lifts. What is only recorded is in the plan alone.
 *
 * @param exceptions - In force, by address.
 */
export function noticesOf(
  violations: readonly PlanViolation[],
  exceptions: ReadonlyMap<Address, Exception>,
  facts: DenialFacts,
): readonly Diagnostic[] {
  const spoken = violations.filter(({ level, exception }) => level === "warn" || exception !== undefined);
  const groups = Map.groupBy(spoken, ({ address, rule, exception }) => `${address} ${rule} ${exception ?? ""}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [noticeOf(first, group.length, exceptions, facts)] : [];
  });
}

function noticeOf(
  violation: PlanViolation,
  count: number,
  exceptions: ReadonlyMap<Address, Exception>,
  { policies, own }: DenialFacts,
): Diagnostic {
  const { rule, message, address, atom, path, exception } = violation;
  const lifted = exception === undefined ? undefined : exceptions.get(exception);
  const source = policies.find((each) => Object.hasOwn(each.rules, rule))?.rules[rule];
  const what = atom === undefined ? address : `${address} with the grant "${atom}"${count > 1 ? ` (and ${count - 1} more like it)` : ""}`;
  const detail = lifted
    ? `${what} would be denied by ${rule}; ${lifted.address} lifts that until ${lifted.expiresAt}: ${lifted.reason} (${lifted.owner}) ${message}`
    : `${what}: ${rule} warns. ${message}`;
  return caution(lifted ? "POLICY_EXCEPTION_USED" : "POLICY_WARNED", {
    detail,
    remedy: pageOf(rule, own, source && `${source.file}:${source.line}`),
    ...ruleOf(rule, own, source),
    context: {
      address,
      rule,
      count,
      ...(path === undefined ? {} : { pointer: path }),
      ...(lifted ? { exception: lifted.address, until: lifted.expiresAt } : {}),
    },
  });
}

/** The rule itself, where it is a file of this repository. */
function ruleOf(rule: string, own: ReadonlySet<string>, source: RuleFacts | undefined): Pick<Diagnostic, "related"> {
  if (!source || !own.has(policyOf(rule))) return {};
  return { related: [{ message: `the rule ${rule}`, at: { file: source.file, line: source.line, column: 1 } }] };
}

function policyOf(rule: string): string {
  return rule.slice(0, rule.indexOf("."));
}

/** Where to read on: the page of a built-in rule, the source of another. */
export function pageOf(rule: string, own: ReadonlySet<string>, place: string | undefined): string {
  const policy = policyOf(rule);
  return own.has(policy) ? `${place ?? policy} has the rule.` : `docs/policies/${policy}.md explains the rule.`;
}
