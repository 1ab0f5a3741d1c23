import {
  byCodeUnit,
  canonicalJson,
  childNode,
  isArray,
  isObject,
  jsonEqual,
  type Json,
  type JsonObject,
  type SchemaNode,
  itemKey,
  somewhereBelow,
} from "../../core/index.ts";
import { SPELLINGS } from "./forms.ts";

/**
 * The one form of everything that can be written in several ways: what a document leaves out is filled in
 * from the schema's defaults, keyed lists stand in the order of their keys and sets in the order of their
 * items, texts with units or hosts have one spelling, and what says nothing is left away where the schema
 * says so. The same is done to both sides of every comparison, so another spelling is no change. Parts
 * that are in this form are not copied.
 */
export function canonicalForm(value: Json, node: SchemaNode | undefined): Json {
  if (!node || !mayDiffer(node)) return value;
  if (typeof value === "string") return node["x-moltbot-form"] ? SPELLINGS[node["x-moltbot-form"]](value) : value;
  if (isArray(value)) return canonicalList(value, node);
  return isObject(value) ? canonicalMap(value, node) : value;
}

/** Does the schema give anything here, or below, more than one spelling? */
const mayDiffer = somewhereBelow(
  (node) =>
    node.default !== undefined ||
    node["x-moltbot-form"] !== undefined ||
    node["x-moltbot-key"] !== undefined ||
    node["x-moltbot-set"] !== undefined ||
    node["x-moltbot-empty"] !== undefined,
);

function canonicalMap(value: JsonObject, node: SchemaNode): JsonObject {
  let out: Record<string, Json> | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key] ?? null;
    const formed = canonicalForm(item, childNode(node, key));
    if (formed !== item) (out ??= { ...value })[key] = formed;
    if (saysNothing(formed, node.properties?.[key])) delete (out ??= { ...value })[key];
  }
  for (const key of defaultedKeys(node)) {
    if (Object.hasOwn(value, key)) continue;
    const child = node.properties?.[key];
    if (child?.default !== undefined) (out ??= { ...value })[key] = canonicalForm(child.default, child);
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

const EMPTY_MAPS = new WeakMap<SchemaNode, Json>();

/** Where the schema takes that for absence: an empty list, or a map that says no more than an empty one would. */
function saysNothing(formed: Json, node: SchemaNode | undefined): boolean {
  if (node?.["x-moltbot-empty"] !== "absent") return false;
  if (isArray(formed)) return formed.length === 0;
  if (!isObject(formed)) return false;
  let empty = EMPTY_MAPS.get(node);
  if (empty === undefined) {
    empty = canonicalForm({}, node);
    EMPTY_MAPS.set(node, empty);
  }
  return jsonEqual(formed, empty);
}

function canonicalList(value: readonly Json[], node: SchemaNode): Json {
  const field = node["x-moltbot-key"];
  const formed = value.map((item) => canonicalForm(item, node.items));
  const items = formed.every((item, i) => item === value[i]) ? value : formed;
  if (node["x-moltbot-set"]) return inOrder(items);
  if (field === undefined) return items;
  const keyed = items.map((item) => ({ key: itemKey(item, node) ?? "", item }));
  keyed.sort((a, b) => byCodeUnit(a.key, b.key));
  return keyed.map(({ key, item }) => (isObject(item) && item[field] === undefined ? { ...item, [field]: key } : item));
}

/** Each item once, sorted by its text. Most lists are written so, and texts that rise need no more than a look. */
function inOrder(items: readonly Json[]): readonly Json[] {
  if (items.every((item, i) => typeof item === "string" && (i === 0 || (items[i - 1] as string) < item))) return items;
  const byText = new Map(items.map((item) => [typeof item === "string" ? item : canonicalJson(item), item]));
  return [...byText].sort(([a], [b]) => byCodeUnit(a, b)).map(([, item]) => item);
}
