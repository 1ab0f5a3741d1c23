import {
  addressOf,
  isArray,
  isObject,
  itemKey,
  somewhereBelow,
  visit,
  type Address,
  type Json,
  type Kinds,
  type Reach,
  type Resource,
  type SchemaNode,
  type Segments,
} from "../../core/index.ts";
import type { ReachEdge } from "./steps.ts";

/** A reference as it stands in a resource. */
export interface Reference extends ReachEdge {
  readonly at: Segments;
  readonly kind: string;
  readonly name: string;
  /** For a secret reference: which of the Secret's values. */
  readonly key?: string;
}

const mayMatter = somewhereBelow(
  (node) => node["x-moltbot-ref"] !== undefined || node["x-moltbot-secret"] === true || node["x-moltbot-key"] !== undefined,
);

/** What is found in a resource: its references, and the places in keyed lists that hold a key twice. */
export interface Found {
  readonly references: readonly Reference[];
  readonly twice: readonly Segments[];
}

/** By the very resource: what was not resolved again refers to the same. */
const FOUND = new WeakMap<Resource, Found & { readonly schema: SchemaNode | undefined }>();

/** Every reference of a resource, by its annotations; and the keyed lists that hold a key twice. */
export function referencesIn(resource: Resource, kinds: Kinds): Found {
  const schema = kinds.byName.get(resource.kind)?.schema;
  const known = FOUND.get(resource);
  if (known && known.schema === schema) return known;
  const found = { ...findReferences(resource, schema), schema };
  FOUND.set(resource, found);
  return found;
}

function findReferences(resource: Resource, schema: SchemaNode | undefined): Found {
  const from = addressOf(resource.kind, resource.metadata.name);
  const references: Reference[] = [];
  const twice: Segments[] = [];
  visit(resource as unknown as Json, schema, (value, node, at) => {
    if (!mayMatter(node)) return false;
    const ref = node["x-moltbot-ref"];
    if (ref && typeof value === "string") references.push(reference(from, ref, value, [...at]));
    if (node["x-moltbot-key"] !== undefined && isArray(value)) twice.push(...sameKeys(value, node, at));
    const isSecret = isSecretReference(node) && isObject(value);
    if (isSecret) addSecretReference(references, from, value, node.properties, at);
    return !isSecret;
  });
  return { references, twice };
}

/** A node for `{secret, key}`, whether a secret must stand there or only may. */
function isSecretReference(node: SchemaNode): boolean {
  return (
    node["x-moltbot-secret"] === true ||
    (node.properties?.["key"] !== undefined && node.properties["secret"]?.["x-moltbot-ref"] !== undefined)
  );
}

/** Items whose key the item before them has; the list is sorted by key. */
function sameKeys(list: readonly Json[], node: SchemaNode, at: Segments): Segments[] {
  return list.flatMap((item, i) => {
    const key = i === 0 ? undefined : itemKey(item, node);
    return key !== undefined && key === itemKey(list[i - 1] ?? null, node) ? [[...at, i]] : [];
  });
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

/** The references among some resources, each once; those that lead elsewhere are left out. */
export function edgesAmong(resources: readonly Resource[], kinds: Kinds): readonly ReachEdge[] {
  const known = new Set(resources.map(({ kind, metadata }) => addressOf(kind, metadata.name)));
  return resources.flatMap((resource) => {
    const { references } = referencesIn(resource, kinds);
    const inside = references.filter(({ to }) => known.has(to));
    return [...new Map(inside.map(({ from, to, reach }) => [`${to} ${reach}`, { from, to, reach }])).values()];
  });
}
