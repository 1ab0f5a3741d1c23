/** Writes what policies are asked, field by field, from schemas/policy-input, and the functions that they may call. */
import type { JsonObject } from "../../core/index.ts";
import { HOST_BUILTINS } from "../../trust/policy/index.ts";
import { NATIVE_FUNCTIONS } from "../../trust/policy-build/index.ts";

/** The page docs/policy-input.md. */
export function policyInputPage(schemas: Readonly<Record<string, JsonObject>>, madeBy: string): string {
  const parts = Object.entries(schemas).flatMap(([entry, schema]) => [
    `## ${entry}`,
    "",
    described(schema),
    "",
    "| field | type | what |",
    "|---|---|---|",
    ...rowsOf(schema, "input"),
    "",
  ]);
  return [
    "# What policies are asked",
    "",
    madeBy,
    "<!-- Source: schemas/policy-input/, trust/policy-build/functions.ts, trust/policy/builtins/ -->",
    "",
    "Every field is always there; null means that it is not known, or does not exist. [Writing policies](policy-authoring.md) shows how rules use them.",
    "",
    ...parts,
    "## Built-in functions",
    "",
    "Comparisons, `in`, `is_...` and `type_name` answer for every argument. These can fail, and a failure stops the evaluation, which denies:",
    "",
    ...grouped(Object.keys({ ...NATIVE_FUNCTIONS, ...HOST_BUILTINS }).sort()),
    "",
    "The operators `+ - * / % & |` are `plus`, `minus`, `mul`, `div`, `rem`, `and`, `or`. `print` is allowed and left out of what is compiled. There is no",
    "other function: no network, clock, randomness, environment, file, or token.",
    "",
  ].join("\n");
}

function rowsOf(schema: JsonObject, at: string): readonly string[] {
  const { properties } = schema as { readonly properties?: Readonly<Record<string, JsonObject>> };
  return Object.entries(properties ?? {}).flatMap(([name, field]) => {
    const path = `${at}.${name}`;
    const inner = partsOf(field).find((part) => part["properties"]);
    const items = partsOf(field).flatMap((part) => (part["items"] === undefined ? [] : [part["items"] as JsonObject]));
    const below = inner ? rowsOf(inner, path) : items.flatMap((item) => rowsOf(item, `${path}[_]`));
    return [`| \`${path}\` | ${partsOf(field).map(typeOf).join(" or ")} | ${described(field)} |`, ...below];
  });
}

function partsOf(field: JsonObject): readonly JsonObject[] {
  return Array.isArray(field["anyOf"]) ? (field["anyOf"] as readonly JsonObject[]).toReversed() : [field];
}

function typeOf({ type, items, additionalProperties }: JsonObject): string {
  if (typeof type !== "string") return "any";
  if (type === "array") return `list of ${typeOf(items as JsonObject)}`;
  if (type === "object" && typeof additionalProperties === "object") return `map of ${typeOf(additionalProperties as JsonObject)}`;
  return type;
}

/** One line for each family: what stands before the dot. */
function grouped(names: readonly string[]): readonly string[] {
  const families = new Map<string, string[]>();
  for (const name of names) {
    const family = name.includes(".") ? name.slice(0, name.indexOf(".")) : "";
    families.set(family, [...(families.get(family) ?? []), name]);
  }
  return [...families.values()].map((each) => `- ${each.map((name) => `\`${name}\``).join(" ")}`);
}

function described({ description }: JsonObject): string {
  return typeof description === "string" ? description : "";
}
