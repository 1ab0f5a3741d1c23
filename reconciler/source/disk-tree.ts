import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Dirent,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import { byCodeUnit, type Diagnostic } from "../../core/index.ts";
import { blobIdOf, type ObjectFormat } from "./blob-id.ts";
import type { GitIndex } from "./git-index.ts";
import { parentOf } from "./path.ts";
import { missingFile, notAFile, readFailed, tooLarge, type Entry, type EntryKind, type ReadOutcome, type Tree } from "./tree.ts";
import type { KnownBytes } from "./types.ts";

/** Never through a link, never waiting for the other end of a FIFO. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * The files on the disk below `root`. Synchronous calls: for many small files they take half the time
 * of asynchronous ones.
 */
export function diskTree(root: string, format: ObjectFormat, openIndex: () => GitIndex | undefined = () => undefined): Tree {
  const solid = new Set<string>([""]);
  let opened: { readonly index: GitIndex | undefined } | undefined;
  const index = (): GitIndex | undefined => (opened ??= { index: openIndex() }).index;
  // Asked twice in one run (for a finished plan, then for finished files), a path has one answer.
  const ids = new Map<string, string | undefined>();
  const vouched = (path: string): string | undefined => {
    if (!ids.has(path)) ids.set(path, index()?.idOf(path));
    return ids.get(path);
  };
  const readUnless = (path: string, maxBytes: number, knownBytes: KnownBytes | undefined): ReadOutcome => {
    const id = knownBytes && vouched(path);
    const size = id === undefined ? undefined : knownBytes?.(path, id);
    if (id !== undefined && size !== undefined) return { known: { path, blobId: id }, size };
    const outcome = readOne(root, path, maxBytes, format);
    return knownBytes ? withoutKnown(outcome, knownBytes) : outcome;
  };
  return {
    entries: (folder) => Promise.resolve(entriesOf(root, folder)),
    kindAt: (path) => Promise.resolve(kindAt(root, path, solid)),
    linkTarget: (path) => Promise.resolve(linkTarget(root, path)),
    ids: (paths, maxBytes) => Promise.resolve(idsOf(root, paths, maxBytes, format, vouched)),
    read: (paths, maxBytes, knownBytes) => Promise.resolve(new Map(paths.map((path) => [path, readUnless(path, maxBytes, knownBytes)]))),
    readNow: (path, maxBytes) => {
      const outcome = readOne(root, path, maxBytes, format);
      return "file" in outcome ? outcome.file : undefined;
    },
  };
}

function entriesOf(root: string, folder: string): readonly Entry[] | null | Diagnostic {
  try {
    const dirents = readdirSync(join(root, folder), { withFileTypes: true });
    // A folder with git's own folder in it is another repository, whatever lies around it.
    return dirents.map((dirent) => ({ name: dirent.name, kind: kindOf(root, folder, dirent) })).sort((a, b) => byCodeUnit(a.name, b.name));
  } catch (error) {
    const code = errorCode(error);
    return code === "ENOENT" || code === "ENOTDIR" ? null : readFailed(folder, code);
  }
}

function kindOf(root: string, folder: string, dirent: Dirent): EntryKind {
  if (dirent.isFile()) return "file";
  if (dirent.isSymbolicLink()) return "link";
  if (!dirent.isDirectory()) return "other";
  return isRepository(join(root, folder, dirent.name)) ? "submodule" : "folder";
}

function isRepository(folder: string): boolean {
  return lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined;
}

/** @param solid - Folders already found to be real ones, links on the way excluded. */
function kindAt(root: string, path: string, solid: Set<string>): EntryKind | "missing" | Diagnostic {
  try {
    const parent = parentOf(path);
    if (!solid.has(parent)) {
      const above = kindAt(root, parent, solid);
      if (above === "file" || above === "other") return "missing";
      if (above !== "folder") return above;
    }
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stats === undefined) return "missing";
    const kind = kindOfStats(stats, join(root, path));
    if (kind === "folder") solid.add(path);
    return kind;
  } catch (error) {
    return readFailed(path, errorCode(error));
  }
}

function kindOfStats(stats: Stats, path: string): EntryKind {
  if (stats.isFile()) return "file";
  if (stats.isSymbolicLink()) return "link";
  if (!stats.isDirectory()) return "other";
  return isRepository(path) ? "submodule" : "folder";
}

function linkTarget(root: string, path: string): string | null {
  try {
    return readlinkSync(join(root, path));
  } catch {
    return null;
  }
}

/** Opened once, looked at through the descriptor, read once: what is checked is what is used. */
function readOne(root: string, path: string, maxBytes: number, format: ObjectFormat): ReadOutcome {
  let fd: number | undefined;
  try {
    fd = openSync(join(root, path), OPEN_FLAGS);
    const stats = fstatSync(fd);
    if (!stats.isFile()) return { problem: notAFile(path, stats.isDirectory() ? "folder" : "other") };
    if (stats.size > maxBytes) return { problem: tooLarge(path, stats.size, maxBytes) };
    const bytes = readAll(fd, stats.size, maxBytes);
    return bytes === null ? { problem: tooLarge(path, null, maxBytes) } : { file: { path, bytes, blobId: blobIdOf(bytes, format) } };
  } catch (error) {
    return { problem: openProblem(path, errorCode(error)) };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Where nothing vouches for a file, its bytes are read and hashed; they are not kept when they are known. */
function withoutKnown(outcome: ReadOutcome, knownBytes: KnownBytes): ReadOutcome {
  if (!("file" in outcome) || outcome.file.blobId === null) return outcome;
  const { path, blobId } = outcome.file;
  const size = knownBytes(path, blobId);
  return size === undefined ? outcome : { known: { path, blobId }, size };
}

/** From the index where it vouches for a file, else from the file itself. */
function idsOf(
  root: string,
  paths: readonly string[],
  maxBytes: number,
  format: ObjectFormat,
  vouched: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const path of paths) {
    const known = vouched(path);
    const outcome = known === undefined ? readOne(root, path, maxBytes, format) : undefined;
    if (known !== undefined) ids.set(path, known);
    else if (outcome && "file" in outcome && outcome.file.blobId !== null) ids.set(path, outcome.file.blobId);
  }
  return ids;
}

/** A file may grow while it is read; null when it grows past the limit. */
function readAll(fd: number, size: number, maxBytes: number): Buffer | null {
  // One byte more than expected: a read that comes back short of it has seen the end.
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(fd, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0 || length < buffer.length) return buffer.subarray(0, length);
    if (length > maxBytes) return null;
    buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, maxBytes + 1));
  }
}

function openProblem(path: string, code: string): Diagnostic {
  if (code === "ELOOP" || code === "EMLINK") return notAFile(path, "link");
  if (code === "ENXIO") return notAFile(path, "other");
  return code === "ENOENT" || code === "ENOTDIR" ? missingFile(path) : readFailed(path, code);
}

function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}
