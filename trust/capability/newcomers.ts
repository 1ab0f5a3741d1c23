import { LIMITS } from "../../core/index.ts";
import { ancestorBits, BITS_IN_CHUNK, bitsOf, scaleOf } from "./ancestors.ts";
import type { Closure } from "./closure.ts";
import { condensedAbove, degree, type Condensed } from "./condensed.ts";
import { ENTRANCES, lesser, merged, type Drivers } from "./drivers.ts";
import { addressAt, listed, spread } from "./graph.ts";
import { isActor, kindOf } from "./steps.ts";

/** Something that stood in both states. */
export interface Standing {
  readonly node: number;
  /** Its node in the state before. */
  readonly old: number;
}

/** Actors of one kind that lead to the very same things as each other, in both states. */
interface Group {
  count: number;
  readonly first: number[];
  readonly kind: string;
  /** Components that lead to all of it: now, and before (-1: to nothing). */
  readonly now: number;
  readonly former: number;
}

/**
 * Who makes things act that stood before, and did not then. Whoever does so passes over a new step, so only what is
 * above new steps is looked at. Grows with the number of components times that of the groups / 32.
 *
 * @param tails - Nodes that lead somewhere they did not lead before.
 */
export function newcomersAbove(
  before: Closure,
  after: Closure,
  standing: readonly Standing[],
  tails: Iterable<number>,
): ReadonlyMap<Standing, Drivers> {
  const found = new Map<Standing, Gathered>(standing.map((each) => [each, { count: 0, first: [], entries: [] }]));
  if (standing.length === 0) return found;
  const [now, then] = [
    sideOf(
      after,
      standing.map(({ node }) => node),
    ),
    sideOf(
      before,
      standing.map(({ old }) => old),
    ),
  ];
  const groups = groupsOf(before, after, now, then, tails);
  for (let from = 0; from < groups.length; from += BITS_IN_CHUNK) {
    const chunk = groups.slice(from, from + BITS_IN_CHUNK);
    const rows = ancestorBits(
      now.condensed,
      chunk.map((each) => each.now),
    );
    const known = ancestorBits(
      then.condensed,
      chunk.map((each) => each.former),
    );
    const scale = scaleOf(chunk.map((each) => each.count));
    for (const [{ node, old }, gathered] of found) {
      const words = rows(after.components.of[node] ?? -1);
      const not = known(before.components.of[old] ?? -1);
      const count = scale(words, not);
      if (count > 0) gather(gathered, count, bitsOf(words, not), chunk);
    }
  }
  return found;
}

interface Gathered {
  count: number;
  first: readonly number[];
  entries: (number | undefined)[];
}

/** Groups come in the order of their first: further ones add nothing once there are enough. */
function gather(into: Gathered, count: number, bits: Iterable<number>, groups: readonly Group[]): void {
  into.count += count;
  const missing = new Set(ENTRANCES.flatMap((_, i) => (into.entries[i] === undefined ? [i] : [])));
  for (const bit of bits) {
    const group = groups[bit];
    const [least = Infinity] = group?.first ?? [];
    const isFull = into.first.length === LIMITS.gainersShown && least > (into.first.at(-1) ?? 0);
    if (!group || (isFull && missing.size === 0)) return;
    if (!isFull) into.first = merged(into.first, group.first);
    const entrance = ENTRANCES.indexOf(group.kind);
    if (missing.delete(entrance)) into.entries[entrance] = lesser(into.entries[entrance], least);
  }
}

interface Side {
  readonly condensed: Condensed;
  /** Of each component, the one furthest down that everything it leads to lies behind. */
  readonly last: Int32Array;
}

function sideOf(closure: Closure, nodes: readonly number[]): Side {
  const condensed = condensedAbove(closure, nodes);
  const { isKept, next } = condensed;
  const isWanted = new Set(nodes.map((node) => closure.components.of[node] ?? -1));
  const last = new Int32Array(isKept.length).fill(-1);
  for (let component = 0; component < last.length; component++) {
    if (isKept[component] === 0) continue;
    const [only = component] = listed(next, component);
    last[component] = isWanted.has(component) || degree(next, component) !== 1 ? component : (last[only] ?? -1);
  }
  return { condensed, last };
}

function groupsOf(before: Closure, after: Closure, now: Side, then: Side, tails: Iterable<number>): readonly Group[] {
  const { graph } = after;
  const groups = new Map<string, Group>();
  const above = [...spread(graph.previous, tails).keys()].filter((node) => isActor(addressAt(graph, node)));
  for (const node of above.sort((a, b) => a - b)) {
    const old = before.graph.index.get(addressAt(graph, node));
    const place = now.last[after.components.of[node] ?? 0] ?? -1;
    const former = old === undefined ? -1 : (then.last[before.components.of[old] ?? 0] ?? -1);
    if (place < 0) continue;
    const kind = kindOf(addressAt(graph, node));
    const key = `${place} ${former} ${kind}`;
    const group: Group = groups.get(key) ?? { count: 0, first: [], kind, now: place, former };
    groups.set(key, group);
    group.count++;
    if (group.first.length < LIMITS.gainersShown) group.first.push(node);
  }
  return [...groups.values()];
}
