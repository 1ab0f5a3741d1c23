import { canonicalJson, type Address, type Instant, type Json, type Resource } from "../../core/index.ts";
import { expandGrants, type ReachEdge } from "../capability/index.ts";
import { judgePlan, type JudgeRequest, type PlanJudgement } from "./judge-plan.ts";
import { BROKEN_RULE, type Policy } from "./types.ts";

interface Judged {
  readonly request: JudgeRequest;
  readonly judgement: PlanJudgement;
}

/** The last judgement by each policy, in this process alone. */
const LAST = new WeakMap<Policy, Judged>();

/**
 * The same as {@link judgePlan}. The plan that an apply makes under its lock mostly asks what the plan before
 * it asked: of the very same values, read again and found equal byte for byte, before any declared instant
 * passed. Then it has the same answer. Where another trust part is in force, everything is asked anew.
 */
export function judgeAgain(request: JudgeRequest): PlanJudgement {
  const last = LAST.get(request.policy);
  if (last && asksTheSame(last, request)) return last.judgement;
  const judgement = judgePlan(request);
  // Policies that could not answer once may answer the next time.
  if (judgement.violations.some(({ rule }) => rule === BROKEN_RULE)) LAST.delete(request.policy);
  else LAST.set(request.policy, { request, judgement });
  return judgement;
}

function asksTheSame({ request: then, judgement }: Judged, now: JudgeRequest): boolean {
  return (
    then.active === undefined &&
    now.active === undefined &&
    then.environment === now.environment &&
    then.wantsNotices === now.wantsNotices &&
    isSame(then.project, now.project) &&
    isBetween(then.now, now.now, [judgement.validUntil, ...flipsOf(then.before, then.now)]) &&
    then.resources.length === now.resources.length &&
    then.resources.every((each, i) => each === now.resources[i] || isSameProject(each, now.resources[i], now.project)) &&
    isSame(besideFiles(then), besideFiles(now)) &&
    areSameEdges(then.edges, now.edges) &&
    areSameEdges(then.edgesBefore ?? [], now.edgesBefore ?? []) &&
    areSameBefore(then.before, now.before)
  );
}

/** The Project is read by itself, always from the same file, so it is compared by what it says. */
function isSameProject(then: Resource, now: Resource | undefined, { kind }: Resource): boolean {
  return now !== undefined && then.kind === kind && isSame(then, now);
}

/** Nothing that was declared to begin or end by then has done so since, and the clock was not put back. */
function isBetween(then: Instant, now: Instant, flips: readonly (Instant | null)[]): boolean {
  return then <= now && flips.every((flip) => flip === null || now < flip);
}

/** What was there before has grants that end, too. */
function flipsOf(before: JudgeRequest["before"], then: Instant): readonly (Instant | null)[] {
  return [...before.values()].map((each) => each && expandGrants(each, then).validUntil);
}

function besideFiles({ commit = null, signer = null, bundles = new Map(), moves = new Map() }: JudgeRequest): Json {
  return { commit, signer, bundles: [...bundles], moves: [...moves] };
}

function areSameEdges(then: readonly ReachEdge[], now: readonly ReachEdge[]): boolean {
  return (
    then.length === now.length &&
    then.every((each, i) => {
      const other = now[i];
      return other !== undefined && each.from === other.from && each.to === other.to && each.reach === other.reach;
    })
  );
}

/** What is recorded is read anew each time, so it is compared by what it says. */
function areSameBefore(then: ReadonlyMap<Address, Resource | null>, now: ReadonlyMap<Address, Resource | null>): boolean {
  if (then.size !== now.size) return false;
  for (const [address, each] of then) if (!now.has(address) || !isSame(each, now.get(address) ?? null)) return false;
  return true;
}

function isSame(then: Resource | Json, now: Resource | Json): boolean {
  return then === now || (then !== null && now !== null && canonicalJson(then as Json) === canonicalJson(now as Json));
}
