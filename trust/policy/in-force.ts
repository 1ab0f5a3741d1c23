import { addressOf, isArray, isObject, ok, type Address, type Diagnostic, type Instant, type Resource } from "../../core/index.ts";
import { LOCAL_CEILING, type Ceiling } from "../capability/index.ts";
import { appliesOf, doesApply, type Applies } from "./applies.ts";
import { exceptionFor, exceptionsOf, type Exception, type Exceptions } from "./exceptions.ts";
import { judge, type Spoken, type Verdict } from "./judge.ts";
import { activeProjectPolicy, NO_EXCEPTIONS, projectPolicy, type ProjectPolicy } from "./project.ts";
import type { Subject } from "./subject.ts";
import { texts } from "./weakening-facts.ts";
import type { Answer, Finding, Level, Levels, Policy } from "./types.ts";

/** Everything that judges: compiled policies, and what a Project, its Policies and its exceptions make of them. */
export interface TrustPart {
  /** All bundles together. */
  readonly policy: Policy;
  readonly project: Resource;
  /** The Policy resources. */
  readonly policies: readonly Resource[];
  /** The PolicyException resources. */
  readonly exceptions: readonly Resource[];
  /** The Teams: some of their people may approve. */
  readonly teams?: readonly Resource[];
}

/** A trust part at one instant, in one environment. */
export interface InForce {
  readonly policy: Policy;
  readonly levels: Levels;
  readonly ceiling: Ceiling;
  /** Policies that do not look at everything. */
  readonly applies: ReadonlyMap<string, Applies>;
  readonly exceptions: Exceptions;
  /** What is wrong with the Project's settings: then its levels lower nothing. */
  readonly invalid: readonly Diagnostic[];
  readonly validUntil: Instant | null;
}

/** A verdict in which exceptions had their say. */
export interface FinalVerdict extends Verdict {
  /** What would deny, had it no exception. */
  readonly lifted: readonly Lifted[];
}

export interface Lifted extends Spoken {
  readonly exception: Exception;
}

/** @param isActive - The part is that of the active generation: what today's policies do not know of it is passed over. */
export function inForce(part: TrustPart, environment: string, now: Instant, isActive = false): InForce {
  const { policy, project, policies } = part;
  const declared = policies.map((each) => each.metadata.name);
  const settings = isActive ? ok(activeProjectPolicy(project, policy)) : projectPolicy(project, policy, declared);
  const { levels, ceiling, exceptions: rules } = settings.ok ? settings.value : STRICT;
  const exceptions = exceptionsOf(part.exceptions, { rules, policy, declared, environment, now });
  const applies = policies.flatMap((each): [string, Applies][] => {
    const scope = appliesOf(each, environment);
    return scope ? [[each.metadata.name, scope]] : [];
  });
  return {
    policy,
    levels: { ...enforcementOf(policies), ...levels },
    ceiling,
    applies: new Map(applies),
    exceptions,
    invalid: settings.ok ? [] : settings.diagnostics,
    validUntil: exceptions.validUntil,
  };
}

/** A Project that cannot be read widens nothing. */
const STRICT: ProjectPolicy = { levels: {}, ceiling: LOCAL_CEILING, exceptions: NO_EXCEPTIONS };

/** What a policy says of its own strictness; `enforce` leaves each rule what it is. */
function enforcementOf(policies: readonly Resource[]): Levels {
  return Object.fromEntries(
    policies.flatMap(({ metadata, spec }): [string, Level][] => {
      const { enforcement } = spec;
      return enforcement === "warn" || enforcement === "audit" ? [[metadata.name, enforcement]] : [];
    }),
  );
}

/** Judges answers about subjects. What equal answers mean does not depend on the subject unless a scope or an exception does. */
export function judgeOf({ levels, applies, exceptions }: InForce): (answer: Answer, subject: Subject) => FinalVerdict {
  const known = new Map<Answer, FinalVerdict>();
  const isPlain = (answer: Answer): boolean =>
    (applies.size === 0 && exceptions.byRule.size === 0) ||
    [...answer.deny, ...answer.warn, ...answer.oblige].every(({ rule }) => !applies.has(policyOf(rule)) && !exceptions.byRule.has(rule));
  return (answer, subject) => {
    const found = known.get(answer);
    if (found) return found;
    if (isPlain(answer)) {
      const verdict = { ...judge(answer, levels), lifted: [] };
      known.set(answer, verdict);
      return verdict;
    }
    return lifted(judge(scoped(answer, applies, subject), levels), exceptions, subject);
  };
}

function scoped(answer: Answer, applies: InForce["applies"], subject: Subject): Answer {
  const kept = (findings: readonly Finding[]): readonly Finding[] =>
    findings.filter(({ rule }) => {
      const scope = applies.get(policyOf(rule));
      return scope === undefined || doesApply(scope, subject);
    });
  return { deny: kept(answer.deny), warn: kept(answer.warn), oblige: kept(answer.oblige), broken: answer.broken };
}

function lifted(verdict: Verdict, exceptions: Exceptions, subject: Subject): FinalVerdict {
  const excepted = verdict.violations.flatMap((each): Lifted[] => {
    const exception = exceptionFor(exceptions, each.rule, subject);
    return exception ? [{ ...each, level: "audit", exception }] : [];
  });
  if (excepted.length === 0) return { ...verdict, lifted: excepted };
  const violations = verdict.violations.filter((each) => exceptionFor(exceptions, each.rule, subject) === undefined);
  const answer = violations.length > 0 ? "denied" : verdict.obligations.length > 0 ? "conditional" : "allowed";
  return { ...verdict, answer, violations, lifted: excepted };
}

export function policyOf(rule: string): string {
  return rule.slice(0, rule.indexOf("."));
}

const TEAM = "Team";

/** The Teams whose people a Project lets approve: part of what judges. */
export function approvingTeams({ spec }: Resource): readonly Address[] {
  const rules = isArray(spec["approvals"]) ? spec["approvals"].filter(isObject) : [];
  return [...new Set(rules.flatMap(({ people }) => texts(people)))].map((name) => addressOf(TEAM, name));
}

/** Of a state: what judges. Policies and exceptions are among the resources. */
export function trustPartOf(policy: Policy, project: Resource, resources: readonly Resource[]): TrustPart {
  return {
    policy,
    project,
    policies: resources.filter((each) => each.kind === "Policy"),
    exceptions: resources.filter((each) => each.kind === "PolicyException"),
    teams: resources.filter((each) => each.kind === TEAM),
  };
}
