import {
  fail,
  isArray,
  isObject,
  nearest,
  ok,
  pointerOf,
  problem,
  shown,
  type Diagnostic,
  type Json,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { LOCAL_CEILING, parseCeiling, type Ceiling } from "../capability/index.ts";
import type { Level, Levels, Policy } from "./types.ts";

/** The same of a Project that is in force: what today's policies do not know of it says nothing any more. */
export function activeProjectPolicy(project: Resource, policy: Policy): ProjectPolicy {
  const policies = isObject(project.spec["policies"]) ? project.spec["policies"] : {};
  const rules = isObject(policies["rules"]) ? policies["rules"] : {};
  const known = Object.entries(rules).filter(([rule, level]) => isRuleKnown(rule, policy, []) && LEVELS.has(level));
  const ceiling = ceilingOf(isObject(policies["network"]) ? policies["network"]["ceiling"] : undefined);
  return {
    levels: Object.fromEntries(known) as Readonly<Record<string, Level>>,
    ceiling: ceiling.ok ? ceiling.value : LOCAL_CEILING,
    exceptions: exceptionRules(policies["exceptions"]),
  };
}

/** Which exceptions a Project lets count. */
export interface ExceptionRules {
  /** `true`: from any rule; else from these rules, and from all rules of these policies. */
  readonly allow: boolean | ReadonlySet<string>;
  readonly maxDays: number | null;
}

export const NO_EXCEPTIONS: ExceptionRules = { allow: false, maxDays: null };

/** What a Project says about policy: part of its trust fields. */
export interface ProjectPolicy {
  readonly levels: Levels;
  readonly ceiling: Ceiling;
  readonly exceptions: ExceptionRules;
}

const LEVELS: ReadonlySet<Json> = new Set(["enforce", "warn", "audit", "off"]);

/**
 * Reads `spec.policies` of the Project.
 *
 * @returns `POLICY_RULE_UNKNOWN` for a rule that no policy in force has, `CAPABILITY_RESOURCE` for a
 *   ceiling that is not a list of hosts; `context.pointer` says where.
 * @param declared - Names of the declared policies.
 */
export function projectPolicy(project: Resource, policy: Policy, declared: readonly string[] = []): Result<ProjectPolicy> {
  const isKnown = (rule: string): boolean => isRuleKnown(rule, policy, declared);
  const policies = isObject(project.spec["policies"]) ? project.spec["policies"] : {};
  const rules = isObject(policies["rules"]) ? policies["rules"] : {};
  const wrong = Object.entries(rules).flatMap(([rule, level]) =>
    isKnown(rule) && LEVELS.has(level) ? [] : [unknownRule(rule, policy, ["spec", "policies", "rules", rule])],
  );
  const exceptions = exceptionRules(policies["exceptions"]);
  const unheard = typeof exceptions.allow === "boolean" ? [] : [...exceptions.allow].filter((rule) => !isKnown(rule));
  const ceiling = ceilingOf(isObject(policies["network"]) ? policies["network"]["ceiling"] : undefined);
  const diagnostics = [
    ...wrong,
    ...unheard.map((rule) => unknownRule(rule, policy, ["spec", "policies", "exceptions", "allow"])),
    ...(ceiling.ok ? [] : ceiling.diagnostics),
  ];
  if (!ceiling.ok || diagnostics.length > 0) return fail(...diagnostics);
  return ok({ levels: rules as Readonly<Record<string, Level>>, ceiling: ceiling.value, exceptions });
}

function exceptionRules(value: Json | undefined): ExceptionRules {
  if (!isObject(value)) return NO_EXCEPTIONS;
  const { allow, maxDays } = value;
  return {
    allow: isArray(allow) ? new Set(allow.filter((each) => typeof each === "string")) : allow === true,
    maxDays: typeof maxDays === "number" ? maxDays : null,
  };
}

function ceilingOf(hosts: Json | undefined): Result<Ceiling> {
  if (!isArray(hosts)) return ok(LOCAL_CEILING);
  const results = hosts.map((host, i) => ({ i, parsed: parseCeiling([typeof host === "string" ? host : ""]) }));
  const wrong = results.flatMap(({ i, parsed }) =>
    parsed.ok ? [] : parsed.diagnostics.map((each) => at(each, ["spec", "policies", "network", "ceiling", i])),
  );
  return wrong.length > 0 ? fail(...wrong) : ok({ hosts: results.flatMap(({ parsed }) => (parsed.ok ? parsed.value.hosts : [])) });
}

/**
 * Rules of policies whose bundle is not loaded are not known: then the bundle is what to complain about. Nor
 * are those of policies that an environment leaves out: the Project is one for all environments.
 */
export function isRuleKnown(rule: string, policy: Policy, declared: readonly string[]): boolean {
  const of = rule.includes(".") ? rule.slice(0, rule.indexOf(".")) : rule;
  if (policy.leftOut?.includes(of) === true) return true;
  const isLoaded = policy.policies.length > 0 && (policy.policies.includes(of) || !declared.includes(of));
  return !isLoaded || Object.hasOwn(policy.rules, rule) || policy.policies.includes(rule);
}

function unknownRule(rule: string, policy: Policy, where: readonly string[]): Diagnostic {
  const near = nearest(rule, Object.keys(policy.rules));
  return at(
    problem("POLICY_RULE_UNKNOWN", {
      detail: `No policy in force has a rule ${shown(rule)}, so its level would mean nothing.`,
      remedy: near === undefined ? `Rules: ${Object.keys(policy.rules).join(", ")}.` : `Did you mean "${near}"?`,
    }),
    where,
  );
}

function at(diagnostic: Diagnostic, segments: readonly (string | number)[]): Diagnostic {
  return { ...diagnostic, context: { ...diagnostic.context, pointer: pointerOf(segments) } };
}
