import type { KnownFile, Source, SourceFile } from "./source/index.ts";

/** Bytes of files by path; undefined where they are not at hand any more. */
export interface FileBytes {
  get(path: string): Uint8Array | undefined;
  has(path: string): boolean;
}

/** The files of one reading: which they are, and where their bytes come from when a position is wanted. */
export interface Files {
  /** In the order of reading. */
  readonly ids: ReadonlyMap<string, string | null>;
  readonly bytes: FileBytes;
  note(file: SourceFile | KnownFile): void;
}

/** Only what is printed is ever located, so bytes are kept only where they cannot be read again. */
export function openFiles({ again }: Source): Files {
  const ids = new Map<string, string | null>();
  const kept = new Map<string, Uint8Array>();
  const reading = again && { has: (path: string) => ids.has(path), get: (path: string) => kept.get(path) ?? again(path) };
  return {
    ids,
    bytes: reading ?? kept,
    note: (file) => {
      ids.set(file.path, file.blobId);
      // Without an id nobody could tell whether the file is still the same.
      if ("bytes" in file && (!again || file.blobId === null)) kept.set(file.path, file.bytes);
    },
  };
}
