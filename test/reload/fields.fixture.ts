import { isArray, isObject, jsonEqual, type Json, type JsonObject, type Resource, type SchemaNode } from "../../core/index.ts";
import { loadGeneration } from "../../runtime/load/index.ts";
import { KINDS } from "../../schemas/index.ts";

/** Every field of a kind, by its schema alone, with two values of it that load. */

export interface Leaf {
  readonly path: readonly string[];
  readonly node: SchemaNode;
}

const DEPTH = 8;

/** Fields that hold a value: lists of maps and maps are entered, with one entry. */
export function leavesOf(node: SchemaNode, value: Json | undefined, path: readonly string[] = []): readonly Leaf[] {
  if (path.length > DEPTH) return [];
  const map = isObject(value) ? value : {};
  const below = (key: string, child: SchemaNode | undefined): readonly Leaf[] =>
    child ? leavesOf(child, isArray(value) ? value[Number(key)] : map[key], [...path, key]) : [];
  if (node["x-moltbot-secret"]) return [{ path, node }];
  if (node.properties) return Object.entries(node.properties).flatMap(([key, child]) => below(key, child));
  if (node.items?.properties) return below("0", node.items);
  if (typeof node.additionalProperties === "object") return below(Object.keys(map)[0] ?? "x", node.additionalProperties);
  return [{ path, node }];
}

const TEXTS = [
  "a", "b", "10s", "20s", "1KiB", "2KiB", "5/min", "6/min", "http://127.0.0.1:1", "http://127.0.0.1:2", "https://a.acme.example", "https://b.acme.example",
  "127.0.0.1", "127.0.0.2", "2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "UTC", "Europe/Berlin", "notes/a", "notes/b", "/a", "/b", "de", "en", "0 0 * * *", "1 1 * * *",
  "a@acme.example", "b@acme.example", "A", "B", `sha256:${"a".repeat(64)}`, `sha256:${"b".repeat(64)}`,
]; // prettier-ignore

/** What there is for a field that names another resource. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  Agent: ["a", "b"],
  ModelProvider: ["echo", "other"],
  Skill: ["a", "b"],
  Secret: ["s", "t"],
};

function valuesOf(node: SchemaNode): readonly Json[] {
  if (node["x-moltbot-secret"])
    return [
      { secret: "s", key: "k" },
      { secret: "s", key: "l" },
    ];
  const type = typeof node.type === "string" ? [node.type] : (node.type ?? []);
  const named = node["x-moltbot-ref"] && NAMES[node["x-moltbot-ref"].kind];
  if (named) return named;
  const of: Json[] = [...(node.enum ?? []), ...(node.const === undefined ? [] : [node.const]), ...(node.examples ?? [])];
  if (type.includes("boolean")) of.push(true, false);
  if (type.includes("integer") || type.includes("number")) of.push((node.minimum ?? 0) + 1, (node.minimum ?? 0) + 2, 0.5, 0.25);
  if (type.includes("string")) of.push(...TEXTS);
  if (type.includes("array")) of.push(...(node.items ? valuesOf(node.items).map((each): Json => [each]) : []));
  return of;
}

/** The smallest value that a required field may have; by its schema, without looking at what refers to it. */
function least(node: SchemaNode): Json {
  if (node.properties) return Object.fromEntries((node.required ?? []).map((key) => [key, least(node.properties?.[key] ?? {})]));
  return node.default ?? valuesOf(node)[0] ?? (node.items ? [] : {});
}

function withValue(value: Json | undefined, node: SchemaNode | undefined, [key, ...rest]: readonly string[], leaf: Json): Json {
  if (key === undefined) return leaf;
  if (node?.items) {
    const list = isArray(value) ? value : [];
    return [withValue(list[0] ?? least(node.items), node.items, rest, leaf), ...list.slice(1)];
  }
  const child = node?.properties?.[key] ?? (typeof node?.additionalProperties === "object" ? node.additionalProperties : undefined);
  const map = isObject(value) ? value : (least(node ?? {}) as JsonObject);
  return { ...map, [key]: withValue(map[key], child, rest, leaf) };
}

export interface Pair {
  readonly field: string;
  readonly before: Resource;
  readonly after: Resource;
}

/** Two resources that differ in one field, and load beside the others; undefined where nothing was found that does. */
export function pairOf(
  base: Resource,
  { path }: Leaf,
  node: SchemaNode,
  others: readonly Resource[],
  values: readonly Json[] = [],
): Pair | undefined {
  const found: Resource[] = [];
  const spec = KINDS.byName.get(base.kind)!.schema.properties!["spec"]!;
  for (const value of [...values, ...valuesOf(node)]) {
    const made = { ...base, spec: withValue(base.spec, spec, path, value) as JsonObject };
    if (found.some((each) => jsonEqual(each.spec, made.spec))) continue;
    if (KINDS.byName.get(base.kind)!.validate(made).length > 0) continue;
    if (!loadGeneration([...others, made]).ok) continue;
    found.push(made);
    const [before, after] = found;
    if (before && after) return { field: path.join("."), before, after };
  }
  return undefined;
}

export function pairsOf(
  base: Resource,
  others: readonly Resource[],
  values: Readonly<Record<string, readonly Json[]>> = {},
): { readonly pairs: readonly Pair[]; readonly without: readonly string[] } {
  const spec = KINDS.byName.get(base.kind)!.schema.properties!["spec"]!;
  const all = leavesOf(spec, base.spec).map((leaf) => [leaf, pairOf(base, leaf, leaf.node, others, values[leaf.path.join(".")])] as const);
  return {
    pairs: all.flatMap(([, pair]) => pair ?? []),
    without: all.flatMap(([{ path }, pair]) => (pair ? [] : [path.join(".")])),
  };
}
