import type { Instant, Kinds, Resource } from "../../core/index.ts";
import { edgesAmong, expandGrants, type DeclaredAtom } from "../../trust/capability/index.ts";
import { factsOf, reachOf, type Facts, type ReachMap } from "../../trust/policy/index.ts";

/** What rules are told of each resource by all the others. */
export interface Surroundings {
  readonly atoms: readonly DeclaredAtom[];
  readonly reach: ReachMap;
  readonly facts: Facts;
}

export function surroundings(resources: readonly Resource[], kinds: Kinds, now: Instant): Surroundings {
  const edges = edgesAmong(resources, kinds);
  const atoms = resources.flatMap((each) => expandGrants(each, now).atoms);
  const reach = reachOf(resources, edges, atoms);
  return { atoms, reach, facts: factsOf({ resources, edges, closure: reach.closure, weakened: new Map() }) };
}
