import JSON5 from "json5";
import { fail, InternalError, isArray, isObject, LIMITS, ok, problem, shown, type Json, type Result } from "../../../core/index.ts";
import { scan, ScanLimit } from "./scan.ts";
import type { SourceNode } from "./tree.ts";

/**
 * A configuration file as a tree with places and comments. Always read as JSON5, whatever its name ends
 * in; a byte-order mark is accepted. No message repeats the file's text: it may hold secrets.
 */
export function readJson5(file: { readonly path: string; readonly bytes: Uint8Array }): Result<SourceNode> {
  const { path, bytes } = file;
  const context = { file: path };
  if (bytes.length > LIMITS.importBytes) {
    const detail = `${shown(path)} has ${bytes.length} bytes; importBytes allows ${LIMITS.importBytes}.`;
    return fail(problem("IMPORT_TOO_LARGE", { detail, context }));
  }
  const text = decoded(bytes);
  if (text === undefined) return fail(problem("ENCODING", { detail: `${shown(path)} is not UTF-8 text.`, context }));
  let read: Json;
  try {
    read = JSON5.parse<Json>(text);
  } catch (error) {
    return fail(syntaxProblem(path, error));
  }
  if (!isObject(read)) {
    return fail(problem("IMPORT_NOT_CONFIGURATION", { detail: `The top level of ${shown(path)} is not a mapping.`, context }));
  }
  try {
    const tree = scan(text);
    if (!agrees(tree, read)) throw new InternalError("the comment scanner and the JSON5 parser disagree");
    const broken = malformed(tree);
    if (!broken) return ok(tree);
    const detail = `A text in ${shown(path)} holds half of a surrogate pair, which no UTF-8 file can hold.`;
    return fail(problem("ENCODING", { detail, at: { file: path, line: broken.line, column: 1 }, context }));
  } catch (error) {
    if (!(error instanceof ScanLimit)) throw error;
    const detail =
      error.what === "depth"
        ? `${shown(path)} nests more than ${LIMITS.depth} levels deep.`
        : `${shown(path)} has more than ${LIMITS.importValues} values (importValues).`;
    return fail(problem(error.what === "depth" ? "DEPTH_LIMIT" : "IMPORT_TOO_LARGE", { detail, context }));
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first place whose key or text has an escaped half of a surrogate pair. */
function malformed(node: SourceNode): SourceNode | undefined {
  if (node.kind === "leaf") return typeof node.value === "string" && !node.value.isWellFormed() ? node : undefined;
  const below = node.kind === "map" ? node.entries.map(([, child]) => child) : node.items;
  for (const child of below) {
    const key = child.segments.at(-1);
    const found = typeof key === "string" && !key.isWellFormed() ? child : malformed(child);
    if (found) return found;
  }
  return undefined;
}

function syntaxProblem(file: string, error: unknown): ReturnType<typeof problem> {
  const { lineNumber: line, columnNumber: column } = error as { readonly lineNumber?: number; readonly columnNumber?: number };
  const isEnd = error instanceof Error && error.message.includes("end of input");
  return problem("IMPORT_SYNTAX", {
    detail: isEnd ? "The file ends before its last bracket, brace or quote is closed." : "A sign stands here that JSON5 does not allow.",
    remedy: "Compare with the line before: a missing comma, colon or quote is often there.",
    ...(line === undefined || column === undefined ? {} : { at: { file, line, column } }),
    context: { file },
  });
}

/** Whether the scan found what the parser found. Depth is bounded by the scan. */
function agrees(node: SourceNode, value: Json): boolean {
  if (node.kind === "list") {
    return isArray(value) && value.length === node.items.length && node.items.every((item, i) => agrees(item, value[i] ?? null));
  }
  if (node.kind === "map") {
    if (!isObject(value) || Object.keys(value).length !== node.entries.length) return false;
    return node.entries.every(([key, child]) => {
      const found = Object.getOwnPropertyDescriptor(value, key);
      return found !== undefined && agrees(child, found.value as Json);
    });
  }
  if (typeof node.value === "object" && node.value !== null) return typeof value === "object" && value !== null;
  return node.inexact ? typeof value === "number" : Object.is(node.value, value);
}
