import { byCodeUnit, childNode, isArray, isObject, jsonEqual, type Json, type Reload, type SchemaNode } from "../../core/index.ts";

export interface FieldDifference {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  readonly sensitive: boolean;
  readonly reload: Reload;
  readonly immutable: boolean;
}

interface Inherited {
  readonly reload: Reload;
  readonly immutable: boolean;
  readonly sensitive: boolean;
}

const TOP: Inherited = { reload: "hot", immutable: false, sensitive: false };

/**
 * The fields in which two resolved values differ, sorted by path. Maps are compared by key, keyed
 * lists by their key (`spec.capabilities[http.fetch]`), every other list as a whole: without keys
 * nobody can say which item became which.
 */
export function fieldDifferences(before: Json, after: Json, schema: SchemaNode | undefined): FieldDifference[] {
  const out: FieldDifference[] = [];
  compare(before, after, schema, "", TOP, out);
  return out.sort((a, b) => byCodeUnit(a.path, b.path));
}

function compare(before: Json, after: Json, node: SchemaNode | undefined, path: string, above: Inherited, out: FieldDifference[]): void {
  if (jsonEqual(before, after)) return;
  const here = inherit(node, above);
  const keyed = node?.["x-moltbot-key"];
  if (isObject(before) && isObject(after)) compareMaps(before, after, node, path, here, out);
  else if (keyed !== undefined && isArray(before) && isArray(after)) compareKeyed(before, after, node, keyed, path, here, out);
  else out.push({ path, before, after, ...here });
}

function inherit(node: SchemaNode | undefined, above: Inherited): Inherited {
  if (!node) return above;
  return {
    reload: node["x-moltbot-reload"] ?? above.reload,
    immutable: node["x-moltbot-immutable"] ?? above.immutable,
    sensitive: above.sensitive || node["x-moltbot-envelope"] === true,
  };
}

function compareMaps(
  before: { readonly [key: string]: Json },
  after: { readonly [key: string]: Json },
  node: SchemaNode | undefined,
  path: string,
  here: Inherited,
  out: FieldDifference[],
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const at = path === "" ? key : `${path}.${key}`;
    const [old, now, child] = [before[key], after[key], childNode(node, key)];
    // A field that is there and null differs from one that is not there, although both show as null.
    if (isListOfKeys(child, old ?? now) && (old === undefined || now === undefined)) compare(old ?? [], now ?? [], child, at, here, out);
    else if (old === undefined || now === undefined)
      out.push({ path: at, before: old ?? null, after: now ?? null, ...inherit(child, here) });
    else compare(old, now, child, at, here, out);
  }
}

/** A keyed list that has entries: where it came or went as a whole, its entries did. */
function isListOfKeys(node: SchemaNode | undefined, value: Json | undefined): boolean {
  return node?.["x-moltbot-key"] !== undefined && isArray(value) && value.length > 0;
}

function compareKeyed(
  before: readonly Json[],
  after: readonly Json[],
  node: SchemaNode | undefined,
  field: string,
  path: string,
  here: Inherited,
  out: FieldDifference[],
): void {
  const [old, now] = [byKey(before, field), byKey(after, field)];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    compare(old.get(key) ?? null, now.get(key) ?? null, node?.items, `${path}[${key}]`, here, out);
  }
}

function byKey(list: readonly Json[], field: string): Map<string, Json> {
  return new Map(list.map((item) => [keyOf(item, field), item]));
}

function keyOf(item: Json, field: string): string {
  const key = isObject(item) ? item[field] : undefined;
  return typeof key === "string" ? key : "";
}
