import { LIMITS, type Address } from "../../core/index.ts";
import { ancestorBits, BITS_IN_CHUNK, countBits, firstBits, without } from "./ancestors.ts";
import type { Closure } from "./closure.ts";
import { atomKey, coveredBy, outlasts } from "./delta.ts";
import { addressAt, listed, spread } from "./graph.ts";
import { isActor, kindOf } from "./steps.ts";
import type { Atom, DeclaredAtom } from "./types.ts";
import { waysFrom } from "./ways.ts";

/** Who gains: how many, the first of them by address, and one way to what is gained. */
export interface Gainers {
  readonly gainers: number;
  readonly first: readonly Address[];
  /** From a gainer, a channel where there is one, to whose grant it is. Empty where it gains by itself. */
  readonly via: readonly Address[];
  /** How many were left out in the middle of `via`; absent for none. */
  readonly viaSkipped?: number;
}

/** An atom that more can use than before; each atom once. */
export type AtomGain = Atom & Gainers;

/** A secret that the tools of more agents are handed than before. */
export interface SecretGain extends Gainers {
  readonly secret: Address;
}

export interface Growth {
  /** Sorted by subject, tool, action, pattern. */
  readonly atoms: readonly AtomGain[];
  /** Sorted by address. */
  readonly secrets: readonly SecretGain[];
}

/** What becomes possible from one state to the other, and what stops being so: the same, the other way round. */
export interface EffectiveDelta {
  readonly added: Growth;
  readonly removed: Growth;
}

export function effectiveDelta(before: Closure, after: Closure): EffectiveDelta {
  return { added: growth(before, after), removed: growth(after, before) };
}

/** A component whose ancestors are counted; what stands in one component, then and now, has the same. */
interface Target {
  /** Any of its nodes, here and before; -1: it was not there. */
  readonly node: number;
  readonly old: number;
  /** All of them gain; otherwise those that were not there before. */
  readonly isNew: boolean;
  count: number;
  readonly first: number[];
  /** The first gainer of each kind that makes others act, for `via`. */
  readonly entry: Map<string, number>;
}

function growth(before: Closure, after: Closure): Growth {
  const { graph } = after;
  const grown = grownNodes(before, after);
  const targets = new Map<string, Target>();
  const target = (node: number, isNew: boolean): Target => {
    const old = isNew ? -1 : (before.graph.index.get(addressAt(graph, node)) ?? -1);
    const key = `${after.components.of[node]} ${old < 0 ? -1 : before.components.of[old]} ${isNew}`;
    const made = targets.get(key) ?? { node, old, isNew, count: 0, first: [], entry: new Map() };
    targets.set(key, made);
    return made;
  };
  const wanted = gainedAtoms(before, after, grown).map(({ atom, isNew }) => {
    const node = graph.index.get(atom.subject) ?? 0;
    return { atom, node, of: target(node, isNew) };
  });
  const secrets = [...grown]
    .filter((node) => kindOf(addressAt(graph, node)) === "Secret")
    .sort((a, b) => a - b)
    .map((node) => ({ node, of: target(node, false) }));
  count([...targets.values()], before, after);
  const viaOf = waysFrom(graph);
  const gainers = (node: number, { count: number, first, entry }: Target): Gainers => ({
    gainers: number,
    first: first.map((each) => addressAt(graph, each)),
    ...viaOf(entryOf(entry, first, node), node),
  });
  return {
    atoms: wanted.flatMap(({ atom, node, of }) => (of.count > 0 ? [{ ...atom, ...gainers(node, of) }] : [])),
    secrets: secrets.flatMap(({ node, of }) => (of.count > 0 ? [{ secret: addressAt(graph, node), ...gainers(node, of) }] : [])),
  };
}

/** Where more lead to than before: what new steps lead to, and everything after it. */
function grownNodes(before: Closure, after: Closure): ReadonlySet<number> {
  const heads: number[] = [];
  for (const [i, address] of after.graph.nodes.entries()) {
    const old = before.graph.index.get(address);
    if (old !== undefined && leadsToTheSame(before.graph, old, after.graph, i)) continue;
    const known = new Set(old === undefined ? [] : [...listed(before.graph.next, old)].map((to) => before.graph.nodes[to]));
    for (const to of listed(after.graph.next, i)) if (!known.has(after.graph.nodes[to])) heads.push(to);
  }
  return new Set(spread(after.graph.next, heads).keys());
}

/** Most nodes lead where they led. Lists are sorted by address. */
function leadsToTheSame(before: Closure["graph"], old: number, after: Closure["graph"], node: number): boolean {
  const [from, start] = [before.next.start[old] ?? 0, after.next.start[node] ?? 0];
  const length = (after.next.start[node + 1] ?? 0) - start;
  if ((before.next.start[old + 1] ?? 0) - from !== length) return false;
  for (let i = 0; i < length; i++) {
    if (before.nodes[before.next.to[from + i] ?? -1] !== after.nodes[after.next.to[start + i] ?? -1]) return false;
  }
  return true;
}

function gainedAtoms(
  before: Closure,
  after: Closure,
  grown: ReadonlySet<number>,
): readonly { readonly atom: Atom; readonly isNew: boolean }[] {
  const subjects = [...after.atomsOf.keys()].sort();
  return subjects.flatMap((subject) => {
    const isGrown = grown.has(after.graph.index.get(subject) ?? -1);
    const [then, now] = [before.atomsOf.get(subject) ?? [], after.atomsOf.get(subject) ?? []];
    // Most subjects do not change, and what did not change is the very same atoms.
    if (!isGrown && areSame(then, now)) return [];
    const had = coveredBy(then);
    return distinct(now).flatMap((declared) => {
      const isNew = !had(declared);
      return isNew || isGrown ? [{ atom: declared.atom, isNew }] : [];
    });
  });
}

function areSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Sorted, and what only the name or the end of its grant tells apart once: the one that lasts longest. */
function distinct(atoms: readonly DeclaredAtom[]): readonly DeclaredAtom[] {
  const byKey = new Map<string, DeclaredAtom>();
  for (const each of atoms) {
    const known = byKey.get(atomKey(each.atom));
    if (!known || outlasts(each, known)) byKey.set(atomKey(each.atom), each);
  }
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}

/** Counts the ancestors of every target, a run of nodes at a time, so that memory stays small. */
function count(targets: readonly Target[], before: Closure, after: Closure): void {
  const { graph } = after;
  const above = spread(
    graph.previous,
    targets.map(({ node }) => node),
  );
  const columns = [...above.keys()].filter((node) => isActor(addressAt(graph, node))).sort((a, b) => a - b);
  const mayHaveBeen = targets.some(({ isNew }) => !isNew);
  for (let from = 0; from < columns.length; from += BITS_IN_CHUNK) {
    const chunk = columns.slice(from, from + BITS_IN_CHUNK);
    const rows = ancestorBits(after, chunk);
    const then = chunk.map((node) => before.graph.index.get(addressAt(graph, node)) ?? -1);
    const old = mayHaveBeen ? ancestorBits(before, then) : undefined;
    const kinds = kindMasks(chunk, graph);
    for (const target of targets) {
      const words = target.isNew || !old ? rows(target.node) : without(rows(target.node), old(target.old));
      note(target, words, chunk, kinds);
    }
  }
}

/** Of each kind, which columns are of it. */
function kindMasks(chunk: readonly number[], graph: Closure["graph"]): ReadonlyMap<string, Uint32Array> {
  const masks = new Map<string, Uint32Array>();
  for (const [bit, node] of chunk.entries()) {
    const kind = kindOf(addressAt(graph, node));
    const mask = masks.get(kind) ?? new Uint32Array(BITS_IN_CHUNK / 32);
    mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31));
    masks.set(kind, mask);
  }
  return masks;
}

function note(target: Target, words: Uint32Array, chunk: readonly number[], kinds: ReadonlyMap<string, Uint32Array>): void {
  const number = countBits(words);
  if (number === 0) return;
  target.count += number;
  for (const bit of firstBits(words, LIMITS.gainersShown - target.first.length)) target.first.push(chunk[bit] ?? 0);
  for (const [kind, mask] of kinds) {
    if (target.entry.has(kind)) continue;
    const [bit] = firstBits(words, 1, mask);
    if (bit !== undefined) target.entry.set(kind, chunk[bit] ?? 0);
  }
}

/** Where a way to be shown begins: where people come in, else whoever else gains. */
function entryOf(entry: ReadonlyMap<string, number>, first: readonly number[], node: number): number {
  const among = [entry.get("Channel"), entry.get("Workflow"), entry.get("Team"), ...first];
  return among.find((each) => each !== undefined && each !== node) ?? node;
}
