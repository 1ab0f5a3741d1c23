import { isObject, type Json, type JsonObject } from "../core/index.ts";
import { refOf, type SchemaFiles } from "./inline.ts";

/**
 * CUE definitions of schemas, for authors who write their manifests in CUE: `#Agent`, `#AgentSpec` and so
 * on, one package. They say what the schemas say but for defaults (the engine fills them in; here they
 * stand in comments) and patterns that look around, which CUE's expressions cannot.
 */
export function cueDefinitions(roots: readonly string[], files: SchemaFiles): string {
  const scope: Scope = { files, file: "", done: new Map(), imports: new Set() };
  for (const file of roots) {
    const root = files.get(file) ?? {};
    define(titleOf(root), root, { ...scope, file });
  }
  const imports = [...scope.imports].sort().map((name) => `\t"${name}"\n`);
  const head = imports.length > 0 ? `import (\n${imports.join("")})\n\n` : "";
  const definitions = [...scope.done].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `// Definitions for moltbot manifests. Made by: moltbot schema --format cue\npackage moltbot\n\n${head}${definitions.join("\n")}`;
}

interface Scope {
  readonly files: SchemaFiles;
  readonly file: string;
  /** Definition name to text. */
  readonly done: Map<string, string>;
  /** Packages of CUE's standard library that the text uses. */
  readonly imports: Set<string>;
}

function titleOf(node: JsonObject): string {
  const title = node["title"];
  return typeof title === "string" ? title : "";
}

/** Adds `#Name: ...` once. */
function define(name: string, node: JsonObject, scope: Scope): void {
  if (scope.done.has(name)) return;
  scope.done.set(name, "");
  scope.done.set(name, `${comment(node, 0)}#${name}: ${expression(node, scope, 0)}\n`);
}

/** The expression for a node at an indentation. */
function expression(node: JsonObject, scope: Scope, depth: number): string {
  const ref = node["$ref"];
  if (typeof ref === "string") return reference(ref, node, scope, depth);
  const choices = node["enum"];
  if (Array.isArray(choices)) return choices.map((each) => JSON.stringify(each)).join(" | ");
  if (node["const"] !== undefined) return JSON.stringify(node["const"]);
  const types = [node["type"] ?? "any"].flat() as readonly string[];
  const parts = types.map((type) => typed(type, node, scope, depth));
  return parts.length > 1 ? parts.map((part) => (part.includes(" & ") ? `(${part})` : part)).join(" | ") : (parts[0] ?? "_");
}

function reference(ref: string, node: JsonObject, scope: Scope, depth: number): string {
  const { file, target } = refOf(ref, scope.file, scope.files);
  const title = titleOf(target);
  if (title === "") {
    const { $ref: _ref, ...beside } = node;
    return expression({ ...target, ...beside }, { ...scope, file }, depth);
  }
  define(title, target, { ...scope, file });
  return `#${title}`;
}

function typed(type: string, node: JsonObject, scope: Scope, depth: number): string {
  if (type === "string")
    return joined(["string", pattern(node["pattern"]), runes("Min", node["minLength"], scope), runes("Max", node["maxLength"], scope)]);
  if (type === "integer" || type === "number")
    return joined([type === "integer" ? "int" : "number", bound(">=", node["minimum"]), bound("<=", node["maximum"])]);
  if (type === "boolean") return "bool";
  if (type === "null") return "null";
  if (type === "array") return list(node, scope, depth);
  return type === "object" ? struct(node, scope, depth) : "_";
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" & ");
}

function bound(operator: string, value: Json | undefined): string {
  return typeof value === "number" ? `${operator}${value}` : "";
}

/** A length counts code points, in JSON Schema and here. */
function runes(which: "Min" | "Max", value: Json | undefined, scope: Scope): string {
  return typeof value === "number" ? call("strings", `${which}Runes(${value})`, scope) : "";
}

/** CUE's expressions are RE2, which has no look-around: such a pattern is left out. */
function pattern(value: Json | undefined): string {
  return typeof value === "string" && !value.includes("(?") ? `=~${rawText(value)}` : "";
}

/** Text in which a backslash is a backslash. */
function rawText(value: string): string {
  return `#"${value}"#`;
}

function call(name: string, expressionText: string, scope: Scope): string {
  scope.imports.add(name);
  return `${name}.${expressionText}`;
}

/** The least number of items is written out (`[X, ...X]`): a definition must not be empty where a list must not. */
function list(node: JsonObject, scope: Scope, depth: number): string {
  const items = node["items"];
  const item = isObject(items) ? expression(items, scope, depth) : "_";
  const least = typeof node["minItems"] === "number" ? node["minItems"] : 0;
  const most = typeof node["maxItems"] === "number" ? call("list", `MaxItems(${node["maxItems"]})`, scope) : "";
  const unique = node["uniqueItems"] === true ? call("list", "UniqueItems()", scope) : "";
  return joined([`[${`${item}, `.repeat(least)}...${item}]`, most, unique]);
}

function struct(node: JsonObject, scope: Scope, depth: number): string {
  const required = (node["required"] ?? []) as readonly string[];
  const indent = "\t".repeat(depth + 1);
  const lines: string[] = [];
  for (const [name, child] of Object.entries((node["properties"] ?? {}) as Record<string, JsonObject>)) {
    const label = `${/^[A-Za-z][A-Za-z0-9]*$/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? "" : "?"}`;
    lines.push(`${comment(child, depth + 1)}${indent}${label}: ${expression(child, scope, depth + 1)}\n`);
  }
  const others = node["additionalProperties"];
  if (isObject(others))
    lines.push(`${comment(others, depth + 1)}${indent}${keys(node["propertyNames"], scope)}: ${expression(others, scope, depth + 1)}\n`);
  const counts = (["Min", "Max"] as const).map((which) => {
    const value = node[`${which.toLowerCase()}Properties`];
    return typeof value === "number" ? call("struct", `${which}Fields(${value})`, scope) : "";
  });
  return joined([lines.length > 0 ? `{\n${lines.join("")}${"\t".repeat(depth)}}` : "{}", ...counts]);
}

function keys(node: Json | undefined, scope: Scope): string {
  if (!isObject(node)) return "[string]";
  const ref = node["$ref"];
  const at = typeof ref === "string" ? refOf(ref, scope.file, scope.files).target : node;
  const text = pattern(at["pattern"]);
  return `[${text === "" ? "string" : text}]`;
}

function comment(node: JsonObject, depth: number): string {
  const indent = "\t".repeat(depth);
  const description = node["description"];
  const fallback = node["default"];
  const lines = [
    ...(typeof description === "string" ? description.split("\n") : []),
    ...(fallback === undefined ? [] : [`Default: ${JSON.stringify(fallback)}.`]),
  ];
  return lines.map((line) => `${indent}// ${line}\n`).join("");
}
