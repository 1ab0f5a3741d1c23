import standalone from "ajv/dist/standalone/index.js";
import { isObject, type Json, type JsonObject } from "../../core/index.ts";
import { refOf, type SchemaFiles } from "../../schemas/inline.ts";
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
  const code = withPatternsOnce(shortened(standaloneCode(ajvFor([bundled(files)]), ids)));
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
    for (const [name, def] of Object.entries(defsOf(schema))) defs[idOf(file, name)] = pointedIntoBundle(def, file, files);
    if (schema["type"] === undefined) continue;
    const { $defs: _defs, $id: _id, $schema: _schema, ...root } = schema;
    defs[idOf(file, "root")] = pointedIntoBundle(root, file, files);
  }
  return { $id: BUNDLE, $defs: defs };
}

function pointedIntoBundle(node: Json, file: string, files: SchemaFiles): Json {
  if (Array.isArray(node)) return node;
  if (typeof node !== "object" || node === null) return node;
  const whole = withTextsInPlace(node as JsonObject, file, files);
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(whole)) {
    out[key] = key === "$ref" && typeof value === "string" ? `#/$defs/${refTarget(value, file)}` : pointedIntoBundle(value, file, files);
  }
  return out;
}

/**
 * Two places where a reference would lose something: ajv compares every item with every other unless it
 * sees that they are texts, and forgets which key was wrong when another function says so.
 */
function withTextsInPlace(node: JsonObject, file: string, files: SchemaFiles): JsonObject {
  const out: Record<string, Json> = { ...node };
  for (const key of node["uniqueItems"] === true ? ["items", "propertyNames"] : ["propertyNames"]) {
    const part = node[key];
    const ref = isObject(part) ? part["$ref"] : undefined;
    if (typeof ref !== "string") continue;
    const { target } = refOf(ref, file, files);
    if (target["type"] !== "string") throw new Error(`${file}: uniqueItems and propertyNames are about texts`);
    out[key] = target;
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

/** The text of an expression stands once, however many errors name it. */
function withPatternsOnce(code: string): string {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `source${names.size}`;
    names.set(text, name);
    return name;
  };
  const shorter = code
    .replaceAll(/new RegExp\(("(?:[^"\\]|\\.)*"), "u"\)/g, (_all, text: string) => `new RegExp(${nameOf(text)}, "u")`)
    .replaceAll(/\{pattern: ("(?:[^"\\]|\\.)*")\}/g, (_all, text: string) => `{pattern: ${nameOf(text)}}`);
  return [...names].map(([text, name]) => `const ${name} = ${text};\n`).join("") + shorter;
}

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
