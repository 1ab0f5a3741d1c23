import { addressOf, LIMITS, type FindingCode, type Instant, type Json, type Resource } from "../core/index.ts";
import { expandGrants, type ReachEdge, type Renames } from "../trust/capability/index.ts";
import { decisionDiff, judgePlan, policiesAmong, reachOf, type Flip, type JudgedState, type Policy } from "../trust/policy/index.ts";

/** A state and what judges it. */
export interface Judging {
  readonly policy: Policy;
  readonly project: Resource;
  readonly resources: readonly Resource[];
  readonly edges: readonly ReachEdge[];
}

/** Everything that policy says of a state by itself: nothing changes, and each part is asked about. */
export function judgedAlone({ policy, project, resources, edges }: Judging, environment: string, now: Instant): JudgedState {
  const atoms = resources.flatMap((each) => expandGrants(each, now).atoms);
  const before = new Map(resources.map((each) => [addressOf(each.kind, each.metadata.name), each]));
  const { decisions, evaluated } = judgePlan({ policy, project, environment, resources, before, edges, edgesBefore: edges, now });
  const own = new Set(policiesAmong(resources).map(({ metadata }) => metadata.name));
  return { closure: reachOf(resources, edges, atoms).closure, atoms, decisions, policy, evaluated, own };
}

const FLIP: FindingCode = "policy.flip";

/**
 * Where what judges changes: grants that stay as they are and are answered otherwise, for the reviewer of the
 * plan. What moved to another name is the same as before. What is allowed and was not comes first; the first of them are named, the rest is counted.
 */
export function flipFindings(active: Judging, declared: Judging, environment: string, now: Instant, renames: Renames): readonly Json[] {
  const { flips } = decisionDiff(judgedAlone(active, environment, now), judgedAlone(declared, environment, now), renames);
  const judgedOtherwise = flips.filter(
    ({ channel, before, after, isWidening }) => channel === null && isWidening && before !== "none" && after !== "none",
  );
  const named = judgedOtherwise.slice(0, LIMITS.gainersShown).map(findingOf);
  const rest = judgedOtherwise.length - named.length;
  return rest === 0 ? named : [...named, { code: FLIP, message: `and ${rest} more grants that policy now answers less strictly` }];
}

function findingOf({ subject, atom, before, after, rules }: Flip): Json {
  return { code: FLIP, subject, atom, message: `${before} -> ${after} by a change of what judges`, rules };
}
