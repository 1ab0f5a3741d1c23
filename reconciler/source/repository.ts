import { lstatSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ObjectFormat } from "./blob-id.ts";

/** A repository on this machine and where in it a folder lies. */
export interface Repository {
  /** Given to git as it is: git searches for nothing itself. */
  readonly gitDir: string;
  /** The folder's path in a commit, `""` for its root. */
  readonly prefix: string;
  /** The top of the work tree; null for a bare repository. */
  readonly top: string | null;
  readonly format: ObjectFormat;
}

/**
 * The repository around a folder. The folder itself need not exist: it may be in the commit only. A
 * `.git` anywhere above wins over a bare repository, so that a folder made to look like one inside a
 * work tree is a folder of that work tree and nothing more.
 */
export function findRepository(folder: string): Repository | undefined {
  const start = realest(resolve(folder));
  const mirror = [...ancestors(start)].find(isMirror);
  if (mirror !== undefined) return repositoryAt(mirror, start, mirror, null);
  for (const top of ancestors(start)) {
    const gitDir = gitDirOf(join(top, ".git"), top);
    if (gitDir !== undefined) return repositoryAt(gitDir, start, top, top);
  }
  const bare = [...ancestors(start)].find(isGitDir);
  return bare === undefined ? undefined : repositoryAt(bare, start, bare, null);
}

function repositoryAt(gitDir: string, start: string, base: string, top: string | null): Repository {
  return { gitDir, prefix: relative(base, start).split(sep).join("/"), top, format: formatOf(gitDir) };
}

/** The file that marks a bare repository as a mirror of ours; see {@link isMirror}. */
export const MIRROR_FILE = "moltbot-mirror.json";

/** Ours alone: marked, readable and writable by us only. No checkout of a commit can make such a folder. */
export function isMirror(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory() || (stats.mode & 0o077) !== 0 || stats.uid !== process.getuid?.()) return false;
  return lstatSync(join(folder, MIRROR_FILE), { throwIfNoEntry: false })?.isFile() === true && isGitDir(folder);
}

/** Left in a mirror by a reader that found an object missing or changed; the next fetch then makes it anew. */
const DAMAGE_FILE = "moltbot-damaged";

export function markDamaged(gitDir: string): void {
  if (isMirror(gitDir)) writeFileSync(join(gitDir, DAMAGE_FILE), "", { mode: 0o600 });
}

export function isMarkedDamaged(mirror: string): boolean {
  return lstatSync(join(mirror, DAMAGE_FILE), { throwIfNoEntry: false }) !== undefined;
}

function* ancestors(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (dirname(at) === at) return;
  }
}

/** Links resolved as far as the path exists, the rest as it is written. */
function realest(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realest(parent), relative(parent, path));
  }
}

/** `.git` as a folder, or as the file of a linked work tree or submodule that names one. */
function gitDirOf(dotGit: string, top: string): string | undefined {
  const stats = statSync(dotGit, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return isGitDir(dotGit) ? dotGit : undefined;
  if (!stats?.isFile()) return undefined;
  const target = /^gitdir: ([^\n\r]+)/.exec(smallFile(dotGit))?.[1];
  if (target === undefined) return undefined;
  const gitDir = isAbsolute(target) ? target : resolve(top, target);
  return isGitDir(gitDir) ? gitDir : undefined;
}

function isGitDir(folder: string): boolean {
  const common = commonDirOf(folder);
  return isFile(join(folder, "HEAD")) && isFolder(join(common, "objects")) && isFolder(join(common, "refs"));
}

/** Linked work trees share objects and branches with the main one. */
export function commonDirOf(gitDir: string): string {
  const common = smallFile(join(gitDir, "commondir")).trim();
  return common === "" ? gitDir : resolve(gitDir, common);
}

function formatOf(gitDir: string): ObjectFormat {
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(smallFile(join(commonDirOf(gitDir), "config"))) ? "sha256" : "sha1";
}

const MAX_SMALL_FILE_BYTES = 1024 * 1024;

/** The text of one of git's own small files; empty when it is none. */
function smallFile(path: string): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() && stats.size <= MAX_SMALL_FILE_BYTES ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}

/** The branch that is checked out; null when it is a commit. */
export function headRef(repository: Repository): string | null {
  return /^ref: (refs\/[^\n\r]+)/.exec(smallFile(join(repository.gitDir, "HEAD")))?.[1] ?? null;
}

function isFile(path: string): boolean {
  // HEAD may be a link in very old repositories; what it points to need not exist.
  return unlessClosed(() => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false);
}

function isFolder(path: string): boolean {
  return unlessClosed(() => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}

/** A repository that is closed to us is one all the same: passed over, its commits would be taken for none. git says why it cannot be read. */
function unlessClosed(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return true;
  }
}
