import { LIMITS } from "../../core/index.ts";
import { ancestorBits, BITS_IN_CHUNK, scaleOf } from "./ancestors.ts";
import type { Closure } from "./closure.ts";
import { condensedAbove, degree, type Condensed } from "./condensed.ts";
import { addressAt, listed } from "./graph.ts";
import { isActor, kindOf } from "./steps.ts";

/** Who makes somebody act: how many, the first of them, and the first of each kind that people come in by. */
export interface Drivers {
  readonly count: number;
  /** Nodes, in order; at most {@link LIMITS.gainersShown}. */
  readonly first: readonly number[];
  /** In the order of {@link ENTRANCES}. */
  readonly entries: readonly (number | undefined)[];
}

/** Kinds that a way begins with where there is one. */
export const ENTRANCES: readonly string[] = ["Channel", "Workflow", "Team"];

/**
 * All who make some nodes act, themselves included.
 *
 * What a component alone leads to, it leads to together with everything above it; so most counts are sums, and
 * where every component has one way in or one way out the whole is linear. Rows of bits are needed only for
 * components with two ways in that part further up: there it grows with their number times that of the partings / 32.
 */
export function driversAbove(closure: Closure, nodes: readonly number[]): (node: number) => Drivers {
  const condensed = condensedAbove(closure, nodes);
  const own = ownActors(closure, condensed);
  const counts = countsOf(
    condensed,
    own.map((actors) => actors.length),
  );
  const first = firstOf(condensed, own);
  const entries = ENTRANCES.map((kind) =>
    leastOf(
      condensed,
      own.map((actors) => actors.find((node) => kindOf(addressAt(closure.graph, node)) === kind)),
    ),
  );
  return (node) => {
    const component = closure.components.of[node] ?? 0;
    return { count: counts[component] ?? 0, first: first[component] ?? [], entries: entries.map((least) => least[component]) };
  };
}

/** The actors of each component that is kept, in order. */
function ownActors({ graph, components }: Closure, { isKept }: Condensed): readonly (readonly number[])[] {
  return Array.from(isKept, (kept, component) =>
    kept === 1 ? [...listed(components.members, component)].filter((node) => isActor(addressAt(graph, node))) : [],
  );
}

/** The actors of each component and above it. Successors have lower numbers: what is above is there before. */
function countsOf(condensed: Condensed, own: readonly number[]): Float64Array {
  const { next, previous } = condensed;
  const size = own.length;
  // With everything above that leads nowhere else: they come together or not at all.
  const folded = Float64Array.from(own);
  // Whether something above it, or itself, leads two ways.
  const isParted = new Uint8Array(size);
  const joins: number[] = [];
  for (let component = size - 1; component >= 0; component--) {
    let parted = 0;
    for (const from of listed(previous, component)) {
      parted += isParted[from] ?? 0;
      if (degree(next, from) === 1) folded[component] = (folded[component] ?? 0) + (folded[from] ?? 0);
    }
    if (parted > 1) joins.push(component);
    isParted[component] = parted > 0 || degree(next, component) > 1 ? 1 : 0;
  }
  const joined = joinedCounts(condensed, joins, folded);
  const counts = new Float64Array(size);
  for (let component = size - 1; component >= 0; component--) {
    let sum = own[component] ?? 0;
    for (const from of listed(previous, component)) sum += counts[from] ?? 0;
    counts[component] = joined.get(component) ?? sum;
  }
  return counts;
}

/** Of components where ways come together again that parted above: everybody above counted once, by bits. */
function joinedCounts(condensed: Condensed, joins: readonly number[], folded: Float64Array): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  if (joins.length === 0) return sums;
  const isKept = keptAbove(condensed, joins);
  const partings: number[] = [];
  for (let component = folded.length - 1; component >= 0; component--) {
    const isWeighed = isKept[component] === 1 && (folded[component] ?? 0) > 0;
    if (isWeighed && degree(condensed.next, component) > 1) partings.push(component);
  }
  const isParting = new Set(partings);
  // A parting stands for itself among the bits.
  for (const each of joins) sums.set(each, isParting.has(each) ? 0 : (folded[each] ?? 0));
  for (let from = 0; from < partings.length; from += BITS_IN_CHUNK) {
    const columns = partings.slice(from, from + BITS_IN_CHUNK);
    const rows = ancestorBits({ ...condensed, isKept }, columns);
    const scale = scaleOf(columns.map((each) => folded[each] ?? 0));
    for (const each of joins) sums.set(each, (sums.get(each) ?? 0) + scale(rows(each)));
  }
  return sums;
}

/** Those and everything above them. */
function keptAbove({ isKept: all, previous }: Condensed, components: readonly number[]): Uint8Array {
  const isKept = new Uint8Array(all.length);
  for (const each of components) isKept[each] = 1;
  for (let component = 0; component < isKept.length; component++) {
    if (isKept[component] === 1) for (const from of listed(previous, component)) isKept[from] = 1;
  }
  return isKept;
}

/** The first actors of each component and above it. Where nothing is added, the list is shared. */
function firstOf({ previous }: Condensed, own: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const first: (readonly number[])[] = own.map((actors) => actors.slice(0, LIMITS.gainersShown));
  for (let component = own.length - 1; component >= 0; component--) {
    for (const from of listed(previous, component)) first[component] = merged(first[component] ?? [], first[from] ?? []);
  }
  return first;
}

/** Two lists in order, as one: what is in both once, and no more than is shown. */
export function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const most = LIMITS.gainersShown;
  if (b.length === most && (a[0] ?? 0) > (b[most - 1] ?? 0)) return b;
  const all: number[] = [];
  for (let i = 0, j = 0; all.length < most && (i < a.length || j < b.length);) {
    const [left, right] = [a[i] ?? Infinity, b[j] ?? Infinity];
    all.push(Math.min(left, right));
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return all;
}

function leastOf({ previous }: Condensed, own: readonly (number | undefined)[]): readonly (number | undefined)[] {
  const least = [...own];
  for (let component = own.length - 1; component >= 0; component--) {
    for (const from of listed(previous, component)) least[component] = lesser(least[component], least[from]);
  }
  return least;
}

export function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
