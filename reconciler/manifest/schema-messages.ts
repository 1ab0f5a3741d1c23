import {
  childNode,
  isArray,
  isObject,
  nearest,
  pointerOf,
  problem,
  shown,
  type Diagnostic,
  type Json,
  type JsonObject,
  type KindModel,
  type SchemaError,
  type SchemaNode,
} from "../../core/index.ts";
import { found, looksLikeCredential } from "./credential.ts";
import { originAt } from "./envelope.ts";
import { isInPlaceOfCiphertext, spotAt, type Spot } from "./spot.ts";
import type { ParsedDocument } from "./types.ts";
import { exampleOf, valueWords } from "./value-words.ts";

/** One violation of the schema as a diagnostic: what was found, what is allowed, what to do. */
export function diagnosticOf(error: SchemaError, document: ParsedDocument, model: KindModel): Diagnostic {
  const spot = spotAt(document, model, error.pointer);
  switch (error.keyword) {
    case "additionalProperties":
      return unknownField(text(error.params, "additionalProperty"), spot, document, model);
    case "required":
      return missingField(text(error.params, "missingProperty"), spot, document, model);
    case "propertyNames":
      return badKey(error.params, spot, document);
    case "type":
      return wrongType(spot, document, model);
    default: {
      const { code, detail, remedy } = valueWords(error, spot);
      return problem(code, { detail, remedy, origin: originAt(document, spot.pointer, "value", spot.hidden) });
    }
  }
}

function unknownField(field: string, spot: Spot, document: ParsedDocument, model: KindModel): Diagnostic {
  const known = Object.keys(spot.node?.properties ?? {});
  const near = nearest(field, known);
  return problem("FIELD_UNKNOWN", {
    detail: `${spot.path === "" ? `A document of kind ${model.kind}` : spot.path} has no field ${shown(field)}.`,
    remedy: near === undefined ? elsewhere(field, known, spot, model) : `Did you mean ${shown(near)}?`,
    origin: originAt(document, spot.pointer + pointerOf([field]), "key"),
    context: { field: shown(field) },
  });
}

const MAX_LISTED_FIELDS = 20;

function elsewhere(field: string, known: readonly string[], spot: Spot, model: KindModel): string {
  const spec = model.schema.properties?.["spec"];
  if (spot.pointer === "" && spec?.properties && Object.hasOwn(spec.properties, field)) return `It belongs one level deeper, under spec.`;
  if (known.length === 0) return "Remove it: no field may stand here.";
  const list = known.slice(0, MAX_LISTED_FIELDS).join(", ");
  return `Allowed here: ${list}${known.length > MAX_LISTED_FIELDS ? ", ..." : ""}. For what each means:\n  moltbot schema ${model.kind}`;
}

function missingField(field: string, spot: Spot, document: ParsedDocument, model: KindModel): Diagnostic {
  const node = childNode(spot.node, field);
  const meaning = node?.description === undefined ? "" : ` ${node.description}`;
  const example = exampleOf(node);
  return problem("FIELD_MISSING", {
    detail: `${spot.path === "" ? `A document of kind ${model.kind}` : spot.path} needs the field ${shown(field)}, which is not there.${meaning}`,
    remedy: example === undefined ? "Add it." : `Add it, for example:\n  ${field}: ${example}`,
    origin: originAt(document, spot.pointer, spot.pointer === "" ? "value" : "key"),
    context: { field: shown(field) },
  });
}

function badKey(params: JsonObject, spot: Spot, document: ParsedDocument): Diagnostic {
  const key = text(params, "propertyName");
  const rule = spot.node?.propertyNames;
  const meaning = rule?.description ?? (rule?.pattern === undefined ? "" : `Keys match ${rule.pattern}`);
  return problem("FIELD_VALUE", {
    detail: `${shown(key)} is not an allowed key of ${spot.path || "the document"}.${meaning === "" ? "" : ` ${meaning}`}`,
    remedy: isOnlyCase(key, rule)
      ? `Write it in lower case: ${key.toLowerCase()}`
      : rule?.examples?.[0] === undefined
        ? "Rename the key."
        : `For example: ${JSON.stringify(rule.examples[0])}`,
    origin: originAt(document, spot.pointer + pointerOf([key]), "key"),
  });
}

/** Would the key be right in lower case? */
function isOnlyCase(key: string, rule: SchemaNode | undefined): boolean {
  const lower = key.toLowerCase();
  return lower !== key && rule?.pattern !== undefined && new RegExp(rule.pattern, "u").test(lower);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "a mapping",
  array: "a list",
  null: "nothing",
};

function wrongType(spot: Spot, document: ParsedDocument, model: KindModel): Diagnostic {
  const types = typesOf(spot.node);
  const isScalar = !isObject(spot.value) && !isArray(spot.value) && spot.value !== null;
  if (isScalar && (spot.secret || isInPlaceOfCiphertext(spot.node))) return plaintext(spot, document);
  const expected = types.map((type) => TYPE_WORDS[type] ?? type).join(" or ");
  const raw = document.written?.get(spot.pointer);
  const what =
    spot.hidden && isScalar ? "a value that is not shown" : raw === undefined || raw === "" ? found(spot.value) : foundAs(raw, spot.value);
  return problem("FIELD_TYPE", {
    detail: `${spot.path || `A document of kind ${model.kind}`} takes ${expected}; here stands ${what}.`,
    remedy: spot.hidden ? `Write ${expected}.` : retype(types, spot, raw, expected),
    origin: originAt(document, spot.pointer, "value", spot.hidden),
  });
}

/** The text as it was written says more than the value it became: `1.10` is the number 1.1. */
function foundAs(raw: string, value: Json | undefined): string {
  if (looksLikeCredential(raw)) return "***";
  return `${shown(raw)} without quotes, which is ${found(value)}`;
}

export function plaintext(spot: Spot, document: ParsedDocument): Diagnostic {
  return problem("SECRET_PLAINTEXT", {
    detail: `${spot.path} holds plain text, which would stay in the repository's history for ever. The value is not repeated here.`,
    remedy:
      "Write the value with `moltbot secret set NAME KEY`, and refer to it: {secret: NAME, key: KEY}.\nIf it was ever committed, change it where it came from.",
    origin: originAt(document, spot.pointer, "value", true),
  });
}

function typesOf(node: SchemaNode | undefined): readonly string[] {
  const type = node?.type;
  return type === undefined ? [] : typeof type === "string" ? [type] : type;
}

function retype(types: readonly string[], spot: Spot, raw: string | undefined, expected: string): string {
  const { value } = spot;
  if (value === null) return "Write the value after the colon, or remove the field.";
  if (types.includes("string") && typeof value !== "object") return `Quote it: "${raw ?? String(value)}".`;
  if (types.includes("array") && !isArray(value)) return "Make it a list: one line for each item, starting with `- `.";
  return (typeof value === "string" ? unquoted(types, value) : undefined) ?? `Write ${expected}.`;
}

/** Text where a number or boolean is due, and it could be one. */
function unquoted(types: readonly string[], value: string): string | undefined {
  if (types.includes("boolean")) {
    if (/^(?:y|yes|on|true)$/i.test(value)) return "Write true, without quotes.";
    if (/^(?:n|no|off|false)$/i.test(value)) return "Write false, without quotes.";
  }
  const isNumeric = types.includes("number") || types.includes("integer");
  return isNumeric && /^-?\d+(?:\.\d+)?$/.test(value) ? `Remove the quotes: ${value}` : undefined;
}

function text(params: JsonObject, key: string): string {
  const value = params[key];
  return typeof value === "string" ? value : "";
}
