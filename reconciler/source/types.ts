import type { Result } from "../../core/index.ts";

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
  /** The work tree differs from its commit in a file that was read, or holds one that is not in it. Always false with `--ref`. */
  readonly dirty: boolean;
}

export interface LoadRequest {
  /** Folders relative to moltbot.yaml; empty means the folder of moltbot.yaml itself. */
  readonly sources: readonly string[];
  /** Manifest files that are named elsewhere (overlays): read apart, not as manifests. */
  readonly overlays: readonly string[];
  readonly maxFiles: number;
}

export interface LoadedFiles {
  /** Every manifest below the sources, sorted by path. moltbot.yaml is not among them. */
  readonly manifests: readonly SourceFile[];
  /** The overlay files, in the order asked for. */
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
  load(request: LoadRequest): Promise<Result<LoadedFiles>>;
  /** Files named by `{file: path}`, each at most {@link LIMITS.embeddedFileBytes}. */
  read(paths: readonly string[]): Promise<Result<ReadonlyMap<string, SourceFile>>>;
  close(): Promise<void>;
}
