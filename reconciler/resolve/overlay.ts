import { childNode, isArray, isObject, type Json, type SchemaNode, itemKey } from "../../core/index.ts";

/**
 * One overlay laid over a document: maps merge, `null` removes (the schema's default then applies),
 * keyed lists merge by key (`$remove: true` drops an entry), other lists and scalars replace.
 */
export function overlaid(base: Json | undefined, over: Json, node: SchemaNode | undefined): Json {
  if (isObject(over)) {
    const out: Record<string, Json> = isObject(base) ? { ...base } : {};
    for (const key of Object.keys(over)) {
      const value = over[key] ?? null;
      if (value === null) delete out[key];
      else out[key] = overlaid(isObject(base) ? base[key] : undefined, value, childNode(node, key));
    }
    return out;
  }
  if (isArray(over) && isArray(base) && node?.["x-moltbot-key"] !== undefined) return overlaidList(base, over, node);
  return over;
}

function overlaidList(base: readonly Json[], over: readonly Json[], node: SchemaNode): Json {
  const out = [...base];
  for (const item of over) {
    const key = itemKey(item, node);
    const index = key === undefined ? -1 : out.findIndex((each) => itemKey(each, node) === key);
    const isRemoval = isObject(item) && item["$remove"] === true;
    if (isRemoval) {
      if (index >= 0) out.splice(index, 1);
    } else if (index >= 0) out[index] = overlaid(out[index], item, node.items);
    else out.push(item);
  }
  return out;
}

/** Pointers of trust fields that an overlay names; overlays must not have any. */
export function trustFields(
  over: Json,
  node: SchemaNode | undefined,
  at: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (!node) return [];
  if (node["x-moltbot-trust"]) return [at];
  if (isArray(over)) return over.flatMap((item, i) => trustFields(item, node.items, [...at, i]));
  if (!isObject(over)) return [];
  return Object.keys(over).flatMap((key) => trustFields(over[key] ?? null, childNode(node, key), [...at, key]));
}

/** Only what judges changes: the fields annotated so, in the maps that hold them. Null where there is none. */
export function trustPart(value: Json, node: SchemaNode | undefined): Json {
  if (!node) return null;
  if (node["x-moltbot-trust"]) return value;
  if (!isObject(value)) return null;
  const parts = Object.keys(value).flatMap((key): [string, Json][] => {
    const part = trustPart(value[key] ?? null, childNode(node, key));
    return part === null ? [] : [[key, part]];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : null;
}
