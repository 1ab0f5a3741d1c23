import { isObject, type Json, type JsonObject } from "../../core/index.ts";

/** What to keep: each field with its name as JSON, whole (null) or in part. */
type Tree = readonly { readonly field: string; readonly start: string; readonly below: Tree | null }[];

/** The text of a question, as policies are asked it. */
export type Projection = (input: JsonObject) => string;

/**
 * Cuts an input down to the paths that rules read, as the builder found them. A rule cannot tell the
 * difference, and equal questions become equal texts, which are answered once. `""` keeps everything.
 * Written straight as text: there are as many questions as grants, and nobody reads what would lie between.
 */
export function projectionOf(reads: readonly string[]): Projection {
  if (reads.includes("")) return (input) => JSON.stringify(input);
  const tree = treeOf(reads.map((path) => path.split(".")));
  return (input) => project(input, tree);
}

function treeOf(paths: readonly (readonly string[])[]): Tree {
  const heads = [...new Set(paths.map((path) => path[0] ?? ""))].sort();
  return heads.map((field) => {
    const rest = paths.filter((path) => path[0] === field).map((path) => path.slice(1));
    return { field, start: `${JSON.stringify(field)}:`, below: rest.some((path) => path.length === 0) ? null : treeOf(rest) };
  });
}

function project(value: JsonObject, tree: Tree): string {
  let text = "";
  for (const { field, start, below } of tree) {
    const part = Object.hasOwn(value, field) ? value[field] : undefined;
    if (part === undefined) continue;
    const written = below === null || !isObject(part) ? textOf(part) : project(part, below);
    text += text === "" ? start + written : `,${start}${written}`;
  }
  return `{${text}}`;
}

function textOf(value: Json): string {
  if (value === null) return "null";
  return typeof value === "boolean" ? (value ? "true" : "false") : JSON.stringify(value);
}
