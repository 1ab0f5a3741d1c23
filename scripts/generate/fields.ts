import { isObject, type Json, type JsonObject } from "../../core/index.ts";
import { COMMON, defsOf } from "./schemas.ts";

/** One line of a reference table; the texts are Markdown, fit for a table cell. */
export interface Row {
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: string;
  readonly default: string;
  readonly notes: string;
}

interface Scope {
  readonly file: string;
  readonly files: ReadonlyMap<string, JsonObject>;
}

/** The fields of one object; fields of objects without a name of their own follow theirs, dotted. */
export function fieldRows(node: JsonObject, scope: Scope, prefix = ""): Row[] {
  const required = (node["required"] ?? []) as readonly string[];
  const rows: Row[] = [];
  for (const [name, child] of Object.entries((node["properties"] ?? {}) as Record<string, JsonObject>)) {
    rows.push(...rowsOf(`${prefix}${name}`, required.includes(name), child, scope));
  }
  const others = node["additionalProperties"];
  if (node["properties"] !== undefined && isObject(others) && !isOpen(others))
    rows.push(...rowsOf(`${prefix}<name>`, false, others, scope));
  return rows;
}

function rowsOf(name: string, isRequired: boolean, child: JsonObject, scope: Scope): Row[] {
  const { node, scope: inner, part } = followed(child, scope);
  const row: Row = {
    name,
    isRequired,
    type: part ?? typeText(node, inner),
    default: node["default"] === undefined ? "" : code(node["default"]),
    // What a named part says of itself stands where it is described.
    notes: notesOf(part === undefined ? node : { description: node["description"] ?? "", ...annotationsOf(node), ...child }),
  };
  return part === undefined ? [row, ...fieldRows(node, inner, `${name}.`)] : [row];
}

/** A schema that says nothing but what it is for: any JSON value. */
function isOpen(node: JsonObject): boolean {
  return node["$ref"] === undefined && node["type"] === undefined;
}

interface Followed {
  readonly node: JsonObject;
  readonly scope: Scope;
  /** The name of what a reference names, and where it is described. */
  readonly part: string | undefined;
}

/** What a `$ref` names, with what stands beside it on top. */
function followed(node: JsonObject, scope: Scope): Followed {
  const ref = node["$ref"];
  if (typeof ref !== "string") return { node, scope, part: undefined };
  const [at = "", pointer = ""] = ref.split("#");
  const name = pointer.slice("/$defs/".length);
  const inner = { ...scope, file: at === "" ? scope.file : at };
  const target = defsOf(scope.files.get(inner.file) ?? {})[name] ?? {};
  const { $ref: _ref, ...beside } = node;
  return { node: { ...target, ...beside }, scope: inner, part: partName(target, name, inner.file, scope.file) };
}

function partName(target: JsonObject, name: string, file: string, from: string): string | undefined {
  const form = file === COMMON ? VALUE_FORMS.get(name) : undefined;
  if (form !== undefined) return `[${form}](README.md#value-forms)`;
  const title = target["title"];
  if (typeof title !== "string") return undefined;
  return `[${title}](${file === from ? "" : `${file.slice(0, -".schema.json".length)}.md`}#${title.toLowerCase()})`;
}

/** Short texts that many fields have in common, by their definition: explained once, in the list of pages. */
export const VALUE_FORMS: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["duration", "duration"],
  ["byteSize", "bytes"],
  ["rate", "rate"],
  ["instant", "instant"],
  ["path", "path"],
  ["httpUrl", "URL"],
  ["digest", "digest"],
  ["address", "address"],
  ["addressPattern", "address pattern"],
  ["ageRecipient", "age recipient"],
  ["secretKey", "key"],
  ["owner", "owner"],
]);

function annotationsOf(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key.startsWith("x-moltbot-")));
}

/** What a value is, for the type column. */
export function typeText(node: JsonObject, scope: Scope): string {
  const choices = node["enum"] as readonly Json[] | undefined;
  if (choices) return choices.map(code).join(", ");
  if (node["const"] !== undefined) return code(node["const"]);
  const types = [node["type"] ?? "any"].flat() as readonly string[];
  return types.map((type) => typeName(type, node, scope)).join(" or ");
}

function typeName(type: string, node: JsonObject, scope: Scope): string {
  const others = node["additionalProperties"];
  if (type === "any") return "any JSON value";
  if (type === "array") return `list of ${partText(node["items"], scope)}`;
  if (type !== "object") return type;
  return isObject(others) && node["properties"] === undefined ? `map of ${partText(others, scope)}` : "object";
}

function partText(node: Json | undefined, scope: Scope): string {
  if (!isObject(node)) return "any JSON value";
  const { node: at, scope: inner, part } = followed(node, scope);
  return part ?? typeText(at, inner);
}

function notesOf(node: JsonObject): string {
  const words = [node["description"], limits(node), annotations(node), example(node)].filter(
    (each): each is string => typeof each === "string" && each !== "",
  );
  return words.join(" ").replaceAll("|", "\\|").replaceAll("\n", " ");
}

const LIMITS: readonly (readonly [string, (value: string) => string])[] = [
  ["minimum", (value) => `at least ${value}`],
  ["maximum", (value) => `at most ${value}`],
  ["maxLength", (value) => `at most ${value} characters`],
  ["minItems", (value) => `at least ${counted(value, "item")}`],
  ["maxItems", (value) => `at most ${value} items`],
  ["minProperties", (value) => `at least ${counted(value, "field")}`],
  ["maxProperties", (value) => `at most ${counted(value, "field")}`],
];

function counted(count: string, what: string): string {
  return `${count} ${what}${count === "1" ? "" : "s"}`;
}

function limits(node: JsonObject): string {
  const words = LIMITS.flatMap(([key, say]) => (typeof node[key] === "number" ? [say(String(node[key]))] : []));
  if (node["uniqueItems"] === true) words.push("no item twice");
  return words.length > 0 ? `(${words.join(", ")})` : "";
}

function annotations(node: JsonObject): string {
  const words: string[] = [];
  const items = node["items"];
  const ref = node["x-moltbot-ref"] ?? (isObject(items) ? items["x-moltbot-ref"] : undefined);
  if (isObject(ref))
    words.push(`*names ${/^[AEIOU]/.test(ref["kind"] as string) ? "an" : "a"} ${ref["kind"] as string} (${ref["reach"] as string})*`);
  if (node["x-moltbot-secret"] === true) words.push("*secret reference only*");
  if (typeof node["x-moltbot-key"] === "string") words.push(keyText(node["x-moltbot-key"], node["x-moltbot-key-default"]));
  if (typeof node["x-moltbot-reload"] === "string" && node["x-moltbot-reload"] !== "hot") words.push(`*${node["x-moltbot-reload"]}*`);
  if (node["x-moltbot-immutable"] === true) words.push("*immutable*");
  if (node["x-moltbot-trust"] === true) words.push("*trust*");
  return words.join(", ");
}

function keyText(key: string, fallback: Json | undefined): string {
  return `*keyed by \`${key}\`${typeof fallback === "string" ? `, else \`${fallback}\`` : ""}*`;
}

function example(node: JsonObject): string {
  const examples = node["examples"] as readonly Json[] | undefined;
  return examples && examples.length > 0 ? `Example: ${examples.map(code).join(", ")}.` : "";
}

function code(value: Json): string {
  return `\`${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll("|", "\\|").replaceAll("\n", " ")}\``;
}
