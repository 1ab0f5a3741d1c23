import { byCodeUnit, fail, LIMITS, ok, type Diagnostic, type Result } from "../../core/index.ts";
import { gitFailed } from "./git.ts";
import type { GitObject, Objects } from "./objects.ts";
import { joinPath, parentOf } from "./path.ts";
import { isDiagnostic, missingFile, notAFile, tooLarge, type Entry, type EntryKind, type ReadOutcome, type Tree } from "./tree.ts";

export interface Commit {
  readonly id: string;
  /** The id of its root folder. */
  readonly tree: string;
}

/** A {@link Tree} that also knows ids without reading bytes. */
export interface CommitTree extends Tree {
  /** The id of every path that is a regular file. */
  blobIds(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

interface GitEntry extends Entry {
  readonly id: string;
}

/** A folder's entries, sorted and by name: a folder of ten thousand files is asked for each of them. */
interface Folder {
  readonly entries: readonly GitEntry[];
  readonly byName: ReadonlyMap<string, GitEntry>;
}

const KINDS: Readonly<Record<string, EntryKind>> = {
  "100644": "file",
  "100755": "file",
  // Written by old versions of git; what is meant is a file.
  "100664": "file",
  "40000": "folder",
  "120000": "link",
  "160000": "submodule",
};

/** The commit behind a name that git resolves; `missing` when it names none. */
export async function readCommit(objects: Objects, name: string): Promise<Result<Commit | "missing">> {
  const answer = await objects.get(`${name}^{commit}`);
  if (!answer.ok) return answer;
  if (!("object" in answer.value)) return ok("missing");
  const { id, bytes } = answer.value.object;
  const tree = /^tree ([0-9a-f]{40}|[0-9a-f]{64})\n/.exec(bytes.toString("latin1", 0, 80))?.[1];
  return tree === undefined ? fail(gitFailed(`the commit ${id} names no tree`)) : ok({ id, tree });
}

/**
 * The files of a commit below `prefix`, as the bytes git holds: no filter, attribute or checkout has
 * touched them. Folders are read from their own objects, each hashed again, so from the commit's id
 * down nothing has to be believed.
 */
export function commitTree(objects: Objects, commit: Commit, prefix: string): CommitTree {
  const folders = new Map<string, Folder | null | Diagnostic>();

  /** @param path - From the root of the commit. */
  const folderAt = async (path: string): Promise<Folder | null | Diagnostic> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const entries = path === "" ? await readFolder(objects, commit.tree) : await subfolder(path);
    folders.set(path, entries);
    return entries;
  };
  const subfolder = async (path: string): Promise<Folder | null | Diagnostic> => {
    const above = await folderAt(parentOf(path));
    if (above === null || isDiagnostic(above)) return above;
    const entry = above.byName.get(nameOf(path));
    return entry?.kind === "folder" ? await readFolder(objects, entry.id) : null;
  };
  const entryAt = async (path: string): Promise<GitEntry | "missing" | Diagnostic> => {
    const above = await folderAt(parentOf(path));
    if (isDiagnostic(above)) return above;
    if (above !== null) return above.byName.get(nameOf(path)) ?? "missing";
    // Not under a folder: a link or submodule on the way says more than "missing".
    const way = await entryAt(parentOf(path));
    return typeof way === "object" && !isDiagnostic(way) && way.kind === "file" ? "missing" : way;
  };
  const inCommit = (path: string): string => (path === "" ? prefix : joinPath(prefix, path));

  return {
    entries: async (folder) => {
      const found = await folderAt(inCommit(folder));
      return found === null || isDiagnostic(found) ? found : found.entries;
    },
    kindAt: async (path) => {
      const whole = inCommit(path);
      if (whole === "") return "folder";
      const entry = await entryAt(whole);
      return typeof entry === "string" || isDiagnostic(entry) ? entry : entry.kind;
    },
    linkTarget: async (path) => {
      const entry = await entryAt(inCommit(path));
      if (typeof entry === "string" || isDiagnostic(entry) || entry.kind !== "link") return null;
      const answer = await objects.get(entry.id, MAX_LINK_BYTES);
      return answer.ok && "object" in answer.value ? answer.value.object.bytes.toString("utf8") : null;
    },
    blobIds: async (paths) => {
      const ids = new Map<string, string>();
      for (const path of paths) {
        // Where the folder was read already there is nothing to wait for.
        const whole = inCommit(path);
        const above = folders.get(parentOf(whole));
        const entry = above && !isDiagnostic(above) ? (above.byName.get(nameOf(whole)) ?? "missing") : await entryAt(whole);
        if (typeof entry === "object" && !isDiagnostic(entry) && entry.kind === "file") ids.set(path, entry.id);
      }
      return ids;
    },
    // Sizes are known only to who reads: nothing is vouched for here.
    ids: () => Promise.resolve(new Map()),
    read: (paths, maxBytes) => readFiles(objects, paths, maxBytes, (path) => entryAt(inCommit(path))),
  };
}

const MAX_LINK_BYTES = 4096;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

async function readFolder(objects: Objects, id: string): Promise<Folder | Diagnostic> {
  const answer = await objects.get(id, LIMITS.gitObjectBytes);
  if (!answer.ok) return answer.diagnostics[0] ?? gitFailed("git failed");
  if (!("object" in answer.value)) return absent(id);
  const entries = parseFolder(answer.value.object);
  if (entries === undefined) return gitFailed(`the object ${id} is not a folder`);
  // Of two entries with one name, which no git writes, the first counts.
  return { entries, byName: new Map(entries.toReversed().map((each) => [each.name, each])) };
}

export function absent(id: string): Diagnostic {
  return gitFailed(
    `the object ${id} is missing`,
    "The clone is partial, shallow or damaged. Fetch it whole (git fetch --refetch), then run the command again.",
  );
}

/** `<mode> <name>\0<id>` again and again, the id in binary. */
function parseFolder(object: GitObject): readonly GitEntry[] | undefined {
  if (object.type !== "tree") return undefined;
  const { bytes } = object;
  const idBytes = object.id.length / 2;
  const entries: GitEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0 || end + 1 + idBytes > bytes.length) return undefined;
    const kind = KINDS[bytes.toString("latin1", at, space)] ?? "other";
    entries.push({ name: bytes.toString("utf8", space + 1, end), kind, id: bytes.toString("hex", end + 1, end + 1 + idBytes) });
    at = end + 1 + idBytes;
  }
  return entries.sort((a, b) => byCodeUnit(a.name, b.name));
}

async function readFiles(
  objects: Objects,
  paths: readonly string[],
  maxBytes: number,
  entryAt: (path: string) => Promise<GitEntry | "missing" | Diagnostic>,
): Promise<ReadonlyMap<string, ReadOutcome>> {
  const outcomes = new Map<string, ReadOutcome>();
  const wanted: { readonly path: string; readonly id: string }[] = [];
  for (const path of new Set(paths)) {
    const entry = await entryAt(path);
    if (isDiagnostic(entry)) outcomes.set(path, { problem: entry });
    else if (entry === "missing") outcomes.set(path, { problem: missingFile(path) });
    else if (entry.kind === "file") wanted.push({ path, id: entry.id });
    else outcomes.set(path, { problem: notAFile(path, entry.kind) });
  }
  const answers = await objects.getAll(
    wanted.map((each) => each.id),
    maxBytes,
  );
  for (const [i, { path, id }] of wanted.entries()) {
    const answer = answers.ok ? answers.value[i] : undefined;
    if (answer === undefined) outcomes.set(path, { problem: answers.ok ? absent(id) : (answers.diagnostics[0] ?? absent(id)) });
    else if ("missing" in answer) outcomes.set(path, { problem: { ...absent(id), at: { file: path, line: 1, column: 1 } } });
    else if ("tooLarge" in answer) outcomes.set(path, { problem: tooLarge(path, answer.tooLarge, maxBytes) });
    else outcomes.set(path, { file: { path, bytes: answer.object.bytes, blobId: id } });
  }
  return outcomes;
}
