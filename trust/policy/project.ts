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

/** What a Project says about policy: part of its trust fields. */
export interface ProjectPolicy {
  readonly levels: Levels;
  readonly ceiling: Ceiling;
}

const LEVELS: ReadonlySet<Json> = new Set(["enforce", "warn", "audit", "off"]);

/**
 * Reads `spec.policies` of the Project.
 *
 * @returns `POLICY_RULE_UNKNOWN` for a rule that no policy in force has, `CAPABILITY_RESOURCE` for a
 *   ceiling that is not a list of hosts; `context.pointer` says where.
 */
export function projectPolicy(project: Resource, policy: Policy): Result<ProjectPolicy> {
  const policies = isObject(project.spec["policies"]) ? project.spec["policies"] : {};
  const rules = isObject(policies["rules"]) ? policies["rules"] : {};
  const wrong = Object.entries(rules).flatMap(([rule, level]) =>
    isKnown(rule, policy) && LEVELS.has(level) ? [] : [unknownRule(rule, policy)],
  );
  const ceiling = ceilingOf(isObject(policies["network"]) ? policies["network"]["ceiling"] : undefined);
  const diagnostics = [...wrong, ...(ceiling.ok ? [] : ceiling.diagnostics)];
  if (!ceiling.ok || diagnostics.length > 0) return fail(...diagnostics);
  return ok({ levels: rules as Readonly<Record<string, Level>>, ceiling: ceiling.value });
}

function ceilingOf(hosts: Json | undefined): Result<Ceiling> {
  if (!isArray(hosts)) return ok(LOCAL_CEILING);
  const results = hosts.map((host, i) => ({ i, parsed: parseCeiling([typeof host === "string" ? host : ""]) }));
  const wrong = results.flatMap(({ i, parsed }) =>
    parsed.ok ? [] : parsed.diagnostics.map((each) => at(each, ["spec", "policies", "network", "ceiling", i])),
  );
  return wrong.length > 0 ? fail(...wrong) : ok({ hosts: results.flatMap(({ parsed }) => (parsed.ok ? parsed.value.hosts : [])) });
}

/** With no bundle loaded no rule is known, and the bundle is what to complain about. */
function isKnown(rule: string, policy: Policy): boolean {
  return policy.policies.length === 0 || Object.hasOwn(policy.rules, rule) || policy.policies.includes(rule);
}

function unknownRule(rule: string, policy: Policy): Diagnostic {
  const near = nearest(rule, Object.keys(policy.rules));
  return at(
    problem("POLICY_RULE_UNKNOWN", {
      detail: `No policy in force has a rule ${shown(rule)}, so its level would mean nothing.`,
      remedy: near === undefined ? `Rules: ${Object.keys(policy.rules).join(", ")}.` : `Did you mean "${near}"?`,
    }),
    ["spec", "policies", "rules", rule],
  );
}

function at(diagnostic: Diagnostic, segments: readonly (string | number)[]): Diagnostic {
  return { ...diagnostic, context: { ...diagnostic.context, pointer: pointerOf(segments) } };
}
