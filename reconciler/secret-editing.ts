import type * as Yaml from "yaml";
import type { Document, YAMLMap } from "yaml";
import { fail, InternalError, isArray, isObject, jsonEqual, ok, type Json, type JsonObject, type Result } from "../core/index.ts";
import { isSecret, secretDocument, withValue, type ValueEdit } from "../trust/secrets/index.ts";
import { parseFile, writeManifest } from "./manifest/index.ts";
import type { SourceFile } from "./source/index.ts";

type YamlLibrary = typeof Yaml;

/** A manifest that declares the Secret with this one value. */
export async function newSecretManifest(edit: ValueEdit): Promise<string> {
  return await writeManifest(secretDocument(edit));
}

/** The part of a manifest that holds the value, as YAML, to be pasted below `spec.values`. */
export async function secretFragment({ key, entry }: Pick<ValueEdit, "key" | "entry">): Promise<string> {
  const { Document: YamlDocument } = await import("yaml");
  return new YamlDocument({ [key]: entry }, WRITING).toString({ indent: 2, lineWidth: 0 });
}

/**
 * The manifest's text with some values set: comments, order, layout, other documents and other values stay
 * byte for byte. What is returned was read back and means what was meant.
 *
 * @param file - It declares every Secret that the edits name.
 * @returns the parser's diagnostics when the file is no sound manifest; it is then left alone.
 */
export async function withSecretValues(file: SourceFile, edits: readonly ValueEdit[]): Promise<Result<string>> {
  const before = parseFile(file);
  if (before.diagnostics.length > 0) return fail(...before.diagnostics);
  const expected = before.documents.map(({ value }) => edits.reduce(withValue, value));
  const isMeant = (text: string): boolean => {
    const after = parseFile({ ...file, bytes: Buffer.from(text) });
    return (
      after.diagnostics.length === 0 &&
      jsonEqual(
        after.documents.map(({ value }) => value),
        expected,
      )
    );
  };
  const text = Buffer.from(file.bytes).toString("utf8");
  const isJson = file.path.endsWith(".json");
  const candidates = isJson ? [() => editJson(text, edits)] : [() => spliced(text, edits), () => rewritten(text, edits)];
  for (const candidate of candidates) {
    const edited = await candidate();
    const found = edited === undefined ? undefined : [inLineEndsOf(text, edited), edited].find(isMeant);
    if (found !== undefined) return ok(found);
  }
  throw new InternalError("an edited Secret does not read back as what was meant");
}

/** A file whose lines all end in CRLF keeps that. */
function inLineEndsOf(before: string, after: string): string {
  return /\r\n/.test(before) && !/(?<!\r)\n/.test(before) ? after.replaceAll(/\r?\n/g, "\r\n") : after;
}

function editJson(text: string, edits: readonly ValueEdit[]): Promise<string> {
  return Promise.resolve(`${JSON.stringify(edits.reduce(withValue, JSON.parse(text) as Json), null, indentOf(text))}\n`);
}

const READING = { version: "1.2", schema: "core" } as const;
const WRITING = { ...READING, compat: "yaml-1.1" } as const;

/** Each value's own text replaced, one after the other; undefined where one cannot be told apart from what surrounds it. */
async function spliced(text: string, edits: readonly ValueEdit[]): Promise<string | undefined> {
  const yaml = await import("yaml");
  return edits.reduce<string | undefined>((now, edit) => (now === undefined ? undefined : splice(yaml, now, edit)), text);
}

function splice(yaml: YamlLibrary, text: string, edit: ValueEdit): string | undefined {
  const document = documentOf(yaml, text, edit.name)?.document;
  const values = document?.getIn(["spec", "values"], true);
  if (!document || !yaml.isMap(values) || values.flow === true || !values.range) return undefined;
  const pair = values.items.find((each) => yaml.isScalar(each.key) && each.key.value === edit.key);
  const first = values.items[0]?.key;
  if (!yaml.isScalar(first) || !first.range) return undefined;
  const indent = columnOf(text, first.range[0]);
  if (!pair) return inserted(yaml, text, values.range[1], indent, edit);
  const old = pair.value;
  if (!yaml.isMap(old) || !old.range || old.flow === true) return undefined;
  const column = columnOf(text, old.range[0]);
  // A comment beside the key is the value's in the library's eyes; it is kept where it stands.
  Object.assign(old, { commentBefore: null, spaceBefore: false });
  merge(yaml, document, old, edit.entry);
  const lines = valueText(yaml, old, indentOf(text)).trimEnd().split("\n");
  const body = lines.map((line, i) => (i === 0 || line === "" ? line : " ".repeat(column) + line)).join("\n");
  const end = old.range[1];
  const tail = text.slice(old.range[0], end).endsWith("\n") ? "\n" : "";
  return text.slice(0, old.range[0]) + body + tail + text.slice(end);
}

/** A new value behind the last one. */
function inserted(yaml: YamlLibrary, text: string, at: number, indent: number, { key, entry }: ValueEdit): string {
  const made = new yaml.Document({ [key]: entry }, WRITING).toString({ indent: indentOf(text), lineWidth: 0 });
  const lines = made.trimEnd().split("\n");
  const body = lines.map((line) => (line === "" ? line : " ".repeat(indent) + line)).join("\n");
  const lineStart = at === 0 || text[at - 1] === "\n" ? at : text.indexOf("\n", at) + 1 || text.length;
  const gap = lineStart === 0 || text[lineStart - 1] === "\n" ? "" : "\n";
  return `${text.slice(0, lineStart)}${gap}${body}\n${text.slice(lineStart)}`;
}

/** The old value's node with the new value's content: what is the same keeps its node, and so its comments. */
function merge(yaml: YamlLibrary, document: Document, old: YAMLMap, entry: JsonObject): void {
  for (const pair of old.items.slice()) {
    const name = yaml.isScalar(pair.key) ? String(pair.key.value) : "";
    if (!Object.hasOwn(entry, name)) old.delete(pair.key);
  }
  for (const [name, value] of Object.entries(entry).toReversed()) {
    const now = old.get(name, true);
    if (now !== undefined && yaml.isNode(now) && jsonEqual(now.toJS(document) as Json, value)) continue;
    if (isObject(value) && yaml.isMap(now)) merge(yaml, document, now, value);
    else if (isArray(value) && yaml.isSeq(now)) mergeList(yaml, document, now.items, value);
    else if (now === undefined) old.items.unshift(document.createPair(name, value));
    else old.set(name, document.createNode(value));
  }
}

function mergeList(yaml: YamlLibrary, document: Document, items: unknown[], wanted: readonly Json[]): void {
  const nodes = new Map(items.map((item) => [yaml.isScalar(item) ? item.value : item, item]));
  items.splice(0, items.length, ...wanted.map((each) => nodes.get(each) ?? document.createNode(each)));
}

function valueText(yaml: YamlLibrary, node: YAMLMap, indent: number): string {
  const alone = new yaml.Document(null, WRITING);
  alone.contents = node;
  return alone.toString({ indent, lineWidth: 0, flowCollectionPadding: false });
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf("\n", at - 1) + 1);
}

/** The document written anew, where a value cannot be replaced alone: flow style, or no values yet. */
async function rewritten(text: string, edits: readonly ValueEdit[]): Promise<string> {
  const yaml = await import("yaml");
  return edits.reduce((now, edit) => rewrite(yaml, now, edit), text);
}

function rewrite(yaml: YamlLibrary, text: string, { name, key, entry }: ValueEdit): string {
  const found = documentOf(yaml, text, name);
  if (!found) throw new InternalError("the Secret is in no document of its file");
  const { document, start } = found;
  const value = document.createNode(entry);
  const old = document.getIn(["spec", "values", key], true);
  // A comment beside the key belongs to the value's node; it is about the key.
  if (yaml.isNode(old)) Object.assign(value, { commentBefore: old.commentBefore, comment: old.comment, spaceBefore: old.spaceBefore });
  for (const above of [["spec"], ["spec", "values"]]) {
    const node = document.getIn(above, true);
    if (yaml.isMap(node)) node.flow = false;
    else document.setIn(above, document.createNode({}));
  }
  document.setIn(["spec", "values", key], value);
  const written = document.toString({ indent: indentOf(text), lineWidth: 0, flowCollectionPadding: false });
  // Only this document is written anew; what stands before and after it stays byte for byte.
  const before = text.slice(start, document.range[0]);
  return text.slice(0, document.range[0] - repeated(before, written)) + written + text.slice(document.range[2]);
}

/** @returns the document that declares the Secret, and where the one before it ended. */
function documentOf(
  yaml: YamlLibrary,
  text: string,
  name: string,
): { readonly document: Document.Parsed; readonly start: number } | undefined {
  const documents = yaml.parseAllDocuments(text, READING);
  if ("empty" in documents) return undefined;
  const at = documents.findIndex((each) => isSecret(each.toJS() as Json, name));
  const document = documents[at];
  return document && { document, start: documents[at - 1]?.range[2] ?? 0 };
}

/** How much of the end of `before`, whole lines of comment, the written document brings along itself. */
function repeated(before: string, written: string): number {
  for (let at = 0; at < before.length; at = before.indexOf("\n", at) + 1 || before.length) {
    if (written.startsWith(before.slice(at))) return before.length - at;
  }
  return 0;
}

const MAX_INDENT = 8;

/** How far the file indents, so that a diff shows the value alone. */
function indentOf(text: string): number {
  const first = /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
  return first >= 2 && first <= MAX_INDENT ? first : 2;
}
