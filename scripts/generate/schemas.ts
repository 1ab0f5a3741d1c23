import fs from "node:fs";
import path from "node:path";
import type { JsonObject } from "../../core/index.ts";

export const ROOT = path.resolve(import.meta.dirname, "../..");
export const SCHEMA_DIR = path.join(ROOT, "schemas");
export const COMMON = "common.schema.json";

/** Every schema of the folder by file name, sorted, so that what is generated never depends on the disk. */
export function readSchemaFiles(dir: string = SCHEMA_DIR): Map<string, JsonObject> {
  const names = fs.readdirSync(dir).filter((name) => name.endsWith(".schema.json"));
  return new Map(names.sort().map((name) => [name, JSON.parse(fs.readFileSync(path.join(dir, name), "utf8")) as JsonObject]));
}

/** Which files describe a kind: those whose documents say `kind` and `apiVersion`. Sorted by kind. */
export function kindFiles(
  files: ReadonlyMap<string, JsonObject>,
): { readonly kind: string; readonly file: string; readonly apiVersion: string }[] {
  const found = [];
  for (const [file, schema] of files) {
    const properties = (schema["properties"] ?? {}) as Record<string, JsonObject>;
    const kind = properties["kind"]?.["const"];
    const apiVersion = properties["apiVersion"]?.["const"];
    if (typeof kind === "string" && typeof apiVersion === "string") found.push({ kind, file, apiVersion });
  }
  return found.sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** Files for the formats we write (plan, ledger record...): neither common parts nor kinds. */
export function formatFiles(files: ReadonlyMap<string, JsonObject>): string[] {
  const kinds = new Set(kindFiles(files).map((each) => each.file));
  return [...files.keys()].filter((file) => file !== COMMON && !kinds.has(file));
}

export function defsOf(schema: JsonObject): Record<string, JsonObject> {
  return (schema["$defs"] ?? {}) as Record<string, JsonObject>;
}

/** One name for a definition of any file. */
export function idOf(file: string, name: string): string {
  return `${file.slice(0, -".schema.json".length).replaceAll("-", "")}_${name}`;
}

export function titleOf(files: ReadonlyMap<string, JsonObject>, file: string): string {
  return files.get(file)?.["title"] as string;
}
