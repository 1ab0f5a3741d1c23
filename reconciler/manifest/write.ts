import { InternalError, isObject, jsonEqual, fail, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { parseFile } from "./parse-file.ts";

/** The order of a document's own fields; `spec`, the longest, last. */
const FIRST_KEYS = ["apiVersion", "kind", "metadata"];
const LAST_KEY = "spec";

/** Block style, two spaces, no folding: a line of a diff is a line of meaning. */
const STYLE = { indent: 2, indentSeq: true, lineWidth: 0, flowCollectionPadding: false, singleQuote: false } as const;

/**
 * A resource as the text of a manifest: block style, two spaces, apiVersion, kind, metadata, spec. The
 * text is read back and must mean exactly `value`.
 *
 * @param comment - Goes on top, each line after `# `.
 * @throws InternalError when it does not read back: the value holds what no manifest can (a key
 *   `__proto__`, minus zero), which is the caller's bug.
 */
export async function writeManifest(value: JsonObject, comment = ""): Promise<string> {
  const { Document, visit, isCollection } = await import("yaml");
  const document = new Document(orderKeys(value), { version: "1.2", schema: "core", compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Collection(_key, node) {
      if (isCollection(node) && node.items.length > 0) node.flow = false;
    },
  });
  const text = commentLines(comment) + document.toString(STYLE);
  const back = readBack(text);
  if (back.length !== 1 || !jsonEqual(back[0] ?? null, value))
    throw new InternalError("a written manifest does not read back as its value");
  return text;
}

/**
 * The same manifests in the form we write: comments kept, block style, `spec` last. What it means does
 * not change: the result is read back and compared.
 *
 * @returns the parser's diagnostics when `text` is no sound manifest; it is then left alone.
 */
export async function formatManifest(text: string, file = "manifest.yaml"): Promise<Result<string>> {
  const before = parseFile({ path: file, bytes: Buffer.from(text), blobId: null });
  if (before.diagnostics.length > 0) return fail(...before.diagnostics);
  const { parseAllDocuments, visit, isMap } = await import("yaml");
  const documents = parseAllDocuments(text.replace(/^\ufeff/, ""), { version: "1.2", schema: "core", keepSourceTokens: false });
  // An empty stream is reported by an array with a property of its own.
  if ("empty" in documents) return ok(text);
  const parts = documents.map((document) => {
    visit(document, {
      Collection(_key, node) {
        if (node.items.length > 0) node.flow = false;
      },
    });
    if (isMap(document.contents)) document.contents.items.sort((a, b) => rankOf(String(a.key)) - rankOf(String(b.key)));
    return document.toString(STYLE);
  });
  const formatted = joinDocuments(parts);
  const after = readBack(formatted);
  const same = after.length === before.documents.length && after.every((value, i) => jsonEqual(value, before.documents[i]?.value ?? null));
  if (!same) throw new InternalError("a formatted manifest does not mean what it meant before");
  return ok(formatted);
}

function joinDocuments(parts: readonly string[]): string {
  return parts.map((part, i) => (i === 0 || part.startsWith("---") ? part : `---\n${part}`)).join("");
}

function readBack(text: string): readonly Json[] {
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
  return comment === ""
    ? ""
    : comment
        .split("\n")
        .map((line) => `${`# ${line}`.trimEnd()}\n`)
        .join("");
}
