import { addressOf, fail, nearest, ok, problem, shown, type Address, type Hold, type Resource, type Result } from "../core/index.ts";
import { expandGrants, type DeclaredAtom } from "../trust/capability/index.ts";
import { judgePlan, reachOf, type PlanJudgement, type ReachMap } from "../trust/policy/index.ts";
import { readDesired, type Desired } from "./desired.ts";
import { courtOf, type CompiledBy, type Court, type Judges } from "./judging.ts";
import type { Edge } from "./resolve/index.ts";
import { openTarget } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** What some resources come to: who reaches what, and what policy says of every part, without any target. */
export interface JudgedTree {
  readonly resources: readonly Resource[];
  readonly edges: readonly Edge[];
  readonly atoms: readonly DeclaredAtom[];
  readonly reach: ReachMap;
  readonly judges: Judges;
  readonly judgement: PlanJudgement;
}

/** A tree of files, read and judged as a plan would, by what is active in its target too. */
export interface JudgedFiles extends JudgedTree {
  readonly desired: Desired;
  /** Who compiled the policies of the Project, for those who ask. */
  readonly compiled: CompiledBy;
  /** Holds of the target that are in force. */
  readonly holds: readonly Hold[];
}

/** open -> load -> validate -> resolve -> observe -> expand -> evaluate policy. A target that was never applied to says nothing. */
export async function judgedFiles(query: Query, world: World): Promise<Result<JudgedFiles>> {
  const read = await readDesired(query, world);
  if (!read.ok) return read;
  const desired = read.value;
  const { project, folder } = desired;
  const target = openTarget(project.target, folder, query.state, world);
  if (!target.ok) return target;
  const observation = await target.value.observe(`${project.name}/${project.environment}`, [], world.signal);
  if (!observation.ok) return observation;
  const court = await courtOf(desired, desired.config, target.value, observation.value, world);
  if (!court.ok) return court;
  const now = world.clock.now().toISOString();
  const holds = observation.value.live.holds.filter((each) => each.until === null || each.until > now);
  return ok({ ...judgedTree(court.value), compiled: court.value.compiled, desired, holds }, read.warnings);
}

/** Everything that policy says of a desired state, not only of what changes. */
export function judgedTree({ judges, config }: Pick<Court, "judges" | "config">): JudgedTree {
  const resources = config.resources.map((each) => each.resource);
  const { now } = judges;
  const atoms = resources.flatMap((each) => expandGrants(each, now).atoms);
  const judgement = judgePlan({
    policy: judges.policy,
    project: judges.project,
    environment: config.environment,
    resources,
    // Nothing changes, so that nothing is gained; each is named, so that each decision is told.
    before: new Map(resources.map((each) => [addressOf(each.kind, each.metadata.name), each])),
    edges: config.edges,
    edgesBefore: config.edges,
    now,
    ...(judges.active ? { active: judges.active } : {}),
  });
  return { resources, edges: config.edges, atoms, reach: reachOf(resources, config.edges, atoms), judges, judgement };
}

/** The address that `text` names: `Agent/support`, or `support` of a kind. */
export function namedResource(text: string, kinds: readonly string[], resources: readonly Resource[]): Result<Address> {
  const known = resources.filter((each) => kinds.includes(each.kind)).map((each) => addressOf(each.kind, each.metadata.name));
  const found = known.filter((each) => each === text || each.endsWith(`/${text}`));
  const [only] = found;
  if (only !== undefined && found.length === 1) return ok(only);
  const names = [...known, ...known.map((each) => each.slice(each.indexOf("/") + 1))];
  const near = nearest(text, names);
  return fail(
    problem("RESOURCE_NOT_FOUND", {
      detail: `No file declares ${kinds.length === 1 ? `an ${kinds[0] ?? ""}` : `a resource of kind ${kinds.join(" or ")}`} ${shown(text)}.`,
      remedy: near === undefined ? "List what is declared:\nmoltbot graph" : `Did you mean ${near}?`,
      context: { address: text },
    }),
  );
}
