import {
  addressOf,
  isObject,
  nearest,
  pointerOf,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Json,
  type Kinds,
  type Reach,
} from "../../core/index.ts";
import { originIn } from "./origin.ts";
import type { Edge, ResolvedResource } from "./types.ts";
import { visit, type Segments } from "./walk.ts";

interface Reference extends Edge {
  readonly at: Segments;
  readonly kind: string;
  readonly name: string;
  /** For a secret reference: which of the Secret's values. */
  readonly key?: string;
}

/** Every reference of a resource, by its annotations. */
function referencesOf(each: ResolvedResource, kinds: Kinds): Reference[] {
  const found: Reference[] = [];
  visit(each.resource as unknown as Json, kinds.byName.get(each.resource.kind)?.schema, (value, node, at) => {
    const ref = node["x-moltbot-ref"];
    if (ref && typeof value === "string") found.push(reference(each.address, ref, value, [...at]));
    if (node["x-moltbot-secret"] && isObject(value)) addSecretReference(found, each.address, value, node.properties, at);
    return !node["x-moltbot-secret"];
  });
  return found;
}

function reference(from: Address, ref: { readonly kind: string; readonly reach: Reach }, name: string, at: Segments): Reference {
  return { from, to: addressOf(ref.kind, name), reach: ref.reach, at, kind: ref.kind, name };
}

function addSecretReference(
  found: Reference[],
  from: Address,
  value: { readonly [key: string]: Json },
  properties: Readonly<Record<string, { readonly "x-moltbot-ref"?: { readonly kind: string; readonly reach: Reach } }>> | undefined,
  at: Segments,
): void {
  for (const [field, node] of Object.entries(properties ?? {})) {
    const ref = node["x-moltbot-ref"];
    const name = value[field];
    if (!ref || typeof name !== "string") continue;
    const key = value["key"];
    found.push({ ...reference(from, ref, name, [...at, field]), ...(typeof key === "string" ? { key } : {}) });
  }
}

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
    const seen = new Set<string>();
    for (const ref of referencesOf(each, kinds)) {
      const target = byAddress.get(ref.to);
      if (!target) {
        if (!invalid.has(ref.to)) diagnostics.push(missing(each, ref, namesOf(ref.kind), kinds));
      } else {
        const complaint = missingKey(each, ref, target, kinds);
        if (complaint) diagnostics.push(complaint);
        const id = `${ref.to} ${ref.reach}`;
        if (!seen.has(id)) edges.push({ from: ref.from, to: ref.to, reach: ref.reach });
        seen.add(id);
      }
    }
  }
  return { edges, diagnostics };
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

function missingKey(each: ResolvedResource, ref: Reference, target: ResolvedResource, kinds: Kinds): Diagnostic | undefined {
  const values = target.resource.spec["values"];
  if (ref.key === undefined || !isObject(values) || Object.hasOwn(values, ref.key)) return undefined;
  const near = nearest(ref.key, Object.keys(values));
  return problem("SECRET_KEY_UNKNOWN", {
    detail: `${each.address} refers to key ${shown(ref.key)} of ${ref.to}, which declares: ${Object.keys(values).sort().join(", ")}.`,
    ...(near ? { remedy: `Did you mean "${near}"?` } : {}),
    origin: originIn(each, ref.at.slice(0, -1), "value", kinds),
    context: { address: each.address, reference: ref.to },
  });
}
