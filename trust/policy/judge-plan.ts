import {
  addressOf,
  byCodeUnit,
  isObject,
  problem,
  type Address,
  type Diagnostic,
  type Instant,
  type Json,
  type Resource,
  type JsonObject,
} from "../../core/index.ts";
import { expandGrants, type AtomGain, type ReachEdge } from "../capability/index.ts";
import { askAll, type Asked, type Expanded, type State } from "./ask.ts";
import { denialsOf, noticesOf, placed, type DenialFacts, type OriginOf } from "./diagnostics.ts";
import { earlier } from "./exceptions.ts";
import { heldByActive } from "./held.ts";
import { factsOf } from "./facts/index.ts";
import { inForce, trustPartOf, type InForce, type TrustPart } from "./in-force.ts";
import { missingProviders } from "./providers.ts";
import { reachOf } from "./reach.ts";
import { exceptionRemarks, loweredRemarks } from "./remarks.ts";
import { BROKEN_RULE, type Levels, type PlanDecision, type PlanRemark, type PlanViolation, type Policy } from "./types.ts";
import { weakenings, type Weakening } from "./weakening.ts";
import { reachesTheSame, stateBefore, widening } from "./widening.ts";

export interface JudgeRequest {
  /** All bundles together: the built-in one, and that of the declared policies. */
  readonly policy: Policy;
  readonly project: Resource;
  readonly environment: string;
  /** The desired state, resolved; the Project may be among them. Its Policies and PolicyExceptions take part in judging. */
  readonly resources: readonly Resource[];
  /** What the addresses that change held before; null where nothing was. Addresses not listed do not change. */
  readonly before: ReadonlyMap<Address, Resource | null>;
  /** Where what has a new name lived before, by the new name. `before` holds both: the old name its resource, the new one null. */
  readonly moves?: ReadonlyMap<Address, Address>;
  /** References of the desired state. */
  readonly edges: readonly ReachEdge[];
  /** References of what `before` holds. */
  readonly edgesBefore?: readonly ReachEdge[];
  readonly now: Instant;
  /** What is known of the commit and of its signer; null where nobody was asked. */
  readonly commit?: JsonObject | null;
  readonly signer?: JsonObject | null;
  /** What verifying the bundles of plugins showed, by their addresses. */
  readonly bundles?: ReadonlyMap<Address, JsonObject>;
  /** The state that is in force, where its trust part is another than the declared one: it judges too. */
  readonly active?: ActiveState;
  readonly originOf?: OriginOf;
  /** Whether anybody wants {@link PlanJudgement.notices}: there may be thousands, each with a place to look for. */
  readonly wantsNotices?: boolean;
}

/** What is active, whole. */
export interface ActiveState {
  /** The bundles in force then, today's built-in one among them; one that denies everything where they are lost. */
  readonly policy: Policy;
  readonly project: Resource;
  readonly resources: readonly Resource[];
  readonly edges: readonly ReachEdge[];
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
  /** What policy says without denying, for reports: rules that warn, exceptions in use. Empty where nobody wants them. */
  readonly notices: readonly Diagnostic[];
  /** How many questions were asked. */
  readonly evaluated: { readonly admission: number; readonly grant: number };
}

/** The stages "expand capabilities" and "evaluate policy". Pure: the same request gives the same judgement. */
export function judgePlan(request: JudgeRequest): PlanJudgement {
  const { policy, project, resources, now, environment, originOf = () => undefined } = request;
  const part = trustPartOf(policy, project, resources);
  const fresh = inForce(part, environment, now);
  const old = request.active && oldJudge(request, request.active);
  // Where everything goes, what judged it goes along.
  const weakened = old && resources.length > 0 ? weakenings(old, { part, levels: fresh.levels }) : [];
  const state = stateOf(project, resources, request.edges, request.before, { ...request, weakened });
  const { expanded } = state;
  const edges = { now: request.edges, before: request.edgesBefore ?? [] };
  const after = { resources, closure: state.reach.closure };
  const byAddress = new Map(expanded.map((each) => [each.address, each.resource]));
  const isTheSame = reachesTheSame(byAddress, request.before, edges, now);
  const gains = widening(isTheSame ? after : stateBefore(resources, request.before, edges, now, request.moves), after);
  const asked = askAll(fresh, state, new Set(gains.added.map((each) => each.subject)));
  const active = old ? heldBy(old, state, asked) : NOT_ASKED;
  const violations = [...said(asked, project), ...active.held].toSorted(compareViolations);
  const declared = new Set(expanded.map((each) => each.address));
  const wrong = [
    ...inProject(fresh.invalid, project),
    ...fresh.exceptions.invalid,
    ...expanded.flatMap((each) => each.diagnostics),
    ...missingProviders(
      expanded.flatMap((each) => each.atoms),
      declared,
    ),
  ];
  const facts: DenialFacts = {
    policies: request.active ? [policy, request.active.policy] : [policy],
    own: new Set(
      [...part.policies, ...(request.active?.resources ?? []).filter((each) => each.kind === "Policy")].map((each) => each.metadata.name),
    ),
    weakened: [...new Set(weakened.map((each) => each.address))],
  };
  const denials = violations.filter((each) => each.rule !== BROKEN_RULE);
  return {
    ...gains,
    findings: [...gains.findings, ...weakened.map(finding)],
    decisions: withHeld(asked.decisions, active.held).toSorted(compareDecisions),
    violations,
    warnings: [...loweredRemarks(asked.violations, project, policy), ...exceptionRemarks(fresh.exceptions, asked.used, request.before)],
    validUntil: [active.validUntil, ...expanded.map((each) => each.validUntil)].reduce(earlier, fresh.validUntil),
    invalid: wrong.map((each) => placed(each, originOf)),
    denied: [
      ...(asked.broken ? [asked.broken] : []),
      ...active.broken,
      ...[...fresh.exceptions.refused, ...denialsOf(denials, facts)].map((each) => placed(each, originOf)),
    ],
    notices: request.wantsNotices
      ? noticesOf(violations, new Map(fresh.exceptions.inForce.map((each) => [each.address, each])), facts).map((each) =>
          placed(each, originOf),
        )
      : [],
    evaluated: asked.evaluated,
  };
}

type StateRequest = Pick<JudgeRequest, "environment" | "now" | "commit" | "signer" | "bundles" | "moves"> & {
  readonly weakened: readonly Weakening[];
};

function stateOf(
  project: Resource,
  resources: readonly Resource[],
  edges: readonly ReachEdge[],
  before: State["before"],
  { environment, now, bundles, moves = new Map(), weakened, commit = null, signer = null }: StateRequest,
): State {
  const expanded = resources.map((resource): Expanded => ({
    resource,
    address: addressOf(resource.kind, resource.metadata.name),
    ...expandGrants(resource, now),
  }));
  const atoms = expanded.flatMap((each) => each.atoms);
  const reach = reachOf(
    resources,
    edges,
    atoms,
    [...before.values()].filter((each) => each !== null),
  );
  const byAddress = new Map(
    [...Map.groupBy(weakened, (each) => each.address)].map(([address, list]) => [address, list.map(({ pointer }) => pointer)]),
  );
  const facts = factsOf({ resources, edges, closure: reach.closure, weakened: byAddress });
  return {
    project: project.metadata.name,
    environment,
    expanded,
    before,
    moves,
    reach,
    facts,
    commit,
    signer,
    ...(bundles ? { bundles } : {}),
  };
}

/** The trust part in force, ready to judge, and the state it is in force over. */
interface OldJudge {
  readonly part: TrustPart;
  readonly levels: Levels;
  readonly inForce: InForce;
  readonly state: State;
}

function oldJudge(request: JudgeRequest, { policy, project, resources, edges }: ActiveState): OldJudge {
  const part = trustPartOf(policy, project, resources);
  const old = inForce(part, request.environment, request.now, true);
  const { environment, now, bundles } = request;
  const state = stateOf(project, resources, edges, new Map(), { environment, now, weakened: [], ...(bundles ? { bundles } : {}) });
  return { part, levels: old.levels, inForce: old, state };
}

/** What the trust part in force adds: what it denies that it did not deny before. */
interface ByActive {
  readonly held: readonly PlanViolation[];
  readonly broken: readonly Diagnostic[];
  readonly validUntil: Instant | null;
}

const NOT_ASKED: ByActive = { held: [], broken: [], validUntil: null };

function heldBy({ inForce: old, state: oldState }: OldJudge, state: State, asked: Asked): ByActive {
  const { held, broken } = heldByActive(old, state, oldState, asked);
  return { held, broken: broken && state.expanded.length > 0 ? [lostJudges(broken)] : [], validUntil: old.validUntil };
}

/** What is in force cannot be asked: nobody knows what it would deny, so nothing is applied over it. */
function lostJudges(broken: Diagnostic): Diagnostic {
  return problem("POLICY_ACTIVE_LOST", {
    detail: `The policies of the active generation cannot be asked, and a change to what judges is judged by them: ${broken.detail}`,
    remedy: "Bring the record back from a backup, or leave Policies, PolicyExceptions and the trust fields of the Project as they are.",
    context: { code: broken.code },
  });
}

function said({ violations, broken }: Asked, project: Resource): readonly PlanViolation[] {
  if (broken === null) return violations;
  return [
    ...violations,
    { rule: BROKEN_RULE, message: broken.detail, address: addressOf(project.kind, project.metadata.name), level: "enforce" },
  ];
}

function inProject(diagnostics: readonly Diagnostic[], { kind, metadata }: Resource): readonly Diagnostic[] {
  return diagnostics.map((each) => ({ ...each, context: { address: addressOf(kind, metadata.name), ...each.context } }));
}

/** What is in force denies is denied, whatever the declared part says of it. */
function withHeld(decisions: readonly PlanDecision[], held: readonly PlanViolation[]): readonly PlanDecision[] {
  if (held.length === 0) return decisions;
  const rules = Map.groupBy(held, ({ address, atom }) => `${address}\0${atom ?? ""}`);
  const listed = new Set<string>();
  const denied = decisions.map((each) => {
    const key = `${each.address}\0${each.atom ?? ""}`;
    const found = rules.get(key);
    if (!found) return each;
    listed.add(key);
    return {
      ...each,
      answer: "denied" as const,
      rules: [...new Set([...(each.answer === "denied" ? each.rules : []), ...found.map(({ rule }) => rule)])].sort(byCodeUnit),
    };
  });
  const others = [...rules].flatMap(([key, found]) => {
    const [first] = found;
    if (listed.has(key) || !first) return [];
    const { address, atom } = first;
    const decision: PlanDecision = {
      entry: atom === undefined ? "admission" : "grant",
      address,
      answer: "denied",
      rules: [...new Set(found.map(({ rule }) => rule))].sort(byCodeUnit),
      ...(atom === undefined ? {} : { atom }),
    };
    return [decision];
  });
  return [...denied, ...others];
}

/** The code of a finding that what judges changes would judge less. */
export const TRUST_WEAKENED = "TRUST_WEAKENED";

function finding({ address, pointer, message }: Weakening): Json {
  return { code: TRUST_WEAKENED, subject: address, path: pointer, message };
}

/** Whether the findings of a plan say that what judges changes is weakened: what approvals and reviewers ask. */
export function isTrustWeakened(findings: readonly Json[]): boolean {
  return findings.some((each) => isObject(each) && each["code"] === TRUST_WEAKENED);
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
