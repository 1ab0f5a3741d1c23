import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, failAll, LIMITS, ok, problem, type Diagnostic, type Result } from "../core/index.ts";

/** A file that was read once. */
export interface ReadFile {
  /** With `/`, as the user would name it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly blobId: null;
}

/**
 * The files that are named, and the manifests by name in the folders that are: not those of dot folders
 * and `node_modules`. Links in folders are passed over, because what they lead to has a name of its own.
 *
 * @returns every path that cannot be read.
 */
export function readManifestPaths(given: readonly string[]): Result<readonly ReadFile[]> {
  const found = new Set<string>();
  const problems: Diagnostic[] = [];
  for (const each of given) {
    try {
      const stats = fs.lstatSync(each);
      if (stats.isDirectory()) for (const file of manifestsIn(each)) found.add(file);
      else if (stats.isFile()) found.add(path.normalize(each));
      else problems.push(notRegular(each));
    } catch (error) {
      problems.push(unreadable(each, error));
    }
  }
  if (found.size > LIMITS.files) problems.push(tooMany(found.size));
  return problems.length > 0 ? failAll(problems) : readAll([...found].sort());
}

function readAll(files: readonly string[]): Result<readonly ReadFile[]> {
  const read: ReadFile[] = [];
  for (const file of files) {
    try {
      read.push({ path: file.split(path.sep).join("/"), bytes: fs.readFileSync(file), blobId: null });
    } catch (error) {
      return fail(unreadable(file, error));
    }
  }
  return ok(read);
}

function* manifestsIn(folder: string, depth = 0): Generator<string> {
  if (depth > LIMITS.folderDepth) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* manifestsIn(full, depth + 1);
    else if (entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name)) yield full;
  }
}

function notRegular(file: string): Diagnostic {
  return problem("NOT_A_FILE", {
    detail: `${escapeText(file)} is no regular file and no folder.`,
    remedy: "Name the file itself, not a link to it.",
    context: { path: file },
  });
}

function unreadable(file: string, error: unknown): Diagnostic {
  return problem("READ_FAILED", {
    detail: `Reading ${escapeText(file)} failed: ${escapeText(error instanceof Error ? error.message : "unknown reason")}.`,
    remedy: "Check the name.",
    context: { path: file },
  });
}

function tooMany(count: number): Diagnostic {
  return problem("TOO_MANY_FILES", {
    detail: `There are ${count} files; ${LIMITS.files} are allowed.`,
    remedy: "Name fewer folders.",
  });
}
