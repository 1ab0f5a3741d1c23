import type { Address } from "../../core/index.ts";
import type { Closure } from "./closure.ts";
import { atomKey, coveredBy, outlasts } from "./delta.ts";
import { driversAbove, type Drivers } from "./drivers.ts";
import { addressAt, listed, spread } from "./graph.ts";
import { newcomersAbove } from "./newcomers.ts";
import { kindOf } from "./steps.ts";
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
  /** Any of its nodes, here and before. */
  readonly node: number;
  /** -1: all of them gain; otherwise those that were not there before. */
  readonly old: number;
}

function growth(before: Closure, after: Closure): Growth {
  const { graph } = after;
  const grown = grownNodes(before, after);
  const targets = new Map<string, Target>();
  const target = (node: number, isNew: boolean): Target => {
    const old = isNew ? -1 : (before.graph.index.get(addressAt(graph, node)) ?? -1);
    const key = `${after.components.of[node]} ${old < 0 ? -1 : before.components.of[old]}`;
    const made = targets.get(key) ?? { node, old };
    targets.set(key, made);
    return made;
  };
  const wanted = gainedAtoms(before, after, grown.nodes).map(({ atom, isNew }) => {
    const node = graph.index.get(atom.subject) ?? 0;
    return { atom, node, of: target(node, isNew) };
  });
  const secrets = [...grown.nodes]
    .filter((node) => kindOf(addressAt(graph, node)) === "Secret")
    .sort((a, b) => a - b)
    .map((node) => ({ node, of: target(node, false) }));
  const driversOf = gainersOf([...targets.values()], before, after, grown.tails);
  const viaOf = waysFrom(graph);
  const gainers = (node: number, { count, first, entries }: Drivers): Gainers => ({
    gainers: count,
    first: first.map((each) => addressAt(graph, each)),
    ...viaOf(entryOf(entries, first, node), node),
  });
  const shown = <T extends object>(what: T, node: number, of: Target): readonly (T & Gainers)[] => {
    const drivers = driversOf(of);
    return drivers.count > 0 ? [{ ...what, ...gainers(node, drivers) }] : [];
  };
  return {
    atoms: wanted.flatMap(({ atom, node, of }) => shown(atom, node, of)),
    secrets: secrets.flatMap(({ node, of }) => shown({ secret: addressAt(graph, node) }, node, of)),
  };
}

/** Who gains: of what is new, everybody who leads to it; of what stood before, those who did not then. */
function gainersOf(targets: readonly Target[], before: Closure, after: Closure, tails: Iterable<number>): (target: Target) => Drivers {
  const [fresh, standing] = [targets.filter(({ old }) => old < 0), targets.filter(({ old }) => old >= 0)];
  const above = driversAbove(
    after,
    fresh.map(({ node }) => node),
  );
  const newcomers = newcomersAbove(before, after, standing, tails);
  return (target) => newcomers.get(target) ?? above(target.node);
}

/** Where more lead to than before: what new steps lead to, and everything after it; and where such steps begin. */
function grownNodes(before: Closure, after: Closure): { readonly nodes: ReadonlySet<number>; readonly tails: ReadonlySet<number> } {
  const heads: number[] = [];
  const tails = new Set<number>();
  for (const [i, address] of after.graph.nodes.entries()) {
    const old = before.graph.index.get(address);
    if (old !== undefined && leadsToTheSame(before.graph, old, after.graph, i)) continue;
    const known = new Set(old === undefined ? [] : [...listed(before.graph.next, old)].map((to) => before.graph.nodes[to]));
    for (const to of listed(after.graph.next, i)) {
      if (known.has(after.graph.nodes[to])) continue;
      heads.push(to);
      tails.add(i);
    }
  }
  return { nodes: new Set(spread(after.graph.next, heads).keys()), tails };
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

/** Where a way to be shown begins: where people come in, else whoever else gains. */
function entryOf(entries: Drivers["entries"], first: readonly number[], node: number): number {
  return [...entries, ...first].find((each) => each !== undefined && each !== node) ?? node;
}
