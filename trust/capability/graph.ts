import { InternalError, type Address } from "../../core/index.ts";

/** Lists of numbers, one after the other in one array: the list of `i` is `to[start[i]]` up to `to[start[i + 1]]`. */
export interface Lists {
  readonly start: Int32Array;
  readonly to: Int32Array;
}

/** A directed graph over addresses; nodes are numbered in the order given. */
export interface Graph {
  readonly nodes: readonly Address[];
  readonly index: ReadonlyMap<Address, number>;
  readonly next: Lists;
  readonly previous: Lists;
}

/**
 * The graph folded: nodes that reach each other are one component. A component's number is greater than
 * those of all components it leads to, so one walk downwards or upwards meets each after its neighbours.
 */
export interface Components {
  /** Of each node. */
  readonly of: Int32Array;
  readonly count: number;
  /** Nodes of each component. */
  readonly members: Lists;
}

export interface Step {
  readonly from: Address;
  readonly to: Address;
}

/** Nodes that no step names may be added by `more`. Sorted by address, each step once. */
export function graphOf(steps: readonly Step[], more: Iterable<Address> = []): Graph {
  const names = new Set<Address>(more);
  for (const { from, to } of steps) names.add(from).add(to);
  const nodes = [...names].sort();
  const index = new Map<Address, number>();
  for (const [i, address] of nodes.entries()) index.set(address, i);
  const ends = new Float64Array(steps.length);
  for (const [i, { from, to }] of steps.entries()) ends[i] = (index.get(from) ?? 0) * nodes.length + (index.get(to) ?? 0);
  // A number for each step, so that sorting and finding what is there twice needs no objects.
  const pairs = ends.sort().filter((pair, i) => i === 0 || pair !== ends[i - 1]);
  const froms = Int32Array.from(pairs, (pair) => Math.floor(pair / nodes.length));
  const tos = Int32Array.from(pairs, (pair) => pair % nodes.length);
  return { nodes, index, next: listsOf(nodes.length, froms, tos), previous: listsOf(nodes.length, tos, froms) };
}

/** The lists that pairs of numbers make up, in the order of the pairs. */
export function listsOf(count: number, froms: Int32Array, tos: Int32Array): Lists {
  const start = new Int32Array(count + 1);
  for (const from of froms) start[from + 1] = (start[from + 1] ?? 0) + 1;
  for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  const fill = start.slice();
  const to = new Int32Array(froms.length);
  for (let i = 0; i < froms.length; i++) {
    const from = froms[i] ?? 0;
    const place = fill[from] ?? 0;
    to[place] = tos[i] ?? 0;
    fill[from] = place + 1;
  }
  return { start, to };
}

export function addressAt({ nodes }: Graph, node: number): Address {
  const address = nodes[node];
  if (address === undefined) throw new InternalError(`The graph has no node ${node}.`);
  return address;
}

export function* listed({ start, to }: Lists, i: number): Iterable<number> {
  for (let at = start[i] ?? 0; at < (start[i + 1] ?? 0); at++) yield to[at] ?? 0;
}

/** Tarjan's algorithm with a stack of its own: a chain of any length does not deepen ours. Linear. */
export function componentsOf({ nodes, next }: Graph): Components {
  const seen = new Int32Array(nodes.length);
  const low = new Int32Array(nodes.length);
  const of = new Int32Array(nodes.length).fill(-1);
  const cursor = next.start.slice();
  const open: number[] = [];
  const path: number[] = [];
  let [clock, count] = [0, 0];
  const enter = (node: number): void => {
    seen[node] = low[node] = ++clock;
    open.push(node);
    path.push(node);
  };
  const leave = (node: number): void => {
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
    if (low[node] !== seen[node]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      of[member] = count;
      if (member === node) break;
    }
    count++;
  };
  for (let root = 0; root < nodes.length; root++) {
    if (seen[root] === 0) enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const place = cursor[node] ?? 0;
      if (place === next.start[node + 1]) {
        leave(node);
        continue;
      }
      cursor[node] = place + 1;
      const to = next.to[place] ?? 0;
      if (seen[to] === 0) enter(to);
      else if (of[to] === -1) low[node] = Math.min(low[node] ?? 0, seen[to] ?? 0);
    }
  }
  return {
    of,
    count,
    members: listsOf(
      count,
      of,
      of.map((_, node) => node),
    ),
  };
}

/** Everything that can be got to from the sources, themselves included, each with the node before it (-1: a source). Nearest first. */
export function spread(lists: Lists, sources: Iterable<number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const source of sources) if (!found.has(source)) found.set(source, -1);
  for (const node of found.keys()) {
    for (let at = lists.start[node] ?? 0; at < (lists.start[node + 1] ?? 0); at++) {
      const to = lists.to[at] ?? 0;
      if (!found.has(to)) found.set(to, node);
    }
  }
  return found;
}

/** The way to a node that {@link spread} found, from its source on. */
export function wayTo(found: ReadonlyMap<number, number>, node: number): readonly number[] {
  const way: number[] = [];
  for (let at: number | undefined = node; at !== undefined && at >= 0; at = found.get(at)) way.push(at);
  return way.reverse();
}
