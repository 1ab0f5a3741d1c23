import standalone from "ajv/dist/standalone/index.js";
import type { Json, JsonObject } from "../../core/index.ts";
import { ajvFor } from "./ajv.ts";
import { HEADER } from "./header.ts";
import { defsOf, idOf } from "./schemas.ts";

/** ajv's CommonJS module, as Node hands it to us. */
const standaloneCode = (standalone as unknown as { readonly default: (ajv: unknown, refs: Record<string, string>) => string }).default;

/**
 * One module with a function per schema, with nothing left to compile or to load at run time: what ajv
 * would `require` comes from schemas/ instead.
 */
export function validatorsModule(files: ReadonlyMap<string, JsonObject>, exported: ReadonlyMap<string, string>): string {
  const ids = Object.fromEntries([...exported].map(([name, file]) => [name, `${BUNDLE}#/$defs/${idOf(file, "root")}`]));
  const code = shortened(standaloneCode(ajvFor([bundled(files)]), ids));
  if (/\b(require\(|parentData|rootData)/.test(code))
    throw new Error("ajv writes its code differently now: adapt scripts/generate/validators.ts");
  return [
    "// @ts-nocheck",
    HEADER,
    'import { add, codePoints, equal } from "../errors.ts";',
    'import { FORMATS } from "../formats.ts";',
    code,
    "",
  ].join("\n");
}

const BUNDLE = "https://moltbot.dev/schemas/bundle.json";

/** All files as one schema, so that a part which several kinds share becomes one function. */
function bundled(files: ReadonlyMap<string, JsonObject>): JsonObject {
  const defs: Record<string, Json> = {};
  for (const [file, schema] of files) {
    for (const [name, def] of Object.entries(defsOf(schema))) defs[idOf(file, name)] = pointedIntoBundle(def, file);
    if (schema["type"] === undefined) continue;
    const { $defs: _defs, $id: _id, $schema: _schema, ...root } = schema;
    defs[idOf(file, "root")] = pointedIntoBundle(root, file);
  }
  return { $id: BUNDLE, $defs: defs };
}

function pointedIntoBundle(node: Json, file: string): Json {
  if (Array.isArray(node)) return node;
  if (typeof node !== "object" || node === null) return node;
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node as JsonObject)) {
    out[key] = key === "$ref" && typeof value === "string" ? `#/$defs/${refTarget(value, file)}` : pointedIntoBundle(value, file);
  }
  return out;
}

function refTarget(ref: string, file: string): string {
  const [at = "", pointer = ""] = ref.split("#");
  return idOf(at === "" ? file : at, pointer.slice("/$defs/".length));
}

/** Where ajv writes seven lines for each possible error, one call does the same; a third of the size. */
const RAISE =
  /const (err\d+) = \{instancePath(?::(.+?))?,schemaPath:(?:"(?:[^"\\]|\\.)*"|.+?),keyword:("[^"]+"),params:(.+)\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g;

/** ajv hands a function its place in an object of five fields, of which ours read the first. */
const SIGNATURE = '(data, {instancePath="", parentData, parentDataProperty, rootData=data}={})';
const CALL = /\{instancePath:(.+?),parentData:.+?,parentDataProperty:.+?,rootData\}/g;

function shortened(code: string): string {
  return code
    .replace(/^"use strict";/, "")
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', "codePoints")
    .replaceAll('require("ajv/dist/runtime/equal").default', "equal")
    .replaceAll(
      RAISE,
      (_all, _name: string, at: string | undefined, keyword: string, params: string) =>
        `vErrors = add(vErrors, ${at ?? "instancePath"}, ${keyword}, ${params.replace(/\},propertyName:(\w+)$/, "}, $1")});`,
    )
    .replaceAll(CALL, "$1")
    .replaceAll(SIGNATURE, '(data, instancePath="")')
    .replaceAll(/^\n/gm, "")
    .replaceAll(/^const (schema\d+) = .*;\n/gm, (line, name: string) => (code.split(new RegExp(`\\b${name}\\b`)).length > 2 ? line : ""))
    .trimStart();
}
