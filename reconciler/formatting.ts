import { failAll, isArray, isObject, jsonEqual, ok, type Diagnostic, type Json, type Result } from "../core/index.ts";
import { readManifestFiles } from "./desired.ts";
import { formatManifest, locate, parseFile, type ParsedFile } from "./manifest/index.ts";
import type { SourceFile } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** A file before and after; the same text where it was in form already. */
export interface FormattedFile {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: string;
}

/** Every manifest of a tree, formatted. Nothing is written. @returns every file that cannot be read, or all. */
export async function formatTree(
  query: Query,
  world: World,
): Promise<Result<{ readonly folder: string; readonly files: readonly FormattedFile[] }>> {
  const read = await readManifestFiles(query, world);
  if (!read.ok) return read;
  const formatted = await formatFiles(read.value.files, "from the Project");
  return formatted.ok ? ok({ folder: read.value.folder, files: formatted.value }) : formatted;
}

/**
 * Those of the files that are manifests, formatted: comments kept, block style, `spec` last; JSON stays
 * JSON. Another YAML file, and one that some manifest embeds, is nobody's to format and is left out.
 *
 * @param paths - Whether they are relative to the folder of moltbot.yaml, as manifests name them, or to another.
 */
export async function formatFiles(
  files: readonly SourceFile[],
  paths: "from the Project" | "from elsewhere",
): Promise<Result<readonly FormattedFile[]>> {
  return await rewriteFiles(files, paths, async (file, parsed) => {
    const text = await formatOne(file, parsed);
    return text.ok ? ok({ path: file.path, before: file.bytes, after: text.value }) : text;
  });
}

/**
 * Something for each of the files that is a manifest and is not embedded by one.
 *
 * @returns every problem of every file, or all that was made.
 */
export async function rewriteFiles<T>(
  files: readonly SourceFile[],
  paths: "from the Project" | "from elsewhere",
  rewrite: (file: SourceFile, parsed: ParsedFile) => Promise<Result<T>>,
): Promise<Result<readonly T[]>> {
  const parsed = files.filter(mentionsUs).map((file) => ({ file, parsed: parseFile(file) }));
  const problems: Diagnostic[] = parsed.flatMap((each) => each.parsed.diagnostics);
  const named = namedIn(parsed.map((each) => each.parsed));
  const isEmbedded = (path: string): boolean => endsOf(path, paths).some((end) => named.has(end));
  const made: T[] = [];
  for (const each of problems.length > 0 ? [] : parsed) {
    if (!isManifest(each.parsed) || isEmbedded(each.file.path)) continue;
    const result = await rewrite(each.file, each.parsed);
    if (result.ok) made.push(result.value);
    else problems.push(...result.diagnostics);
  }
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  return problems.length > 0 ? failAll(locate(problems, bytes)) : ok(made);
}

async function formatOne({ path, bytes }: SourceFile, { documents }: ParsedFile): Promise<Result<string>> {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const [only] = documents;
  const isJson = /\.json$/i.test(path) && only !== undefined && documents.length === 1;
  return isJson && isPlainJson(text, only.value) ? ok(`${JSON.stringify(only.value, null, 2)}\n`) : await formatManifest(text, path);
}

/** A file of that name may hold YAML as well. */
function isPlainJson(text: string, value: Json): boolean {
  try {
    return jsonEqual(JSON.parse(text) as Json, value);
  } catch {
    return false;
  }
}

const API_GROUP = "moltbot.dev/";

/** A template of something else need not even be YAML. */
function mentionsUs({ bytes }: SourceFile): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(API_GROUP);
}

/** `a/b/c`, `b/c`, `c`: what a manifest may call a file whose path starts at another folder. */
function endsOf(path: string, paths: "from the Project" | "from elsewhere"): readonly string[] {
  const segments = path.split("/");
  return paths === "from the Project" ? [path] : segments.map((_, i) => segments.slice(i).join("/"));
}

function isManifest({ documents }: ParsedFile): boolean {
  const isOurs = (value: Json): boolean => {
    const version = isObject(value) ? value["apiVersion"] : undefined;
    return typeof version === "string" && version.startsWith(API_GROUP);
  };
  return documents.length > 0 && documents.every((document) => isOurs(document.value));
}

/** Every text in a resource: a file whose path is among them is embedded there, so its bytes are part of what is declared. */
function namedIn(files: readonly ParsedFile[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const collect = (value: Json): void => {
    if (typeof value === "string") texts.add(value);
    else if (isArray(value)) value.forEach(collect);
    else if (isObject(value)) Object.values(value).forEach(collect);
  };
  for (const { documents } of files) for (const { value } of documents) if (!isProject(value)) collect(value);
  return texts;
}

/** The Project names its overlays, which are manifests. */
function isProject(value: Json): boolean {
  return isObject(value) && value["kind"] === "Project";
}
