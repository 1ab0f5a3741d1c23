import type * as yamlRoom from "yaml";
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { ManifestEdit } from "../../core/index.ts";
import { inOrder, misplaced, type PlacedEdit } from "./edit-value.ts";
import { DIALECT, isEmpty, STYLE } from "./write.ts";

/** The edits of each document that holds something, in the order of the text; none for what stays. */
export type EditsByDocument = readonly (readonly ManifestEdit[])[];

type Yaml = typeof yamlRoom;

/**
 * Changes values and names where they stand; every other character stays as it was.
 *
 * @returns undefined when that is not enough: something is added or removed, or stands there in a form
 *   that has no short replacement (a block of text, nothing at all).
 */
export async function spliceText(text: string, edits: EditsByDocument): Promise<string | undefined> {
  const yaml = await import("yaml");
  const documents = read(yaml, text, edits.length);
  if (!documents) return undefined;
  const splices: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const [i, document] of documents.entries()) {
    for (const placed of inOrder(edits[i] ?? [])) {
      const node = placed.edit.op === "rename" ? pairAt(yaml, document, placed)?.key : valueAt(yaml, document, placed);
      const next = placed.edit.op === "rename" ? placed.edit.to : placed.edit.op === "set" ? placed.edit.value : undefined;
      if (next === undefined || !yaml.isScalar(node) || !node.range || node.range[0] === node.range[1]) return undefined;
      const [from, to] = node.range;
      const written = text.slice(from, to);
      if (/^[|>]/.test(written)) return undefined;
      splices.push({ from, to, text: scalarText(next, written) });
    }
  }
  let out = text;
  for (const splice of splices.sort((a, b) => b.from - a.from)) out = out.slice(0, splice.from) + splice.text + out.slice(splice.to);
  return out;
}

/** Written anew by the YAML library, in the indentation the file has; comments are kept, but for those of what is removed. */
export async function rewriteText(text: string, edits: EditsByDocument): Promise<string | undefined> {
  const yaml = await import("yaml");
  const documents = read(yaml, text, edits.length);
  if (!documents) return undefined;
  for (const [i, document] of documents.entries()) for (const placed of inOrder(edits[i] ?? [])) editNode(yaml, document, placed);
  const style = { ...STYLE, ...layoutOf(text) };
  return documents.map((document, i) => withMarker(document.toString(style), i)).join("");
}

function withMarker(text: string, index: number): string {
  const whole = `${text.trimEnd()}\n`;
  return index === 0 || whole.startsWith("---") ? whole : `---\n${whole}`;
}

/** The documents that hold something; undefined when the library sees another number of them. */
function read(yaml: Yaml, text: string, count: number): readonly Document.Parsed[] | undefined {
  const parsed = yaml.parseAllDocuments(text, DIALECT);
  const documents = "empty" in parsed ? [] : parsed.filter((document) => !isEmpty(document));
  return documents.length === count ? documents : undefined;
}

function parentAt(yaml: Yaml, document: Document.Parsed, { parent, edit }: PlacedEdit): YAMLMap<Node, Node | null> | YAMLSeq<Node> {
  const node = parent.length === 0 ? document.contents : document.getIn(numbered(yaml, document, parent), true);
  if (!yaml.isCollection(node)) throw misplaced(edit);
  return node as YAMLMap<Node, Node | null> | YAMLSeq<Node>;
}

/** The library finds an item of a list by number. */
function numbered(yaml: Yaml, document: Document.Parsed, path: readonly string[]): readonly (string | number)[] {
  const out: (string | number)[] = [];
  for (const segment of path) {
    const node = out.length === 0 ? document.contents : document.getIn(out, true);
    out.push(yaml.isSeq(node) ? Number(segment) : segment);
  }
  return out;
}

function pairAt(yaml: Yaml, document: Document.Parsed, placed: PlacedEdit): Pair<Node, Node | null> | undefined {
  const parent = parentAt(yaml, document, placed);
  if (!yaml.isMap(parent)) return undefined;
  return parent.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === placed.key);
}

function valueAt(yaml: Yaml, document: Document.Parsed, placed: PlacedEdit): Node | null | undefined {
  const parent = parentAt(yaml, document, placed);
  return yaml.isSeq(parent) ? parent.items[Number(placed.key)] : pairAt(yaml, document, placed)?.value;
}

function editNode(yaml: Yaml, document: Document.Parsed, placed: PlacedEdit): void {
  const { edit, key } = placed;
  const parent = parentAt(yaml, document, placed);
  const at = yaml.isSeq(parent) ? Number(key) : key;
  if (edit.op === "remove") parent.delete(at);
  else if (edit.op === "add" || edit.op === "set") parent.set(at as never, document.createNode(edit.value) as never);
  else {
    const pair = pairAt(yaml, document, placed);
    if (!pair || !yaml.isScalar(pair.key)) throw misplaced(edit);
    pair.key.value = edit.to;
  }
}

const PLAIN = /^[A-Za-z][\w./-]*$/;
/** What YAML 1.2 or 1.1 takes for something else than text. */
const OTHER = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** A value in the manner of what it replaces. */
function scalarText(value: string | number | boolean, written: string): string {
  if (typeof value !== "string") return String(value);
  const isPlain = PLAIN.test(value) && !OTHER.test(value);
  if (written.startsWith("'") && isPlain) return `'${value}'`;
  return isPlain && !written.startsWith('"') ? value : JSON.stringify(value);
}

/** How a file is indented, as far as it tells. */
function layoutOf(text: string): { readonly indent: number; readonly indentSeq: boolean } {
  const step = /^(?:[\w-]+|["'].*["']):[ \t]*(?:#.*)?\r?\n( +)[^\s#-]/m.exec(text)?.[1];
  const flush = /^( *)(?:- )?[\w-]+:[ \t]*(?:#.*)?\r?\n\1- /m.test(text);
  return { indent: step === undefined ? STYLE.indent : Math.min(step.length, 8), indentSeq: !flush };
}
