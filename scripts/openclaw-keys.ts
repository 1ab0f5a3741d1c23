/**
 * Makes the table of key names that OpenClaw's configuration knows, from what `openclaw config schema`
 * prints. Several versions may be given: a key is known when any of them knows it.
 *
 *   node scripts/openclaw-keys.ts schema-2026.3.31.json schema-2026.6.8.json schema-2026.9.6.json
 *
 * Only names go into the table: no descriptions, no types, no defaults. It is written by hand when a new
 * version of OpenClaw should be understood, not by `npm run generate`.
 */
import fs from "node:fs";
import path from "node:path";
import { isArray, isObject, type Json, type JsonObject } from "../core/index.ts";

/** A place in the configuration: the keys below it, `[]` for items, `*` for any key; open: anything goes. */
interface Place {
  readonly keys: Map<string, Place>;
  isOpen: boolean;
}

const MAX_DEPTH = 24;
const OUTPUT = path.join(import.meta.dirname, "../reconciler/import/openclaw/known-keys.data.ts");

function newPlace(): Place {
  return { keys: new Map(), isOpen: false };
}

function below(place: Place, key: string): Place {
  const known = place.keys.get(key);
  if (known) return known;
  const made = newPlace();
  place.keys.set(key, made);
  return made;
}

/** References are relative to the nearest schema around them that defines their target. */
function resolved(node: JsonObject, around: readonly JsonObject[]): JsonObject | undefined {
  const ref = node["$ref"];
  if (typeof ref !== "string") return node;
  const segments = ref.replace(/^#\//, "").split("/");
  for (const root of around.toReversed()) {
    let at: Json | undefined = root;
    for (const segment of segments) at = isObject(at) ? at[segment] : undefined;
    if (isObject(at)) return at;
  }
  return undefined;
}

function add(place: Place, written: Json | undefined, around: readonly JsonObject[]): void {
  if (!isObject(written) || around.length > MAX_DEPTH) return;
  const node = resolved(written, around);
  if (!node) return;
  const inside = [...around, node];
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const choices = node[keyword];
    if (isArray(choices)) for (const choice of choices) add(place, choice, inside);
  }
  const { properties, items, additionalProperties: rest, patternProperties: patterns } = node;
  if (isObject(properties)) for (const [key, child] of Object.entries(properties)) add(below(place, key), child, inside);
  if (isObject(patterns)) for (const child of Object.values(patterns)) add(below(place, "*"), child, inside);
  for (const item of isArray(items) ? items : [items]) if (isObject(item)) add(below(place, "[]"), item, inside);
  if (isObject(rest) && Object.keys(rest).length > 0) add(below(place, "*"), rest, inside);
  if (saysAnythingGoes(node)) place.isOpen = true;
}

function saysAnythingGoes(node: JsonObject): boolean {
  const rest = node["additionalProperties"];
  if (rest === true || (isObject(rest) && Object.keys(rest).length === 0)) return true;
  if (node["type"] === "object") return rest === undefined && node["properties"] === undefined && node["patternProperties"] === undefined;
  return Object.keys(node).every((key) => ["title", "description", "default"].includes(key));
}

/** Equal places are written once: a line each, the keys below a place as `name:line`, `~` where anything goes. */
function tableOf(root: Place): readonly string[] {
  const lines: string[] = [];
  const numbers = new Map<string, number>();
  const write = (place: Place): number => {
    const keys = [...place.keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, write(child)] as const);
    const text = (place.isOpen ? "~" : "") + keys.map(([key, line]) => (line === 0 ? key : `${key}:${line}`)).join(" ");
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, lines.length);
    lines.push(text);
    return lines.length - 1;
  };
  // Line 0 is a leaf, so that leaves need no number.
  write(newPlace());
  write(root);
  return lines;
}

const root = newPlace();
for (const file of process.argv.slice(2)) add(root, JSON.parse(fs.readFileSync(file, "utf8")) as Json, []);
const lines = tableOf(root);
fs.writeFileSync(
  OUTPUT,
  `// Made by scripts/openclaw-keys.ts from what "openclaw config schema" prints. Do not edit.\nexport const KNOWN_KEYS: readonly string[] = [\n${lines.map((line) => `  ${JSON.stringify(line)},\n`).join("")}];\n`,
);
console.log(`${OUTPUT}: ${lines.length} lines, ${lines.join("").length} characters`);
