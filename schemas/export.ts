import { isObject, type Json, type JsonObject } from "../core/index.ts";
import { COMMON_FILE, refOf, type SchemaFiles } from "./inline.ts";
import { cueDefinitions } from "./cue.ts";
import { FORMAT_FILES, KIND_FILES } from "./generated/models.ts";
import { schemaFiles } from "./kinds.ts";

const DRAFT = "https://json-schema.org/draft/2020-12/schema";
const BASE = "https://moltbot.dev/schemas/";
/** One schema for every manifest, whatever its kind. */
const ANY_KIND = "manifest.schema.json";

/** The kinds of this build with what they declare, sorted by name: the list behind `moltbot schema`. */
export function kindList(): readonly { readonly kind: string; readonly description: string; readonly file: string }[] {
  return KIND_FILES.map(({ kind, file }) => {
    const description = schemaFiles().get(file)?.["description"];
    return { kind, file, description: typeof description === "string" ? description : "" };
  });
}

/**
 * One kind's schema, or a written format's, complete in itself: what it refers to in other files is among
 * its `$defs`. Behind `moltbot schema KIND`.
 *
 * @param name - A kind (`Agent`) or the title of a written format (`Plan`).
 * @returns undefined when there is none of that name.
 */
export function schemaOf(name: string): JsonObject | undefined {
  const file = fileOf(name);
  return file === undefined ? undefined : selfContained(file, schemaFiles());
}

/** Names {@link schemaOf} knows. */
export function schemaNames(): readonly string[] {
  return [...KIND_FILES.map(({ kind }) => kind), ...FORMAT_FILES.map(titleOf)];
}

function fileOf(name: string): string | undefined {
  return KIND_FILES.find(({ kind }) => kind === name)?.file ?? FORMAT_FILES.find((file) => titleOf(file) === name);
}

function titleOf(file: string): string {
  const title = schemaFiles().get(file)?.["title"];
  return typeof title === "string" ? title : file;
}

/**
 * Every schema as a file, name to text: behind `moltbot schema --all DIR`. Each is complete in itself;
 * `manifest.schema.json` is for editors that take one schema for every manifest.
 */
export function schemaFilesText(): ReadonlyMap<string, string> {
  const files = schemaFiles();
  const out = new Map<string, string>();
  for (const { file } of KIND_FILES) out.set(file, jsonText(selfContained(file, files)));
  for (const file of FORMAT_FILES) out.set(file, jsonText(selfContained(file, files)));
  out.set(ANY_KIND, jsonText(anyKind(files)));
  return new Map([...out].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The comment that makes an editor check a manifest and complete its fields.
 *
 * @param folder - Where `schema --all` wrote the schemas, as the manifest sees it: `../.schemas`.
 * @param kind - The kind of the file's documents; absent for a file with several.
 */
export function modeline(folder: string, kind?: string): string {
  const file = kind === undefined ? ANY_KIND : (fileOf(kind) ?? ANY_KIND);
  return `# yaml-language-server: $schema=${folder.replace(/\/$/, "")}/${file}`;
}

/**
 * CUE definitions of one kind, or of all: behind `moltbot schema --format cue [KIND]`.
 * @returns undefined when there is no such kind.
 */
export function cueOf(kind?: string): string | undefined {
  const files = KIND_FILES.filter((each) => kind === undefined || each.kind === kind).map(({ file }) => file);
  return files.length > 0 ? cueDefinitions(files, schemaFiles()) : undefined;
}

function selfContained(file: string, files: SchemaFiles): JsonObject {
  const { $defs: _defs, ...root } = files.get(file) ?? {};
  const needed = new Map<string, JsonObject>();
  const body = collect(root, file, files, needed);
  return { ...body, $defs: sorted(needed) };
}

/** Chooses by `kind`; outside our closed subset, which our own validators keep to: this one is for editors. */
function anyKind(files: SchemaFiles): JsonObject {
  const needed = new Map<string, JsonObject>();
  const choices = KIND_FILES.map(({ kind, file }): JsonObject => {
    const { $defs: _defs, $schema: _schema, $id: _id, ...root } = files.get(file) ?? {};
    needed.set(kind, collect(root, file, files, needed));
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nobody awaits it
    return { if: { properties: { kind: { const: kind } }, required: ["kind"] }, then: { $ref: `#/$defs/${kind}` } };
  });
  return {
    $schema: DRAFT,
    $id: `${BASE}${ANY_KIND}`,
    title: "Manifest",
    description: "A manifest of any kind.",
    type: "object",
    required: ["apiVersion", "kind", "metadata", "spec"],
    properties: { kind: { description: "The kind of resource.", enum: KIND_FILES.map(({ kind }) => kind) } },
    allOf: choices,
    $defs: sorted(needed),
  };
}

/** The node with its references pointed into one `$defs`, which is filled with all they need. */
function collect(node: JsonObject, file: string, files: SchemaFiles, needed: Map<string, JsonObject>): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node)) out[key] = collectValue(key, value, file, files, needed);
  return out;
}

function collectValue(key: string, value: Json, file: string, files: SchemaFiles, needed: Map<string, JsonObject>): Json {
  if (key === "$ref" && typeof value === "string") return `#/$defs/${need(value, file, files, needed)}`;
  return isObject(value) && !DATA.has(key) ? collect(value, file, files, needed) : value;
}

/** Keys whose value is data, not a schema. */
const DATA = new Set(["default", "examples", "const"]);

function need(ref: string, from: string, files: SchemaFiles, needed: Map<string, JsonObject>): string {
  const { file, name, target } = refOf(ref, from, files);
  const id = `${stem(file)}_${name}`;
  if (!needed.has(id)) {
    needed.set(id, {});
    needed.set(id, collect(target, file, files, needed));
  }
  return id;
}

function stem(file: string): string {
  return file === COMMON_FILE ? "common" : file.slice(0, -".schema.json".length);
}

function sorted(defs: ReadonlyMap<string, JsonObject>): JsonObject {
  return Object.fromEntries([...defs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function jsonText(schema: JsonObject): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
