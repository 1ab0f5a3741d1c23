import { compile } from "json-schema-to-typescript";
import type { Json, JsonObject } from "../../core/index.ts";
import { HEADER } from "./header.ts";
import { defsOf, idOf } from "./schemas.ts";

type Mutable = Record<string, Json>;

/** What is written, what is left after defaults, or a format that we write: of that, only the fields we know. */
type View = "written" | "resolved" | "format";

/**
 * TypeScript types of every schema: of what a manifest may say, or of what is left after defaults, where
 * every field that has a default is there.
 */
export async function typesModule(files: ReadonlyMap<string, JsonObject>, view: View): Promise<string> {
  const definitions: Mutable = {};
  const properties: Mutable = {};
  for (const [file, schema] of files) {
    const scope: Scope = { file, files, view };
    for (const [name, def] of Object.entries(defsOf(schema))) {
      if (def["title"] !== undefined) definitions[idOf(file, name)] = typed(def, scope);
    }
    if (schema["type"] === undefined) continue;
    const { $defs: _defs, $id: _id, $schema: _schema, ...root } = schema;
    definitions[idOf(file, "root")] = typed(root, scope);
    properties[idOf(file, "root")] = { $ref: `#/definitions/${idOf(file, "root")}` };
  }
  const bundle = { title: "Documents", description: "One of each.", type: "object", additionalProperties: false, properties, definitions };
  const text = await compile(bundle as never, "Documents", {
    bannerComment: "",
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    strictIndexSignatures: false,
    unknownAny: true,
    format: true,
    style: { printWidth: 140 },
  });
  const imports = /\bJson\b/.test(text) ? 'import type { Json } from "../../core/index.ts";\n\n' : "";
  return `${HEADER}\n${imports === "" ? "\n" : imports}${readonly(dropIndex(text))}`;
}

interface Scope {
  readonly file: string;
  readonly files: ReadonlyMap<string, JsonObject>;
  readonly view: View;
}

const KEPT = new Set(["title", "description", "type", "enum", "const", "required"]);

/** One schema as the type compiler wants it: named parts by reference, the rest in place, no patterns. */
function typed(node: JsonObject, scope: Scope): Json {
  const ref = node["$ref"];
  if (typeof ref === "string") return typedRef(node, ref, scope);
  const out: Mutable = {};
  if (node["type"] === undefined && node["enum"] === undefined && node["const"] === undefined) out["tsType"] = "Json";
  for (const [key, value] of Object.entries(node)) {
    if (KEPT.has(key)) out[key] = value;
    else if (key === "properties") out[key] = mapValues(value as Record<string, JsonObject>, (each) => typed(each, scope));
    else if (key === "additionalProperties" && scope.view === "format" && node["properties"] !== undefined) out[key] = false;
    else if (key === "items" || key === "additionalProperties") out[key] = isSchema(value) ? typed(value, scope) : value;
  }
  if (out["type"] === "object" || out["properties"] !== undefined) out["required"] = requiredIn(node, scope.view);
  return out;
}

/** A named part stays a reference, so that it has one type; what has no name is written out. */
function typedRef(node: JsonObject, ref: string, scope: Scope): Json {
  const [at = "", pointer = ""] = ref.split("#");
  const file = at === "" ? scope.file : at;
  const name = pointer.slice("/$defs/".length);
  const target = defsOf(scope.files.get(file) ?? {})[name];
  if (!target) throw new Error(`${scope.file}: ${ref} names nothing`);
  if (target["title"] !== undefined) return { $ref: `#/definitions/${idOf(file, name)}` };
  const { $ref: _ref, ...beside } = node;
  return typed({ ...target, ...beside }, { ...scope, file });
}

function requiredIn(node: JsonObject, view: Scope["view"]): Json {
  const required = new Set((node["required"] ?? []) as string[]);
  if (view === "resolved") {
    for (const [name, child] of Object.entries((node["properties"] ?? {}) as Record<string, JsonObject>)) {
      if (child["default"] !== undefined) required.add(name);
    }
  }
  return [...required];
}

function isSchema(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapValues(object: Record<string, JsonObject>, make: (value: JsonObject) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, make(value)]));
}

/** The bundle's own type is only there to reach the others. */
function dropIndex(text: string): string {
  return text.replace(/\/\*\*\n \* One of each\.\n \*\/\nexport interface Documents \{[\s\S]*?\n\}\n/, "").trimStart();
}

/** Everything that comes out of a manifest is readonly. */
function readonly(text: string): string {
  return text
    .replaceAll(/^(\s+)((?:"[^"]+"|[A-Za-z_$][\w$]*)\??: |\[k: string\]: )/gm, "$1readonly $2")
    .replaceAll(/(\b[A-Za-z_$][\w$]*|\([^()]*\))\[\]/g, "readonly $1[]");
}
