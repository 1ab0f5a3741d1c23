import { isArray, isObject, type Json } from "./json.ts";
import { childNode, type SchemaNode } from "./schema.ts";

export type Segments = readonly (string | number)[];

/**
 * Visits every value with the schema node that describes it, parents first. A visitor that returns
 * `false` keeps the walk out of that value. Depth is bounded by the parser's limit.
 */
export function visit(value: Json, node: SchemaNode | undefined, enter: (value: Json, node: SchemaNode, at: Segments) => boolean): void {
  walk(value, node, [], enter);
}

function walk(
  value: Json,
  node: SchemaNode | undefined,
  at: (string | number)[],
  enter: (value: Json, node: SchemaNode, at: Segments) => boolean,
): void {
  if (!node || !enter(value, node, at)) return;
  if (isArray(value)) {
    if (node.items) for (let i = 0; i < value.length; i++) step(value[i] ?? null, node.items, i, at, enter);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) step(value[key] ?? null, childNode(node, key), key, at, enter);
  }
}

function step(
  value: Json,
  node: SchemaNode | undefined,
  key: string | number,
  at: (string | number)[],
  enter: (value: Json, node: SchemaNode, at: Segments) => boolean,
): void {
  at.push(key);
  walk(value, node, at, enter);
  at.pop();
}

/**
 * Makes a test of schema nodes: does the node, or any node below it, have what is looked for? Found once
 * for each node, so that walks can leave out the parts of a document where nothing can be found.
 */
export function somewhereBelow(isFound: (node: SchemaNode) => boolean): (node: SchemaNode) => boolean {
  const known = new WeakMap<SchemaNode, boolean>();
  const look = (node: SchemaNode): boolean => {
    const found = known.get(node);
    if (found !== undefined) return found;
    // A schema that holds itself is looked into for as long as it takes to come round.
    known.set(node, true);
    const children = [...Object.values(node.properties ?? {}), node.items, node.additionalProperties];
    const answer = isFound(node) || children.some((child) => typeof child === "object" && look(child));
    known.set(node, answer);
    return answer;
  };
  return look;
}

/** The key of an item in a keyed list, or undefined where it has none. */
export function itemKey(item: Json, node: SchemaNode): string | undefined {
  const field = node["x-moltbot-key"];
  if (field === undefined || !isObject(item)) return undefined;
  const fallback = node["x-moltbot-key-default"];
  const key = item[field] ?? (fallback === undefined ? undefined : item[fallback]);
  return typeof key === "string" ? key : undefined;
}
