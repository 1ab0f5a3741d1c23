import type { Address, Resource } from "../../core/index.ts";
import { addressAt, componentsOf, graphOf, spread, wayTo, type Components, type Graph } from "./graph.ts";
import { isActor, ownAddress, stepsOf, type ReachEdge } from "./steps.ts";
import type { DeclaredAtom } from "./types.ts";

/**
 * What every agent can do in effect: by itself, and through everybody it can make act. Kept as a graph
 * folded into components, never as one set for each agent: memory and time grow with resources,
 * references and grants.
 */
export interface Closure {
  readonly graph: Graph;
  readonly components: Components;
  /** Grants in force, by who has them. */
  readonly atomsOf: ReadonlyMap<Address, readonly DeclaredAtom[]>;
}

/** @param atoms - Every atom; those whose time is over reach nothing. */
export function closureOf(resources: readonly Resource[], edges: readonly ReachEdge[], atoms: readonly DeclaredAtom[]): Closure {
  const inForce = atoms.filter(({ atom }) => atom.expiry !== "expired");
  const steps = stepsOf(
    resources,
    edges,
    inForce.map(({ atom }) => atom),
  );
  const graph = graphOf(steps, [
    ...resources.filter((each) => isActor(ownAddress(each))).map(ownAddress),
    ...inForce.map(({ atom }) => atom.subject),
  ]);
  return { graph, components: componentsOf(graph), atomsOf: Map.groupBy(inForce, ({ atom }) => atom.subject) };
}

export const EMPTY_CLOSURE: Closure = closureOf([], [], []);

/** What one agent can do in effect, and by whom: its own grants first, then those of whoever is nearest. */
export interface Effective {
  readonly through: readonly { readonly way: readonly Address[]; readonly atoms: readonly DeclaredAtom[] }[];
  /** Everything it makes act, uses or holds, itself first, nearest first. */
  readonly reached: readonly Address[];
}

/** The effective set of one agent, or of anything that makes agents act. Linear in what it reaches. */
export function effectiveOf({ graph, atomsOf }: Closure, address: Address): Effective {
  const start = graph.index.get(address);
  if (start === undefined) return { through: [], reached: [] };
  const found = spread(graph.next, [start]);
  const reached = [...found.keys()].map((node) => addressAt(graph, node));
  const through = reached.flatMap((each) => {
    const atoms = atomsOf.get(each);
    return atoms ? [{ way: waysIn(graph, found, each), atoms }] : [];
  });
  return { through, reached: reached.filter((each) => !each.endsWith("/*")) };
}

/** Everybody who can make it act, itself first, nearest first, each with the way from there. */
export function driversOf({ graph }: Closure, address: Address): readonly { readonly driver: Address; readonly way: readonly Address[] }[] {
  const start = graph.index.get(address);
  if (start === undefined) return [];
  const found = spread(graph.previous, [start]);
  return [...found.keys()]
    .map((node) => ({ driver: addressAt(graph, node), way: waysIn(graph, found, addressAt(graph, node)).toReversed() }))
    .filter(({ driver }) => isActor(driver));
}

/** The shortest way from one to the other; null where there is none. */
export function wayBetween({ graph }: Closure, from: Address, to: Address): readonly Address[] | null {
  const [start, end] = [graph.index.get(from), graph.index.get(to)];
  if (start === undefined || end === undefined) return null;
  const found = spread(graph.next, [start]);
  return found.has(end) ? waysIn(graph, found, to) : null;
}

function waysIn(graph: Graph, found: ReadonlyMap<number, number>, to: Address): readonly Address[] {
  return wayTo(found, graph.index.get(to) ?? -1)
    .map((node) => addressAt(graph, node))
    .filter((each) => !each.endsWith("/*"));
}
