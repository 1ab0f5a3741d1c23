import {
  addressOf,
  byCodeUnit,
  type Address,
  type Diagnostic,
  type Instant,
  type Json,
  type JsonObject,
  type Resource,
} from "../../core/index.ts";
import {
  expandGrants,
  LOCAL_CEILING,
  type Atom,
  type AtomGain,
  type DeclaredAtom,
  type Expansion,
  type ReachEdge,
} from "../capability/index.ts";
import { denialsOf, placed, type OriginOf } from "./diagnostics.ts";
import { admissionInput, grantInput, type InputContext } from "./input.ts";
import { judge, rulesOf, type Spoken, type Verdict } from "./judge.ts";
import { projectPolicy, type ProjectPolicy } from "./project.ts";
import { missingProviders } from "./providers.ts";
import { reachOf, type ReachMap } from "./reach.ts";
import { BROKEN_RULE, type Answer, type Levels, type PlanDecision, type PlanRemark, type PlanViolation, type Policy } from "./types.ts";
import { stateBefore, widening } from "./widening.ts";

export interface JudgeRequest {
  readonly policy: Policy;
  readonly project: Resource;
  readonly environment: string;
  /** The desired state, resolved; the Project may be among them. */
  readonly resources: readonly Resource[];
  /** What the addresses that change held before; null where nothing was. Addresses not listed do not change. */
  readonly before: ReadonlyMap<Address, Resource | null>;
  /** References of the desired state. */
  readonly edges: readonly ReachEdge[];
  /** References of what `before` holds. */
  readonly edgesBefore?: readonly ReachEdge[];
  readonly now: Instant;
  readonly originOf?: OriginOf;
}

/** What a plan says about capabilities and policy. Every list is sorted; nothing depends on the order of the input. */
export interface PlanJudgement {
  /** By the closure: what more can do than before, and what fewer can. */
  readonly added: readonly AtomGain[];
  readonly removed: readonly AtomGain[];
  readonly findings: readonly Json[];
  /** Of what changes, and of whatever a rule speaks about; the rest is plainly allowed, or decided on each call. */
  readonly decisions: readonly PlanDecision[];
  readonly violations: readonly PlanViolation[];
  readonly warnings: readonly PlanRemark[];
  readonly validUntil: Instant | null;
  /** The configuration is wrong: there is no plan. */
  readonly invalid: readonly Diagnostic[];
  /** Policy says no: the plan is shown and not applied. */
  readonly denied: readonly Diagnostic[];
  /** How many questions were asked. */
  readonly evaluated: { readonly admission: number; readonly grant: number };
}

/** The stages "expand capabilities" and "evaluate policy". Pure: the same request gives the same judgement. */
export function judgePlan(request: JudgeRequest): PlanJudgement {
  const { policy, project, resources, now, originOf = () => undefined } = request;
  const settings = projectPolicy(project, policy);
  const { levels, ceiling }: ProjectPolicy = settings.ok ? settings.value : { levels: {}, ceiling: LOCAL_CEILING };
  const expanded = resources.map((resource): Expanded => ({
    resource,
    address: addressOf(resource.kind, resource.metadata.name),
    ...expandGrants(resource, now),
  }));
  const atoms = expanded.flatMap((each) => each.atoms);
  const context: InputContext = { project: project.metadata.name, environment: request.environment, ceiling };
  const reach = reachOf(resources, request.edges, atoms);
  const after = { resources, closure: reach.closure };
  const edges = { now: request.edges, before: request.edgesBefore ?? [] };
  const gains = widening(request.before.size === 0 ? after : stateBefore(resources, request.before, edges, now), after);
  const gained = new Set(gains.added.map((each) => each.subject));
  const asked = askAll(request, expanded, { context, levels, reach, gained });
  const violations = asked.violations.toSorted(compareViolations);
  const misconfigured = settings.ok
    ? []
    : settings.diagnostics.map((each) => ({
        ...each,
        context: { address: addressOf(project.kind, project.metadata.name), ...each.context },
      }));
  const wrong = [
    ...misconfigured,
    ...expanded.flatMap((each) => each.diagnostics),
    ...missingProviders(atoms, new Set(expanded.map((each) => each.address))),
  ];
  return {
    ...gains,
    decisions: asked.decisions.toSorted(compareDecisions),
    violations,
    warnings: lowered(violations, project, policy),
    validUntil: earliest(expanded.map((each) => each.validUntil)),
    invalid: wrong.map((each) => placed(each, originOf)),
    denied: [
      ...asked.broken,
      ...denialsOf(
        violations.filter((each) => each.rule !== BROKEN_RULE),
        policy,
      ).map((each) => placed(each, originOf)),
    ],
    evaluated: asked.evaluated,
  };
}

interface Expanded extends Expansion {
  readonly resource: Resource;
  readonly address: Address;
}

interface Facts {
  readonly context: InputContext;
  readonly levels: Levels;
  readonly reach: ReachMap;
  /** Whose grants more can use than before: what policy says of them is part of the plan. */
  readonly gained: ReadonlySet<Address>;
}

interface Asked {
  readonly decisions: readonly PlanDecision[];
  readonly violations: readonly PlanViolation[];
  /** At most one: what is wrong with the bundle is said once. */
  readonly broken: readonly Diagnostic[];
  readonly evaluated: PlanJudgement["evaluated"];
}

/** Asks about every resource that is or was, and about every atom. */
function askAll(
  { policy, before, project }: JudgeRequest,
  expanded: readonly Expanded[],
  { context, levels, reach, gained }: Facts,
): Asked {
  const decisions: PlanDecision[] = [];
  const violations: PlanViolation[] = [];
  let broken: Diagnostic | null = null;
  const evaluated = { admission: 0, grant: 0 };
  const toolsOf = toolIndex(expanded);
  const verdictOf = verdicts(levels);
  const isGained = ({ entry, address }: Subject): boolean => entry === "grant" && gained.has(address);
  const ask = (input: JsonObject, subject: Subject): void => {
    evaluated[subject.entry]++;
    const answer = policy.evaluate(subject.entry, input);
    const verdict = withExpiry(verdictOf(answer), subject.declared?.atom);
    const { violations: hard, warnings: soft } = verdict;
    if (answer.broken) broken ??= answer.broken;
    else for (const spoken of [hard, soft].flat()) violations.push(violationOf(spoken, subject));
    const isWorthSaying = hard.length + soft.length > 0 || verdict.answer === "denied" || before.has(subject.address) || isGained(subject);
    if (isWorthSaying) decisions.push(decisionOf(verdict, subject));
  };
  for (const { address, resource, atoms } of expanded) {
    const old = before.has(address) ? (before.get(address) ?? null) : resource;
    const facts = { toolsOf, channel: reach.channel(address), agent: resource.kind === "Agent" ? reach.agent(address) : null };
    ask(admissionInput(resource, old, facts, context), { entry: "admission", address });
    for (const declared of atoms)
      ask(grantInput(resource, declared, reach.grant(declared), context), { entry: "grant", address, declared });
  }
  const present = new Set(expanded.map((each) => each.address));
  for (const [address, old] of before) {
    if (!old || present.has(address)) continue;
    ask(admissionInput(null, old, { toolsOf, channel: null, agent: null }, context), { entry: "admission", address });
  }
  if (broken !== null) violations.push(brokenViolation(broken, addressOf(project.kind, project.metadata.name)));
  return { decisions, violations, broken: broken === null ? [] : [broken], evaluated };
}

/** Equal questions get the same answer object, so each is judged once. */
function verdicts(levels: Levels): (answer: Answer) => Verdict {
  const known = new Map<Answer, Verdict>();
  return (answer) => {
    const found = known.get(answer) ?? judge(answer, levels);
    known.set(answer, found);
    return found;
  };
}

interface Subject {
  readonly entry: "admission" | "grant";
  readonly address: Address;
  readonly declared?: DeclaredAtom;
}

/** A grant whose time is over is void whatever the level of the rule that says so. */
function withExpiry(verdict: Verdict, atom: Atom | undefined): Verdict {
  return atom?.expiry === "expired" ? { ...verdict, answer: "denied" } : verdict;
}

function decisionOf(verdict: Verdict, { entry, address, declared }: Subject): PlanDecision {
  const decision = { entry, address, answer: verdict.answer, rules: rulesOf(verdict) };
  return declared ? { ...decision, atom: textOf(declared.atom) } : decision;
}

function violationOf({ rule, message, path, level }: Spoken, { address, declared }: Subject): PlanViolation {
  const place = path ?? declared?.pointer;
  return {
    rule,
    message,
    address,
    level,
    ...(declared ? { atom: textOf(declared.atom) } : {}),
    ...(place === undefined ? {} : { path: place }),
  };
}

function brokenViolation(broken: Diagnostic, address: Address): PlanViolation {
  return { rule: BROKEN_RULE, message: broken.detail, address, level: "enforce" };
}

/** What an agent has grants in force for. */
function toolIndex(expanded: readonly Expanded[]): (agent: string) => ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set();
  const byAgent = new Map<Address, ReadonlySet<string>>();
  for (const { address, atoms } of expanded) {
    if (atoms.length > 0) byAgent.set(address, new Set(atoms.filter(({ atom }) => atom.expiry !== "expired").map(({ atom }) => atom.tool)));
  }
  return (agent) => byAgent.get(addressOf("Agent", agent)) ?? none;
}

/** A lowered rule that had something to deny is counted in every plan. */
function lowered(violations: readonly PlanViolation[], project: Resource, policy: Policy): readonly PlanRemark[] {
  const counts = new Map<string, { level: string; count: number }>();
  for (const { rule, level } of violations) {
    if (level === "enforce" || policy.rules[rule]?.effect === "warn") continue;
    counts.set(rule, { level, count: (counts.get(rule)?.count ?? 0) + 1 });
  }
  return [...counts].map(([rule, { level, count }]) => ({
    code: "POLICY_WARNED",
    address: addressOf(project.kind, project.metadata.name),
    message: `The Project lowers ${rule} to ${level}; it would have spoken ${count === 1 ? "once" : `${count} times`}.`,
  }));
}

function textOf({ tool, action, pattern }: Atom): string {
  return `${tool} ${action} ${pattern}`;
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((first, each) => (each !== null && (first === null || each < first) ? each : first), null);
}

function compareDecisions(a: PlanDecision, b: PlanDecision): number {
  return (
    byCodeUnit(a.address, b.address) ||
    byCodeUnit(a.entry, b.entry) ||
    byCodeUnit(a.atom ?? "", b.atom ?? "") ||
    byCodeUnit(a.answer, b.answer)
  );
}

function compareViolations(a: PlanViolation, b: PlanViolation): number {
  return (
    byCodeUnit(a.address, b.address) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.atom ?? "", b.atom ?? "") ||
    byCodeUnit(a.path ?? "", b.path ?? "")
  );
}
