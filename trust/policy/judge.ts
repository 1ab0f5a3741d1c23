import { byCodeUnit } from "../../core/index.ts";
import { BROKEN_RULE, type Answer, type Finding, type Level, type Levels } from "./types.ts";

/** A finding at the level that is in force for it. */
export interface Spoken extends Finding {
  readonly level: "enforce" | "warn" | "audit";
}

export interface Verdict {
  /** `conditional`: allowed now, then decided on each call by `obligations`. */
  readonly answer: "allowed" | "denied" | "conditional";
  /** What denies. */
  readonly violations: readonly Spoken[];
  /** What is shown or recorded without denying. */
  readonly warnings: readonly Spoken[];
  /** Rules that decide on each call. */
  readonly obligations: readonly string[];
}

const ALLOWED: Verdict = { answer: "allowed", violations: [], warnings: [], obligations: [] };

/**
 * Applies the Project's levels to what the policies said. Levels stand outside Rego, so a policy cannot
 * lower itself. A policy that could not answer denies at any level.
 */
export function judge(answer: Answer, levels: Levels): Verdict {
  const { deny, warn, oblige } = answer;
  if (deny.length + warn.length + oblige.length === 0) return ALLOWED;
  const spoken = [...atLevel(deny, levels, "enforce"), ...atLevel(warn, levels, "warn")];
  const obliged = atLevel(oblige, levels, "enforce");
  const violations = spoken.filter((each) => each.level === "enforce");
  const warnings = [...spoken, ...obliged.filter((each) => each.level !== "enforce")].filter((each) => each.level !== "enforce");
  const obligations = obliged.filter((each) => each.level === "enforce").map((each) => each.rule);
  const result = violations.length > 0 ? "denied" : obligations.length > 0 ? "conditional" : "allowed";
  return { answer: result, violations, warnings, obligations };
}

/** The level in force for a rule: its own, else its policy's, else what the policy says. */
export function levelOf(rule: string, levels: Levels, fallback: Level): Level {
  if (rule === BROKEN_RULE) return "enforce";
  if (Object.hasOwn(levels, rule)) return levels[rule] ?? fallback;
  const policy = rule.slice(0, rule.indexOf("."));
  return Object.hasOwn(levels, policy) ? (levels[policy] ?? fallback) : fallback;
}

/** Every rule that had a part in a verdict, sorted. */
export function rulesOf({ violations, warnings, obligations }: Verdict): readonly string[] {
  return [...new Set([...violations.map((each) => each.rule), ...warnings.map((each) => each.rule), ...obligations])].sort(byCodeUnit);
}

function atLevel(findings: readonly Finding[], levels: Levels, fallback: "enforce" | "warn"): readonly Spoken[] {
  return findings.flatMap((finding) => {
    const level = levelOf(finding.rule, levels, fallback);
    return level === "off" ? [] : [{ ...finding, level }];
  });
}
