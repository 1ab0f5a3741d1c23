import {
  isObject,
  nearest,
  pointerOf,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Kinds,
  type Reach,
  type Resource,
  type Segments,
} from "../../core/index.ts";
import { referencesIn, type Found, type Reference } from "../../trust/capability/index.ts";
import { originIn } from "./origin.ts";
import type { Edge, Link, ResolvedResource } from "./types.ts";

/**
 * The reference graph, and a diagnostic for each reference that names nothing.
 * Edges are in the order of resources and fields; duplicates are kept once.
 */
export function linkReferences(
  resources: readonly ResolvedResource[],
  byAddress: ReadonlyMap<Address, ResolvedResource>,
  kinds: Kinds,
  invalid: ReadonlySet<Address>,
): { readonly edges: readonly Edge[]; readonly diagnostics: readonly Diagnostic[] } {
  const edges: Edge[] = [];
  const diagnostics: Diagnostic[] = [];
  const namesOf = memoNames(resources);
  for (const each of resources) {
    const known = each.links?.every((link) => leadsSomewhere(link, byAddress)) ? each.links : undefined;
    const { references, twice } = known ? NOTHING_WRONG : referencesIn(each.resource, kinds);
    for (const at of twice) diagnostics.push(sameKeyTwice(each, at, kinds));
    for (const ref of references) {
      const target = byAddress.get(ref.to);
      const complaint = target && missingKey(each, ref, target, kinds);
      if (complaint) diagnostics.push(complaint);
      if (!target && !invalid.has(ref.to)) diagnostics.push(missing(each, ref, namesOf(ref.kind), kinds));
    }
    addEdges(each.address, known ?? references.filter((ref) => byAddress.has(ref.to)), edges);
  }
  return { edges, diagnostics };
}

const NOTHING_WRONG: Found = { references: [], twice: [] };

function leadsSomewhere({ to, key }: Link, byAddress: ReadonlyMap<Address, ResolvedResource>): boolean {
  const target = byAddress.get(to);
  return target !== undefined && (key === undefined || declaresKey(target, key));
}

/** So few references are looked through faster than they are put into a set. */
const FEW = 16;

function isAmong(edges: readonly Edge[], start: number, to: Address, reach: Reach): boolean {
  for (let i = start; i < edges.length; i++) if (edges[i]?.to === to && edges[i]?.reach === reach) return true;
  return false;
}

/** Duplicates are left out. */
function addEdges(from: Address, links: readonly Link[], edges: Edge[]): void {
  const start = edges.length;
  const seen = links.length > FEW ? new Set<string>() : undefined;
  for (const { to, reach } of links) {
    const id = seen && `${to} ${reach}`;
    if (id === undefined ? isAmong(edges, start, to, reach) : seen?.has(id)) continue;
    edges.push({ from, to, reach });
    if (id !== undefined) seen?.add(id);
  }
}

/** The references of a resource without their places; undefined where something about them is wrong in itself. */
export function linksOf(each: ResolvedResource, kinds: Kinds): readonly Link[] | undefined {
  const { references, twice } = referencesIn(each.resource, kinds);
  return twice.length > 0 ? undefined : references;
}

/** Every reference of some resources, wherever it leads; each once. */
export function referencesFrom(resources: readonly Resource[], kinds: Kinds): readonly Edge[] {
  return resources.flatMap((resource) => {
    const { references } = referencesIn(resource, kinds);
    const byKey = new Map(references.map(({ from, to, reach }) => [`${to} ${reach}`, { from, to, reach }]));
    return [...byKey.values()];
  });
}

function memoNames(resources: readonly ResolvedResource[]): (kind: string) => readonly string[] {
  const names = new Map<string, readonly string[]>();
  return (kind) => {
    let list = names.get(kind);
    if (!list) {
      list = resources.flatMap((each) => (each.resource.kind === kind ? [each.resource.metadata.name] : []));
      names.set(kind, list);
    }
    return list;
  };
}

function missing(each: ResolvedResource, ref: Reference, names: readonly string[], kinds: Kinds): Diagnostic {
  const near = nearest(ref.name, names);
  return problem("REF_NOT_FOUND", {
    detail: `${each.address} names ${ref.kind} ${shown(ref.name)} at ${pointerOf(ref.at)}, which no file declares.`,
    remedy: near ? `Did you mean "${near}"?` : `Declare a ${ref.kind} named ${shown(ref.name)}, or correct the name.`,
    origin: originIn(each, ref.at, "value", kinds),
    context: { address: each.address, reference: ref.to },
  });
}

function sameKeyTwice(each: ResolvedResource, at: Segments, kinds: Kinds): Diagnostic {
  return problem("LIST_KEY_DUPLICATE", {
    detail: `${each.address} has two entries with the same key at ${pointerOf(at.slice(0, -1))}. The list is a map by that key, so one of them would be lost.`,
    remedy: "Give one of them another name, or make one entry of the two.",
    origin: originIn(each, at, "value", kinds),
    context: { address: each.address },
  });
}

/** What lists no keys may have any. */
function declaresKey({ resource }: ResolvedResource, key: string): boolean {
  const values = resource.spec["values"];
  return !isObject(values) || Object.hasOwn(values, key);
}

function missingKey(each: ResolvedResource, ref: Reference, target: ResolvedResource, kinds: Kinds): Diagnostic | undefined {
  const values = target.resource.spec["values"];
  if (ref.key === undefined || !isObject(values) || declaresKey(target, ref.key)) return undefined;
  const near = nearest(ref.key, Object.keys(values));
  return problem("SECRET_KEY_UNKNOWN", {
    detail: `${each.address} refers to key ${shown(ref.key)} of ${ref.to}, which declares: ${Object.keys(values).sort().join(", ")}.`,
    ...(near ? { remedy: `Did you mean "${near}"?` } : {}),
    origin: originIn(each, ref.at.slice(0, -1), "value", kinds),
    context: { address: each.address, reference: ref.to },
  });
}
