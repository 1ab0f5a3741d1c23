import { isObject, type Json, type JsonObject } from "../../core/index.ts";

/** What to keep: each field, whole (null) or in part. */
type Tree = readonly (readonly [field: string, below: Tree | null])[];

export type Projection = (input: JsonObject) => JsonObject;

/**
 * Cuts an input down to the paths that rules read, as the builder found them. A rule cannot tell the
 * difference, and equal questions become equal texts, which are answered once. `""` keeps everything.
 */
export function projectionOf(reads: readonly string[]): Projection {
  if (reads.includes("")) return (input) => input;
  const tree = treeOf(reads.map((path) => path.split(".")));
  return (input) => project(input, tree);
}

function treeOf(paths: readonly (readonly string[])[]): Tree {
  const heads = [...new Set(paths.map((path) => path[0] ?? ""))].sort();
  return heads.map((head) => {
    const rest = paths.filter((path) => path[0] === head).map((path) => path.slice(1));
    return [head, rest.some((path) => path.length === 0) ? null : treeOf(rest)];
  });
}

function project(value: JsonObject, tree: Tree): JsonObject {
  const out: Record<string, Json> = {};
  for (const [field, below] of tree) {
    const part = Object.hasOwn(value, field) ? value[field] : undefined;
    if (part !== undefined) out[field] = below === null || !isObject(part) ? part : project(part, below);
  }
  return out;
}
