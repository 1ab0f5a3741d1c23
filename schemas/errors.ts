import { jsonEqual, type Json, type JsonObject, type SchemaError } from "../core/index.ts";

/** What ajv's generated functions leave behind; the part of it that we read. */
export interface RawError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: JsonObject;
  /** Set on what is wrong with a key, as opposed to its value. */
  readonly propertyName?: string;
}

export interface RawValidator {
  (document: Json): boolean;
  errors?: readonly RawError[] | null;
}

/**
 * Every violation once, in terms of the document. Where the type is wrong, what else is wrong with that
 * value says nothing more; a bad key is one `propertyNames` error that names the key and the rule.
 */
export function schemaErrors(validate: RawValidator, document: Json): readonly SchemaError[] {
  if (validate(document)) return [];
  const raw = validate.errors ?? [];
  const mistyped = new Set(raw.filter((e) => e.keyword === "type" && e.propertyName === undefined).map((e) => e.instancePath));
  const out: SchemaError[] = [];
  for (const error of raw) {
    if (error.propertyName !== undefined) continue;
    if (error.keyword !== "type" && mistyped.has(error.instancePath)) continue;
    out.push({ pointer: error.instancePath, keyword: error.keyword, params: paramsOf(error, raw) });
  }
  return out;
}

function paramsOf(error: RawError, raw: readonly RawError[]): JsonObject {
  if (error.keyword !== "propertyNames") return error.params;
  const name = error.params["propertyName"];
  const why = raw.find((e) => e.propertyName === name && e.instancePath === error.instancePath);
  return why ? { ...error.params, rule: why.keyword, ...why.params } : error.params;
}

/** One more violation; the generated validators import it. */
export function add(
  errors: RawError[] | null,
  instancePath: string,
  keyword: string,
  params: JsonObject,
  propertyName?: string,
): RawError[] {
  const error: RawError = propertyName === undefined ? { instancePath, keyword, params } : { instancePath, keyword, params, propertyName };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}

/** Without one every code unit is a code point. */
const SURROGATE = /[\ud800-\udbff]/;

/** Equality as `const` and `uniqueItems` mean it; the generated validators import it. */
export const equal = jsonEqual;

/** The length of a text in code points, as `maxLength` counts; the generated validators import it. */
export function codePoints(text: string): number {
  let count = text.length;
  if (!SURROGATE.test(text)) return count;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next < 0xdc00 || next > 0xdfff) continue;
    count -= 1;
    i += 1;
  }
  return count;
}
