import { _, Ajv } from "ajv";
import type { Json, JsonObject } from "../../core/index.ts";
import { FORMATS } from "../../schemas/formats.ts";

/**
 * ajv as the generator and the tests use it: every violation, strict about our own mistakes, no
 * defaults filled in. Our closed subset means the same in every draft, so the plain class serves and
 * its code carries none of the machinery for dynamic references.
 */
export function ajvFor(schemas: Iterable<JsonObject>): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    formats: FORMATS,
    ownProperties: true,
    code: { source: true, esm: true, lines: true, formats: _`FORMATS` },
  });
  for (const schema of schemas) ajv.addSchema(withoutNotes(schema) as JsonObject);
  return ajv;
}

const NOTES = new Set(["$schema", "title", "description", "default", "examples"]);

/** What judges a document, without what only explains: the generated code would carry all of it. */
function withoutNotes(node: Json, isMap = false): Json {
  if (Array.isArray(node)) return node;
  if (typeof node !== "object" || node === null) return node;
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node as JsonObject)) {
    if (!isMap && (NOTES.has(key) || key.startsWith("x-moltbot-"))) continue;
    out[key] = withoutNotes(value, !isMap && (key === "properties" || key === "$defs"));
  }
  return out;
}
