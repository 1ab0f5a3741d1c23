import { firstUnsafe, LIMITS, problem, shown, type Diagnostic, type Origin } from "../../core/index.ts";
import { isManifestName, joinPath, parentOf, pathProblem, unsafePath } from "./path.ts";
import { isDiagnostic, notAFile, PROJECT_FILE, type Entry, type EntryKind, type Tree } from "./tree.ts";
import type { LoadRequest } from "./types.ts";

export interface Selection {
  /** Sorted by path. */
  readonly manifests: readonly string[];
  /** In the order asked for. */
  readonly overlays: readonly string[];
  /** `*.yaml` beside moltbot.yaml, which are no manifests; only looked for where no sources are named. */
  readonly beside: readonly string[];
  readonly problems: readonly Diagnostic[];
}

interface Walk {
  readonly tree: Tree;
  readonly problems: Diagnostic[];
  /** Files and folders that are no manifests of this walk. */
  readonly excluded: ReadonlySet<string>;
  readonly found: Set<string>;
  readonly maxFiles: number;
  visited: number;
}

/**
 * Which files are manifests and overlays: the one rule for the disk and for a commit. A link, device
 * or other repository where a manifest could be is a problem, never followed and never passed over.
 */
export async function selectFiles(tree: Tree, request: LoadRequest): Promise<Selection> {
  const problems: Diagnostic[] = [];
  const excluded = new Set([...request.overlays, ...(request.excluded ?? [])]);
  const walk: Walk = { tree, problems, excluded, found: new Set(), maxFiles: request.maxFiles, visited: 0 };
  const overlays = await selectOverlays(tree, request, walk);
  const beside = request.sources.length === 0 ? await walkBeside(walk) : [];
  for (const [i, source] of request.sources.entries()) await walkSource(walk, source, originOf(`/spec/sources/${i}`));
  if (walk.found.size > request.maxFiles) problems.push(tooManyFiles(request.maxFiles));
  return { manifests: [...walk.found].sort(), overlays, beside, problems };
}

function originOf(pointer: string): Origin {
  return { file: PROJECT_FILE, document: 0, pointer, part: "value" };
}

async function selectOverlays(tree: Tree, request: LoadRequest, outer: Walk): Promise<readonly string[]> {
  const overlays = new Set<string>();
  for (const [i, path] of request.overlays.entries()) {
    const origin = originOf(request.overlaysPointer === undefined ? "/spec/environments" : `${request.overlaysPointer}/${i}`);
    const kind = await checkedKind(tree, path, origin, outer.problems);
    if (kind === "file") overlays.add(path);
    else if (kind === "folder") {
      const walk: Walk = { ...outer, excluded: new Set(), found: new Set() };
      await walkFolder(walk, path, 0);
      for (const each of [...walk.found].sort()) overlays.add(each);
    } else if (kind === "missing") {
      outer.problems.push(
        problem("FILE_MISSING", {
          detail: `There is no overlay ${shown(path)}.`,
          remedy: "Correct the path; it is relative to moltbot.yaml.",
          origin,
        }),
      );
    } else if (kind !== undefined) outer.problems.push({ ...notAFile(path, kind), origin });
  }
  return [...overlays];
}

/** What stands at a path that a manifest names; undefined when that is a problem already reported. */
async function checkedKind(tree: Tree, path: string, origin: Origin, problems: Diagnostic[]): Promise<EntryKind | "missing" | undefined> {
  const why = pathProblem(path);
  if (why !== undefined) {
    problems.push({ ...unsafePath(path, why), origin });
    return undefined;
  }
  const kind = await tree.kindAt(path);
  if (!isDiagnostic(kind)) return kind;
  problems.push(kind);
  return undefined;
}

async function walkSource(walk: Walk, source: string, origin: Origin): Promise<void> {
  const kind = await checkedKind(walk.tree, source, origin, walk.problems);
  if (kind === undefined) return;
  if (kind === "link" || kind === "submodule" || kind === "other") {
    walk.problems.push({ ...notAFile(source, kind), origin });
  } else if (kind !== "folder") {
    const detail = kind === "file" ? `The source ${shown(source)} is a file.` : `There is no folder ${shown(source)}.`;
    walk.problems.push(problem("SOURCE_MISSING", { detail, remedy: "Name a folder; paths are relative to moltbot.yaml.", origin }));
  } else {
    const problemsBefore = walk.problems.length;
    if (!(await isOtherProject(walk, source))) await walkFolder(walk, source, 0);
    else if (walk.problems.length === problemsBefore) walk.problems.push(secondProject(source, origin));
  }
}

function secondProject(source: string, origin: Origin): Diagnostic {
  return problem("PROJECT_DUPLICATE", {
    detail: `${shown(source)} has its own ${PROJECT_FILE}, so it is another Project and cannot be one of several sources.`,
    remedy: "Leave it out, or remove its moltbot.yaml. As the only source of a Project it would be used in its place.",
    origin,
  });
}

/** Without named sources: every folder beside moltbot.yaml, but no file beside it. */
async function walkBeside(walk: Walk): Promise<readonly string[]> {
  const entries = await listed(walk, "");
  const beside: string[] = [];
  for (const entry of entries) {
    if (isSkipped(entry.name) || walk.excluded.has(entry.name)) continue;
    if (entry.kind === "file") {
      if (isManifestName(entry.name) && entry.name !== PROJECT_FILE) beside.push(entry.name);
    } else if (entry.kind !== "other") await visit(walk, entry, entry.name, 0);
  }
  return beside;
}

async function walkFolder(walk: Walk, folder: string, depth: number): Promise<void> {
  if (depth > LIMITS.folderDepth) {
    walk.problems.push(
      problem("TOO_MANY_FILES", {
        detail: `Folders nest deeper than ${LIMITS.folderDepth} levels at ${shown(folder)}.`,
        remedy: "Name the folders to read in spec.sources.",
      }),
    );
    return;
  }
  for (const entry of await listed(walk, folder)) {
    const path = joinPath(folder, entry.name);
    if (isSkipped(entry.name) || walk.excluded.has(path)) continue;
    // Most entries are files, and waiting for each of them costs more than looking at it.
    if (entry.kind === "file") visitFile(walk, entry, path);
    else await visit(walk, entry, path, depth);
  }
}

function visitFile(walk: Walk, entry: Entry, path: string): void {
  if (!isManifestName(entry.name) || hasUnsafeName(walk, entry, path)) return;
  // One more than allowed is enough to know.
  if (walk.found.size <= walk.maxFiles) walk.found.add(path);
}

function hasUnsafeName(walk: Walk, entry: Entry, path: string): boolean {
  const why = pathProblem(entry.name.replace(/[:%]/g, "_"));
  if (why !== undefined) walk.problems.push(unsafePath(path, why));
  return why !== undefined;
}

async function visit(walk: Walk, entry: Entry, path: string, depth: number): Promise<void> {
  if (entry.kind === "file") return visitFile(walk, entry, path);
  const isManifest = isManifestName(entry.name);
  if ((isManifest || entry.kind === "folder") && hasUnsafeName(walk, entry, path)) return;
  if (isManifest || entry.kind === "submodule" || (entry.kind === "link" && !(await isLinkToFile(walk.tree, path)))) {
    walk.problems.push(notAFile(path, entry.kind));
  } else if (entry.kind === "folder" && !(await isOtherProject(walk, path))) {
    await walkFolder(walk, path, depth + 1);
  }
}

/** Is the folder another Project? Unless that can be told, it is a problem: nothing is passed over unread. */
async function isOtherProject(walk: Walk, folder: string): Promise<boolean> {
  const kind = await walk.tree.kindAt(joinPath(folder, PROJECT_FILE));
  if (isDiagnostic(kind)) walk.problems.push(kind);
  return kind !== "missing";
}

/**
 * A link to a regular file of the same Project hides no manifest and is left alone. One that leads to a
 * folder, to another link, out of the Project or nowhere might.
 */
async function isLinkToFile(tree: Tree, path: string): Promise<boolean> {
  const target = await tree.linkTarget(path);
  if (target === null || target.startsWith("/") || firstUnsafe(target) !== undefined) return false;
  const segments = parentOf(path)
    .split("/")
    .filter((segment) => segment !== "");
  for (const segment of target.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return false;
  }
  return (await tree.kindAt(segments.join("/"))) === "file";
}

/** Names that `*.yaml` would not match in a shell, and dependencies of JavaScript programs. */
function isSkipped(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

async function listed(walk: Walk, folder: string): Promise<readonly Entry[]> {
  if (walk.visited > LIMITS.folderEntries) return [];
  const entries = await walk.tree.entries(folder);
  if (entries === null) return [];
  if (isDiagnostic(entries)) {
    walk.problems.push(entries);
    return [];
  }
  walk.visited += entries.length;
  if (walk.visited <= LIMITS.folderEntries) return entries;
  walk.problems.push(
    problem("TOO_MANY_FILES", {
      detail: `The source folders hold more than ${LIMITS.folderEntries} files of any kind.`,
      remedy: "Name the folders to read in spec.sources.",
    }),
  );
  return [];
}

function tooManyFiles(maxFiles: number): Diagnostic {
  return problem("TOO_MANY_FILES", {
    detail: `The source folders hold more than ${maxFiles} manifests.`,
    remedy: "Raise spec.limits.files in moltbot.yaml if the number is right, or split the Project.",
    origin: originOf("/spec/limits/files"),
  });
}
