import { byCodeUnit, fail, nearest, ok, parseAddress, problem, shown, type Address, type Result } from "../core/index.ts";
import { readDesired } from "./desired.ts";
import type { Edge } from "./resolve/index.ts";
import type { Query, World } from "./types.ts";

/** What refers to what: the edges that decide order, protection and what an agent can reach. */
export interface Graph {
  readonly project: string;
  readonly environment: string;
  /** The resource whose surroundings these are; null for everything. */
  readonly focus: Address | null;
  /** Sorted by address. */
  readonly nodes: readonly { readonly address: Address; readonly file: string | null }[];
  /** Each once, sorted. */
  readonly edges: readonly Edge[];
}

/**
 * The reference graph of what the files declare.
 *
 * @param focus - Only this resource, everything it needs, directly or not, and everything that needs it.
 * @returns `RESOURCE_NOT_FOUND` where nothing of that address is declared.
 */
export async function graph(query: Query, focus: string | null, world: World): Promise<Result<Graph>> {
  const desired = await readDesired(query, world);
  if (!desired.ok) return desired;
  const { config, warnings } = desired.value;
  const address = focus === null ? null : (parseAddress(focus)?.address ?? null);
  if (focus !== null && (address === null || !config.byAddress.has(address))) return notDeclared(focus, config.byAddress.keys());
  const all: Graph = {
    project: config.project,
    environment: config.environment,
    focus: address,
    nodes: config.resources.map((each) => ({ address: each.address, file: each.layers[0]?.file ?? null })),
    edges: distinct(config.edges),
  };
  return ok(address === null ? all : around(all, address), warnings);
}

/** What lies on a path to the resource or from it. Two resources that only share a need are not related by it. */
export function around(all: Graph, focus: Address): Graph {
  const needed = reachable(focus, all.edges, "from", "to");
  const needing = reachable(focus, all.edges, "to", "from");
  const isOn = (set: ReadonlySet<Address>, { from, to }: Edge): boolean => set.has(from) && set.has(to);
  return {
    ...all,
    focus,
    nodes: all.nodes.filter(({ address }) => needed.has(address) || needing.has(address)),
    edges: all.edges.filter((edge) => isOn(needed, edge) || isOn(needing, edge)),
  };
}

/** A resource and all that its edges lead to; circles end where they began. */
function reachable(start: Address, edges: readonly Edge[], tail: "from" | "to", head: "from" | "to"): ReadonlySet<Address> {
  const next = Map.groupBy(edges, (edge) => edge[tail]);
  const seen = new Set([start]);
  for (const address of seen) for (const edge of next.get(address) ?? []) seen.add(edge[head]);
  return seen;
}

function distinct(edges: readonly Edge[]): readonly Edge[] {
  const byKey = new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.reach}`, edge]));
  return [...byKey].sort(([a], [b]) => byCodeUnit(a, b)).map(([, edge]) => edge);
}

function notDeclared(focus: string, known: Iterable<string>): Result<never> {
  const near = nearest(focus, known);
  return fail(
    problem("RESOURCE_NOT_FOUND", {
      detail: `No file declares ${shown(focus)}.`,
      remedy: near === undefined ? "List what is declared:\nmoltbot graph" : `Did you mean ${near}?`,
      context: { address: focus },
    }),
  );
}
