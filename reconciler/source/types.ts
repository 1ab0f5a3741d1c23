import type { Origin, Result } from "../../core/index.ts";

/** One file as it was read, once. */
export interface SourceFile {
  /** Relative to the folder of moltbot.yaml, with `/`, no `..`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** git's object id of the bytes where it is known. */
  readonly blobId: string | null;
}

/** Where the files came from; evidence of a plan. */
export interface RepositoryInfo {
  /** Full commit hash; null outside git. */
  readonly commit: string | null;
  readonly tree: string | null;
  /** The full ref that was named or is checked out; null when detached or outside git. */
  readonly ref: string | null;
  /**
   * The work tree differs from its commit: in a file that was read, by one that is not in it, or by one
   * that is gone. Always false with `--ref`, and outside git, where there is nothing to differ from.
   */
  readonly dirty: boolean;
  /**
   * With `--ref`: the work tree beside the commit has changes that are not in HEAD, and so not in this
   * plan. For a work tree the same as `dirty`.
   */
  readonly uncommitted: boolean;
}

export interface LoadRequest {
  /** Folders relative to moltbot.yaml; empty means every folder beside it. */
  readonly sources: readonly string[];
  /** Overlay files, or folders of them: read apart, not as manifests. */
  readonly overlays: readonly string[];
  /** Where the overlays are named, for messages: a pointer into moltbot.yaml. */
  readonly overlaysPointer?: string;
  /** Files and folders that are no manifests here either: the overlays of other environments. */
  readonly excluded?: readonly string[];
  readonly maxFiles: number;
}

/** A file that stands where the request looks, and whose bytes nobody needs: what they say is known. */
export interface KnownFile {
  readonly path: string;
  readonly blobId: string;
}

/** How many bytes the file has, where what it says is known from its path and blob id; else undefined. */
export type KnownBytes = (path: string, blobId: string) => number | undefined;

export interface LoadedFiles {
  /** Every manifest below the sources, but for the known ones, sorted by path. moltbot.yaml is not among them. */
  readonly manifests: readonly SourceFile[];
  /** Manifests whose bytes were not kept, or not read at all; sorted by path. */
  readonly known: readonly KnownFile[];
  /** The overlay files, in the order asked for; those of a folder sorted by path. */
  readonly overlays: readonly SourceFile[];
}

/**
 * A repository's files, from the disk or from a commit. Every path is checked before anything is
 * opened; links, devices and submodules are refused, never followed.
 */
export interface Source {
  /** moltbot.yaml, read when the source was opened. */
  readonly project: SourceFile;
  /** Known completely only after the last read: `dirty` looks at what was read. */
  info(): Promise<Result<RepositoryInfo>>;
  /**
   * Every `*.yaml`, `*.yml` and `*.json` below the source folders, but for names that start with a dot,
   * `node_modules`, overlays, and folders with their own moltbot.yaml.
   *
   * @param knownBytes - Asked for each manifest; the bytes of known ones are left where they are.
   */
  load(request: LoadRequest, knownBytes?: KnownBytes): Promise<Result<LoadedFiles>>;
  /**
   * Files named by `{file: path}`, each at most {@link LIMITS.embeddedFileBytes} or what its reference
   * allows. A problem with one is reported at its origin; all problems at once.
   */
  read(
    references: readonly { readonly path: string; readonly origin: Origin; readonly maxBytes?: number }[],
  ): Promise<Result<ReadonlyMap<string, SourceFile>>>;
  /**
   * Every regular file below the folder of moltbot.yaml but what git ignores, sorted by path: manifests or
   * not. Warnings say what was passed over because of its size.
   */
  walk(visit: (file: SourceFile) => void): Promise<Result<void>>;
  /**
   * Files that may be missing, by their path; each at most so many bytes. What stands there and is no regular
   * file, or is too large, is a problem.
   */
  find(paths: readonly string[], maxBytes: number): Promise<Result<ReadonlyMap<string, SourceFile>>>;
  /**
   * The regular files right in a folder whose names end so, sorted by name; none where there is no such folder.
   * They are no part of what is planned: whether they are in the commit changes nothing.
   */
  beside(
    folder: string,
    suffix: string,
    limits: { readonly files: number; readonly bytes: number },
  ): Promise<Result<readonly SourceFile[]>>;
  /**
   * The blob ids of moltbot.yaml, of what {@link load} would read, and of some files that manifests embed,
   * without keeping their bytes. Null where anything stands in the way: then reading them says what.
   */
  identify(request: LoadRequest, embedded: readonly string[]): Promise<ReadonlyMap<string, string> | null>;
  /** The blob ids of some embedded files; those that could not be read are left out. */
  ids(embedded: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Files that take part though nobody reads them count for `info`. */
  count(files: readonly KnownFile[]): void;
  /**
   * The bytes of a file that was looked at before, read again; undefined where they are not the same any more.
   * Absent where nothing can be read again at once: then who needs bytes twice keeps them.
   */
  readonly again?: (path: string) => Uint8Array | undefined;
  /**
   * For a Project with exactly one source: the folder to open instead (absolute), when that source is a
   * folder with its own moltbot.yaml; null otherwise, and null for null.
   */
  delegate(soleSource: string | null): Promise<string | null>;
  close(): Promise<void>;
}

/** A bare clone of one branch that is ours alone, for following a repository elsewhere. */
export interface Mirror {
  /**
   * Brings the mirror up to date. One that is damaged is made anew.
   *
   * @returns the full hash of the branch's commit. `GIT_FAILED` when the repository does not answer or
   *   the transfer was cut; what was fetched before stays in force.
   */
  fetch(signal?: AbortSignal): Promise<Result<string>>;
  /** The commit that was fetched last, also by an earlier process; null before the first. */
  head(): Promise<Result<string | null>>;
  /** The folder to give to `openCommit` (and to join a subfolder to). */
  readonly folder: string;
}

export interface MirrorOptions {
  /** The address is one the user typed: only then may it be a local path. */
  readonly allowLocal?: boolean;
  /** The mirror may change from another repository or branch to this one. */
  readonly rebind?: boolean;
}
