import { childNode, firstUnsafe, isArray, isObject, type Json, type SchemaNode } from "../../core/index.ts";

/**
 * Why a value may not stand where a schema node says; undefined when it may. The schemas are a closed
 * subset of JSON Schema (no combinators), so a value has one node and one reason. The answer holds the
 * rule, never the value: that may be a secret.
 */
export function misfit(node: SchemaNode | undefined, value: Json): string | undefined {
  if (!node) return "there is no such field";
  const type = typeMisfit(node, value);
  if (type !== undefined) return type;
  if (node.enum && !node.enum.includes(value)) return `it is not one of ${node.enum.map(String).join(", ")}`;
  if (node.const !== undefined && node.const !== value) return "it is not the one value there is";
  if (typeof value === "string") return textMisfit(node, value);
  if (typeof value === "number") return numberMisfit(node, value);
  if (isArray(value)) return listMisfit(node, value);
  return isObject(value) ? mapMisfit(node, value) : undefined;
}

function typeMisfit({ type }: SchemaNode, value: Json): string | undefined {
  if (type === undefined) return undefined;
  const types: readonly string[] = typeof type === "string" ? [type] : type;
  const isFit = types.some((name) => {
    if (name === "integer") return Number.isInteger(value);
    if (name === "array") return isArray(value);
    if (name === "object") return isObject(value);
    return name === "null" ? value === null : typeof value === name;
  });
  return isFit ? undefined : `it is no ${types.join(" or ")}`;
}

function textMisfit(node: SchemaNode, value: string): string | undefined {
  const length = Array.from(value).length;
  if (node.minLength !== undefined && length < node.minLength) return "it is too short";
  if (node.maxLength !== undefined && length > node.maxLength) return `it is longer than ${node.maxLength} characters`;
  if (node.pattern !== undefined && !patternOf(node.pattern).test(value)) return "it does not have the form of this field";
  if (node.format === "uri" && !URL.canParse(value)) return "it is no address";
  return isUnsafeIn(node, value) ? "it holds an invisible character" : undefined;
}

/** Controls and direction marks, which short texts may not hold either; longer ones are prose. */
const UNSAFE_IN_LINE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;
const MAX_LINE_CHARS = 256;

function isUnsafeIn(node: SchemaNode, value: string): boolean {
  const isIdentifier = node.pattern ?? node.format ?? node.enum ?? node.const ?? node["x-moltbot-ref"];
  if (isIdentifier !== undefined) return firstUnsafe(value) !== undefined;
  return node.maxLength !== undefined && node.maxLength <= MAX_LINE_CHARS && UNSAFE_IN_LINE.test(value);
}

function numberMisfit(node: SchemaNode, value: number): string | undefined {
  if (node.minimum !== undefined && value < node.minimum) return `it is less than ${node.minimum}`;
  return node.maximum !== undefined && value > node.maximum ? `it is more than ${node.maximum}` : undefined;
}

/** Why a list of that many entries may not stand there; its entries are looked at one by one. */
export function listLengthMisfit(node: SchemaNode | undefined, length: number): string | undefined {
  if (!node) return "there is no such field";
  return typeMisfit(node, []) ?? lengthMisfit(node, length);
}

function lengthMisfit(node: SchemaNode, length: number): string | undefined {
  if (node.maxItems !== undefined && length > node.maxItems) return `it has more than ${node.maxItems} entries`;
  return node.minItems !== undefined && length < node.minItems ? `it has less than ${node.minItems} entries` : undefined;
}

function listMisfit(node: SchemaNode, value: readonly Json[]): string | undefined {
  return lengthMisfit(node, value.length) ?? firstOf(value, (item) => misfit(node.items ?? {}, item));
}

function mapMisfit(node: SchemaNode, value: Readonly<Record<string, Json>>): string | undefined {
  const keys = Object.keys(value);
  if (node.maxProperties !== undefined && keys.length > node.maxProperties) return `it has more than ${node.maxProperties} entries`;
  const missing = node.required?.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `it lacks ${missing}`;
  return firstOf(keys, (key) => keyMisfit(node, key) ?? misfit(childNode(node, key) ?? openNode(node), value[key] ?? null));
}

/** The key itself must be one that may stand there. */
function keyMisfit(node: SchemaNode, key: string): string | undefined {
  return key !== "__proto__" && (node.propertyNames === undefined || misfit(node.propertyNames, key) === undefined)
    ? undefined
    : "a key in it does not have the form it must have";
}

/** Where anything may stand: no `additionalProperties`, or a schema without demands. */
function openNode(node: SchemaNode): SchemaNode | undefined {
  return node.additionalProperties === undefined || node.additionalProperties === true ? {} : undefined;
}

function firstOf<T>(items: readonly T[], reason: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = reason(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) patterns.set(pattern, (compiled = new RegExp(pattern, "u")));
  return compiled;
}

/** The schema node at a path into a document, and whether every key on the way may stand there. */
export function nodeAt(schema: SchemaNode, path: readonly (string | number)[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema;
  for (const step of path) {
    if (!node || (typeof step === "string" && !node.properties?.[step] && keyMisfit(node, step) !== undefined)) return undefined;
    node = childNode(node, step);
  }
  return node;
}
