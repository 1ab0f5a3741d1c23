import { problem, shown, type Diagnostic } from "../../core/index.ts";
import type { KnownBytes, KnownFile, SourceFile } from "./types.ts";

/** What stands at a path. `other` is a FIFO, socket or device. */
export type EntryKind = "file" | "folder" | "link" | "submodule" | "other";

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** The name of a Project's own file; a folder that has one is a Project. */
export const PROJECT_FILE = "moltbot.yaml";

export type ReadOutcome =
  | { readonly file: SourceFile }
  | { readonly known: KnownFile; readonly size: number }
  | { readonly problem: Diagnostic };

/**
 * Files and folders below the folder of moltbot.yaml, on the disk or in a commit. Paths are relative
 * to it, `""` is it. Nothing is ever followed: a link is an entry of its own kind.
 */
export interface Tree {
  /** Sorted by name. Null when there is no such folder; a diagnostic when it cannot be read. */
  entries(folder: string): Promise<readonly Entry[] | null | Diagnostic>;
  /** What stands at the path; `missing`, or the first link on the way (then the path is behind it). */
  kindAt(path: string): Promise<EntryKind | "missing" | Diagnostic>;
  /** Where a link points, as written. */
  linkTarget(path: string): Promise<string | null>;
  /** The blob id of each regular file of at most so many bytes; others are left out. */
  ids(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, string>>;
  /** Every file once, each opened once; more bytes than allowed are never kept, and none of what is known. */
  read(paths: readonly string[], maxBytes: number, knownBytes?: KnownBytes): Promise<ReadonlyMap<string, ReadOutcome>>;
  /** One file, now; absent where that takes waiting. */
  readonly readNow?: (path: string, maxBytes: number) => SourceFile | undefined;
}

export function isDiagnostic(value: unknown): value is Diagnostic {
  return typeof value === "object" && value !== null && "severity" in value;
}

const WORDS: Readonly<Record<Exclude<EntryKind, "file">, string>> = {
  folder: "a folder",
  link: "a symbolic link",
  submodule: "another repository (a submodule or clone)",
  other: "a FIFO, socket or device",
};

/** What is not a regular file where one is due; not one byte of it is read. */
export function notAFile(path: string, kind: Exclude<EntryKind, "file">): Diagnostic {
  return problem("NOT_A_FILE", {
    detail: `${shown(path)} is ${WORDS[kind]}. Only regular files of this repository are read.`,
    remedy:
      kind === "submodule"
        ? "Name the folders to read in spec.sources, without it."
        : "Put a regular file in its place, or move it out of the source folders.",
    at: { file: path, line: 1, column: 1 },
  });
}

export function tooLarge(path: string, bytes: number | null, maxBytes: number): Diagnostic {
  return problem("FILE_TOO_LARGE", {
    detail: `${shown(path)} has ${bytes === null ? "more than that" : `${bytes} bytes`}; ${maxBytes} bytes are allowed.`,
    remedy: "Split the file, or move it out of the source folders.",
    at: { file: path, line: 1, column: 1 },
  });
}

export function missingFile(path: string): Diagnostic {
  return problem("FILE_MISSING", {
    detail: `There is no file ${shown(path)}.`,
    remedy: "Correct the path; it is relative to moltbot.yaml, and upper and lower case differ.",
    at: { file: path, line: 1, column: 1 },
  });
}

export function readFailed(path: string, why: string): Diagnostic {
  return problem("READ_FAILED", {
    detail: `${shown(path === "" ? "." : path)} could not be read: ${why}.`,
    remedy: "Check the permissions of the file and of the folders above it, then run the command again.",
    at: { file: path, line: 1, column: 1 },
  });
}
