import { isObject, type Json, type JsonObject, type SchemaNode } from "../core/index.ts";

/** Schema files by file name, as parsed JSON: what a `$ref` may point into. */
export type SchemaFiles = ReadonlyMap<string, JsonObject>;

/** The file of parts that several kinds share. */
export const COMMON_FILE = "common.schema.json";

const MAX_DEPTH = 64;

/**
 * A schema with every `$ref` replaced by what it names. What stands beside a `$ref` wins over what the
 * target says, so a field can have its own description, default or reference. One target without such
 * neighbours is one object wherever it is used.
 *
 * @throws Error when a reference names nothing, or schemas contain themselves: our own mistake, met by
 *   the generator and its tests.
 */
export function inlineRefs(file: string, files: SchemaFiles): SchemaNode {
  const root = files.get(file);
  if (!root) throw new Error(`no schema file ${file}`);
  const { $defs: _defs, $schema: _schema, $id: _id, ...rest } = root;
  return inlineNode(rest, { file, files, done: new Map() }, 0);
}

interface Scope {
  readonly file: string;
  readonly files: SchemaFiles;
  readonly done: Map<string, JsonObject>;
}

/** Keys whose value is data, not a schema. */
const DATA = new Set(["default", "examples", "enum", "const", "required", "x-moltbot-ref", "x-moltbot-inert"]);
/** Keys whose value is a map of schemas. */
const MAPS = new Set(["properties"]);

function inlineNode(node: JsonObject, scope: Scope, depth: number): JsonObject {
  if (depth > MAX_DEPTH) throw new Error(`${scope.file}: schemas nest deeper than ${MAX_DEPTH}; does one contain itself?`);
  const ref = node["$ref"];
  if (typeof ref !== "string") return inlineChildren(node, scope, depth);
  const { $ref: _ref, ...beside } = node;
  const target = resolveRef(ref, scope, depth);
  return Object.keys(beside).length === 0 ? target : { ...target, ...inlineChildren(beside, scope, depth) };
}

function inlineChildren(node: JsonObject, scope: Scope, depth: number): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node)) {
    if (DATA.has(key) || !isObject(value)) out[key] = value;
    else if (MAPS.has(key))
      out[key] = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inlineNode(asObject(v), scope, depth + 1)]));
    else out[key] = inlineNode(value, scope, depth + 1);
  }
  return out;
}

function resolveRef(ref: string, scope: Scope, depth: number): JsonObject {
  const { file, name, target } = refOf(ref, scope.file, scope.files);
  const id = `${file}#${name}`;
  const known = scope.done.get(id);
  if (known) return known;
  const made = inlineNode(target, { ...scope, file }, depth + 1);
  scope.done.set(id, made);
  return made;
}

/**
 * What a `$ref` of a file names: `#/$defs/NAME` in the same file, `FILE#/$defs/NAME` in another.
 * @throws Error when it names nothing.
 */
export function refOf(
  ref: string,
  from: string,
  files: SchemaFiles,
): { readonly file: string; readonly name: string; readonly target: JsonObject } {
  const hash = ref.indexOf("#");
  const file = hash > 0 ? ref.slice(0, hash) : from;
  const name = /^\/\$defs\/([A-Za-z]+)$/.exec(ref.slice(hash + 1))?.[1];
  const defs = files.get(file)?.["$defs"];
  const target = name !== undefined && isObject(defs) ? defs[name] : undefined;
  if (name === undefined || !isObject(target)) throw new Error(`${from}: ${ref} names nothing`);
  return { file, name, target };
}

function asObject(value: Json): JsonObject {
  if (!isObject(value)) throw new Error("a schema is an object here");
  return value;
}
