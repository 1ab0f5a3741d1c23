import { caution, LIMITS, ok, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { runGit } from "./git.ts";
import { joinPath } from "./path.ts";
import type { Repository } from "./repository.ts";
import { isDiagnostic, type Tree } from "./tree.ts";
import type { SourceFile } from "./types.ts";

/** Folders whose content belongs to others or is ours to keep, wherever they lie. */
const PASSED_OVER = new Set([".git", "node_modules", ".moltbot"]);
const BATCH = 200;

/**
 * Every regular file below a tree's folder, sorted, one batch in memory at a time. Links and other
 * repositories are passed over, and so is what is ignored.
 *
 * @param ignored - Paths of files and folders.
 * @returns as warnings what was too large or could not be read.
 */
export async function walkFiles(tree: Tree, ignored: ReadonlySet<string>, visit: (file: SourceFile) => void): Promise<Result<void>> {
  const warnings: Diagnostic[] = [];
  const paths: string[] = [];
  await collect(tree, "", 0, ignored, paths);
  for (let at = 0; at < Math.min(paths.length, LIMITS.scannedFiles); at += BATCH) {
    const batch = paths.slice(at, Math.min(at + BATCH, LIMITS.scannedFiles));
    for (const outcome of (await tree.read(batch, LIMITS.scannedFileBytes)).values()) {
      if ("file" in outcome) visit(outcome.file);
      else if ("problem" in outcome) warnings.push(caution("SECRET_SCAN_LIMIT", { detail: `Not searched: ${outcome.problem.detail}` }));
    }
  }
  if (paths.length > LIMITS.scannedFiles)
    warnings.push(
      caution("SECRET_SCAN_LIMIT", {
        detail: `There are more than ${LIMITS.scannedFiles} files; those from ${shown(paths[LIMITS.scannedFiles] ?? "")} on were not searched.`,
      }),
    );
  return ok(undefined, warnings);
}

async function collect(tree: Tree, folder: string, depth: number, ignored: ReadonlySet<string>, paths: string[]): Promise<void> {
  const entries = await tree.entries(folder);
  if (entries === null || isDiagnostic(entries) || depth > LIMITS.folderDepth) return;
  for (const { name, kind } of entries) {
    const path = folder === "" ? name : joinPath(folder, name);
    if (paths.length > LIMITS.scannedFiles) return;
    if (PASSED_OVER.has(name) || ignored.has(path)) continue;
    if (kind === "file") paths.push(path);
    else if (kind === "folder") await collect(tree, path, depth + 1, ignored, paths);
  }
}

const IGNORED_BYTES = 64 * 1024 * 1024;

/** What git ignores below a repository's folder, relative to that folder; nothing where git cannot say. */
export async function ignoredBelow({ gitDir, top, prefix }: Repository): Promise<ReadonlySet<string>> {
  if (top === null) return new Set();
  const answer = await runGit({
    gitDir,
    workTree: top,
    command: ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"],
    maxOutputBytes: IGNORED_BYTES,
  });
  if (!answer.ok || answer.value.code !== 0) return new Set();
  const start = prefix === "" ? "" : `${prefix}/`;
  const paths = answer.value.stdout.split("\0").filter((path) => path !== "" && path.startsWith(start));
  return new Set(paths.map((path) => path.slice(start.length).replace(/\/$/, "")));
}
