import { failAll, isArray, isObject, ok, type Diagnostic, type Json, type Result } from "../../core/index.ts";
import { ENTRIES, type Entry } from "../policy/index.ts";
import type { InputSchemas } from "./inputs.ts";
import { nameOf, varsIn, type Rule } from "./rego.ts";
import type { ParsedPolicy } from "./parse.ts";
import { canonicalPath } from "./source.ts";
import { compilerErrors, type Locate, type Workplace } from "./workplace.ts";

/** Where the workplace keeps the list of functions that policies get. */
export const CAPABILITIES = "capabilities.json";

/**
 * The strict check, in the language of today's compiler and of the next one, and then each entry point's
 * rules against the description of its input: a field that does not exist would be undefined for ever.
 */
export function checkPolicies(place: Workplace, parsed: readonly ParsedPolicy[], schemas: InputSchemas, locate: Locate): Result<void> {
  const errors: Diagnostic[] = [];
  for (const mode of [[], ["--v1-compatible"]]) {
    const run = place.run(
      "check",
      "--strict",
      "--format",
      "json",
      "--max-errors",
      "100",
      ...mode,
      "--capabilities",
      CAPABILITIES,
      "policies",
    );
    const checked = compilerErrors(run, locate);
    if (!checked.ok) return checked;
  }
  for (const entry of ENTRIES) {
    const checked = checkEntry(place, parsed, entry, schemas[entry], locate);
    if (!checked.ok) for (const each of checked.diagnostics) errors.push({ ...each, context: { ...each.context, entry } });
  }
  return errors.length > 0 ? failAll(errors) : ok(undefined);
}

/**
 * The same files with everything blanked out that the entry point does not use, so that every place stays
 * where it is. Twice: with null among what may be there, which decides about types; and without, because
 * the compiler looks for no misspelt field in what may be null.
 */
function checkEntry(place: Workplace, parsed: readonly ParsedPolicy[], entry: Entry, schema: string, locate: Locate): Result<void> {
  const asked = parsed.filter((each) => each.rules.some((rule) => rule.entry === entry));
  if (asked.length === 0) return ok(undefined);
  const files = asked.map((each) => {
    const file = `${entry}/${canonicalPath(each.source.name)}`;
    place.write(file, only(each, entry));
    return file;
  });
  const against = (name: string, text: string): Result<void> => {
    place.write(name, text);
    const run = place.run("check", "--format", "json", "--max-errors", "100", "--capabilities", CAPABILITIES, "--schema", name, ...files);
    return compilerErrors(run, (file, row, column) => locate(file.slice(entry.length + 1), row, column));
  };
  const types = against(`${entry}/types.schema.json`, schema);
  if (!types.ok) return types;
  const fields = against(`${entry}/fields.schema.json`, JSON.stringify(withoutNull(JSON.parse(schema) as Json)));
  const misspelt = fields.ok ? [] : fields.diagnostics.filter((each) => each.detail.startsWith("undefined ref"));
  return misspelt.length > 0 ? failAll(misspelt) : ok(undefined);
}

/** A schema in which what may be null is there. */
function withoutNull(schema: Json): Json {
  if (isArray(schema)) return schema.map(withoutNull);
  if (!isObject(schema)) return schema;
  const { anyOf } = schema;
  const there = isArray(anyOf) ? anyOf.filter((each) => !isObject(each) || each["type"] !== "null") : [];
  const [left] = there;
  if (left !== undefined && there.length === 1) return withoutNull(left);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutNull(value)]));
}

function only({ source, module, rules }: ParsedPolicy, entry: Entry): string {
  const all = module.rules ?? [];
  const kept = usedFrom(all, new Set(rules.filter((each) => each.entry === entry).map((each) => each.set)));
  return all.reduce((text, rule) => (kept.has(nameOf(rule)) ? text : blanked(text, rule)), source.rego);
}

/** Names of rules that these use, in any number of steps, and these. */
export function usedFrom(rules: readonly Rule[], start: ReadonlySet<string>): ReadonlySet<string> {
  const used = new Set(start);
  const mentions = new Map<string, Set<string>>();
  for (const rule of rules) {
    const name = nameOf(rule);
    const names = mentions.get(name) ?? new Set();
    for (const each of varsIn(rule)) names.add(each);
    mentions.set(name, names);
  }
  for (const name of used) for (const each of mentions.get(name) ?? []) if (mentions.has(each)) used.add(each);
  return used;
}

/** The text with a rule's characters turned into spaces; its lines stay. */
function blanked(text: string, { location }: Rule): string {
  const bytes = Buffer.from(text, "utf8");
  const rule = Buffer.from(location?.text ?? "", "base64");
  const from = bytes.indexOf(rule, lineStart(bytes, location?.row ?? 1));
  if (from < 0 || rule.length === 0) return text;
  for (let i = from; i < from + rule.length; i++) if (bytes[i] !== 0x0a) bytes[i] = 0x20;
  return bytes.toString("utf8");
}

function lineStart(bytes: Buffer, row: number): number {
  let at = 0;
  for (let line = 1; line < row; line++) at = bytes.indexOf(0x0a, at) + 1;
  return at;
}
