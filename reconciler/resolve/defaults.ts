import { byCodeUnit, childNode, isArray, isObject, type Json, type SchemaNode } from "../../core/index.ts";
import { itemKey } from "./walk.ts";

/**
 * Fills in what a document leaves out, from the schema's defaults, and puts keyed lists into the order
 * of their keys. The same is done to both sides of every comparison, so writing a default out or
 * leaving it away, or reordering a keyed list, is no change.
 */
export function withDefaults(value: Json, node: SchemaNode | undefined): Json {
  if (!node) return value;
  if (isArray(value)) return listWithDefaults(value, node);
  if (!isObject(value)) return value;
  const out: Record<string, Json> = {};
  for (const key of Object.keys(value)) out[key] = withDefaults(value[key] ?? null, childNode(node, key));
  for (const key of defaultedKeys(node)) {
    if (Object.hasOwn(out, key)) continue;
    const child = node.properties?.[key];
    if (child?.default !== undefined) out[key] = withDefaults(child.default, child);
  }
  return out;
}

const DEFAULTED = new WeakMap<SchemaNode, readonly string[]>();

/** Property names with a default, found once per schema node. */
function defaultedKeys(node: SchemaNode): readonly string[] {
  let keys = DEFAULTED.get(node);
  if (!keys) {
    keys = Object.entries(node.properties ?? {}).flatMap(([key, child]) => (child.default === undefined ? [] : [key]));
    DEFAULTED.set(node, keys);
  }
  return keys;
}

function listWithDefaults(value: readonly Json[], node: SchemaNode): Json {
  const field = node["x-moltbot-key"];
  const items = value.map((item) => withDefaults(item, node.items));
  if (field === undefined) return items;
  const keyed = items.map((item) => ({ key: itemKey(item, node) ?? "", item }));
  keyed.sort((a, b) => byCodeUnit(a.key, b.key));
  return keyed.map(({ key, item }) => (isObject(item) && item[field] === undefined ? { ...item, [field]: key } : item));
}
