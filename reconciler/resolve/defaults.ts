import { byCodeUnit, childNode, isArray, isObject, type Json, type SchemaNode } from "../../core/index.ts";
import { itemKey } from "./walk.ts";

/**
 * Fills in what a document leaves out, from the schema's defaults, and puts keyed lists into the order
 * of their keys. The same is done to both sides of every comparison, so writing a default out or
 * leaving it away, or reordering a keyed list, is no change. Parts to which nothing is added are not copied.
 */
export function withDefaults(value: Json, node: SchemaNode | undefined): Json {
  if (!node) return value;
  if (isArray(value)) return listWithDefaults(value, node);
  if (!isObject(value)) return value;
  let out: Record<string, Json> | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key] ?? null;
    const filled = withDefaults(item, childNode(node, key));
    if (filled !== item) (out ??= { ...value })[key] = filled;
  }
  for (const key of defaultedKeys(node)) {
    if (Object.hasOwn(value, key)) continue;
    const child = node.properties?.[key];
    if (child?.default !== undefined) (out ??= { ...value })[key] = withDefaults(child.default, child);
  }
  return out ?? value;
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
  const filled = value.map((item) => withDefaults(item, node.items));
  const items = filled.every((item, i) => item === value[i]) ? value : filled;
  if (field === undefined) return items;
  const keyed = items.map((item) => ({ key: itemKey(item, node) ?? "", item }));
  keyed.sort((a, b) => byCodeUnit(a.key, b.key));
  return keyed.map(({ key, item }) => (isObject(item) && item[field] === undefined ? { ...item, [field]: key } : item));
}
