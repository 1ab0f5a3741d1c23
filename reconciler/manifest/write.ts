import type { Document, Node, Pair, YAMLMap } from "yaml";
import { fail, InternalError, isObject, jsonEqual, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { parseFile } from "./parse-file.ts";
import { escapeUnsafeCharacters, hasUnsafeCharacter } from "./raw-text.ts";

/** The order of a document's own fields; `spec`, the longest, last. */
const FIRST_KEYS = ["apiVersion", "kind", "metadata"];
const LAST_KEY = "spec";

/** Block style, two spaces, no folding: a line of a diff is a line of meaning. */
export const STYLE = { indent: 2, indentSeq: true, lineWidth: 0, flowCollectionPadding: false, singleQuote: false } as const;

/** The dialect, with texts quoted that older readers would take for something else. */
export const DIALECT = { version: "1.2", schema: "core", compat: "yaml-1.1", aliasDuplicateObjects: false } as const;

/**
 * A resource as the text of a manifest: block style, two spaces, apiVersion, kind, metadata, spec. The
 * text is read back and must mean exactly `value`.
 *
 * @param comment - Goes on top, each line after `# `.
 * @throws InternalError when it does not read back: the value holds what no manifest can (minus zero,
 *   half a surrogate pair, a key with invisible characters), which is the caller's bug.
 */
export async function writeManifest(value: JsonObject, comment = ""): Promise<string> {
  // Loaded when something is written: reading, which every command does, has no use for it.
  const yaml = await import("yaml");
  const document = new yaml.Document(orderKeys(value), DIALECT);
  yaml.visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === "string" && hasUnsafeCharacter(node.value)) node.type = yaml.Scalar.QUOTE_DOUBLE;
    },
  });
  const text = escapeUnsafeCharacters(commentLines(comment) + document.toString(STYLE));
  const back = readBack(text);
  if (back.length !== 1 || !jsonEqual(back[0] ?? null, value))
    throw new InternalError("a written manifest does not read back as its value");
  return text;
}

/**
 * The same manifests in the form we write: comments kept, block style, `spec` last. What it means does
 * not change: the result is read back and compared.
 *
 * @returns the text as it is where a comment would be lost; the parser's diagnostics when it is no sound
 *   manifest.
 */
export async function formatManifest(text: string, file = "manifest.yaml"): Promise<Result<string>> {
  const before = parseFile({ path: file, bytes: Buffer.from(text), blobId: null });
  if (before.diagnostics.length > 0) return fail(...before.diagnostics);
  const meant = before.documents.map((document) => document.value);
  let formatted = text;
  for (let pass = 0, settled = ""; pass < MAX_PASSES && formatted !== settled; pass++) {
    settled = formatted;
    formatted = await formatOnce(formatted);
  }
  if (!jsonEqual(readBack(formatted), meant)) throw new InternalError("a formatted manifest does not mean what it meant before");
  // The writer drops a comment in a few odd places; such a file stays as its author laid it out.
  return ok((await commentsIn(formatted)) === (await commentsIn(text)) ? formatted : text);
}

/** Every comment of a text, in no order. */
export async function commentsIn(text: string): Promise<string> {
  const { Lexer } = await import("yaml");
  return [...new Lexer().lex(text)]
    .filter((token) => token.startsWith("#"))
    .map((token) => token.trim())
    .sort()
    .join("\n");
}

/** The writer moves some comments only when it sees its own output; it has not needed more than two looks. */
const MAX_PASSES = 4;

async function formatOnce(text: string): Promise<string> {
  const yaml = await import("yaml");
  const parsed = yaml.parseAllDocuments(text.replace(/^\ufeff/, ""), DIALECT);
  // A file without documents comes back as an array with a property of its own.
  if ("empty" in parsed) return text;
  const documents = parsed.filter((document) => !isBlank(document));
  for (const document of documents) {
    yaml.visit(document, {
      Collection(_key, node) {
        if (node.items.length > 0) node.flow = false;
      },
    });
    if (yaml.isMap(document.contents)) orderPairs(document.contents);
  }
  return joinDocuments(documents.map(textOf));
}

function textOf(document: Document.Parsed): string {
  const text = isEmpty(document)
    ? commentsOf(document)
        .map((line) => `#${line}`)
        .join("\n")
    : document.toString(STYLE);
  return `${text.trimEnd()}\n`;
}

/** Neither a value nor a comment. */
function isBlank(document: Document.Parsed): boolean {
  return isEmpty(document) && commentsOf(document).length === 0;
}

export function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (contents.range[0] === contents.range[1] && contents.tag === undefined);
}

function commentsOf(document: Document.Parsed): readonly string[] {
  const { contents } = document;
  const comments = [document.commentBefore, contents?.commentBefore, contents?.comment, document.comment];
  return comments.flatMap((comment) => (comment ? comment.split("\n").filter((line) => line !== "") : []));
}

function orderPairs(map: YAMLMap.Parsed): void {
  const [first] = map.items;
  map.items.sort((a, b) => rankOf(keyText(a)) - rankOf(keyText(b)));
  const [leading] = map.items;
  if (first === undefined || leading === undefined || first === leading) return;
  // What stands on top of the file, such as a licence or an editor's modeline, stays on top.
  const top = [first.key.commentBefore, leading.key.commentBefore].filter((each) => typeof each === "string");
  if (top.length > 0) leading.key.commentBefore = top.join("\n");
  first.key.commentBefore = null;
  leading.key.spaceBefore = false;
}

function keyText(pair: Pair<Node>): string {
  return "value" in pair.key && typeof pair.key.value === "string" ? pair.key.value : "";
}

function joinDocuments(parts: readonly string[]): string {
  return parts.map((part, i) => (i === 0 || part.startsWith("---") ? part : `---\n${part}`)).join("");
}

export function readBack(text: string): readonly Json[] {
  const parsed = parseFile({ path: "written.yaml", bytes: Buffer.from(text), blobId: null });
  return parsed.diagnostics.length > 0 ? [] : parsed.documents.map((document) => document.value);
}

function rankOf(key: string): number {
  const index = FIRST_KEYS.indexOf(key);
  return index >= 0 ? index : key === LAST_KEY ? FIRST_KEYS.length + 1 : FIRST_KEYS.length;
}

function orderKeys(value: JsonObject): JsonObject {
  const entries = Object.entries(value).sort(([a], [b]) => rankOf(a) - rankOf(b));
  return Object.fromEntries(entries.map(([key, item]) => [key, key === "metadata" && isObject(item) ? nameFirst(item) : item]));
}

function nameFirst(metadata: JsonObject): JsonObject {
  return Object.hasOwn(metadata, "name") ? { name: metadata["name"] ?? null, ...metadata } : metadata;
}

function commentLines(comment: string): string {
  if (comment === "") return "";
  return comment
    .split(/\r\n?|\n/)
    .map((line) => `${`# ${line}`.trimEnd()}\n`)
    .join("");
}
