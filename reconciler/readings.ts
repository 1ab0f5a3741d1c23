import type { Address, Diagnostic, Kinds } from "../core/index.ts";
import { parseFile, validateDocument, type WrittenResource } from "./manifest/index.ts";
import { fileReferences, type FileReference, type WrittenOrFinished } from "./resolve/index.ts";
import type { SourceFile } from "./source/index.ts";

/** What manifests say: their sound resources, and everything that is wrong with the others. */
export interface Reading {
  readonly resources: readonly WrittenOrFinished[];
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileReference[];
  /** Addresses that unsound documents declare. */
  readonly invalid: readonly Address[];
  /** Files that hold no document at all: often one that was cut or emptied by mistake. */
  readonly empty: readonly string[];
}

/**
 * Files as they were read before in this process. A file of the same bytes under the same path reads as
 * the same value, so the second plan of an apply, and each plan of a watch, parse only what changed.
 * Nothing of it outlives the process, and bytes are compared, not times or digests.
 */
export interface Readings {
  of(file: SourceFile, kinds: Kinds, isPartial: boolean): Reading;
  /**
   * What a manifest said when it had this blob id, and its size; undefined where it was another one, or must be
   * read anyway because it was not sound or embeds files. Absent for who takes nothing but bytes for an answer.
   */
  readonly withId?: (path: string, blobId: string, kinds: Kinds) => { readonly reading: Reading; readonly bytes: number } | undefined;
}

interface Known {
  readonly bytes: Uint8Array;
  readonly blobId: string | null;
  readonly kinds: Kinds;
  readonly reading: Reading;
}

/** @param trustsIds - For who only shows: a file with the same blob id is not even read. */
export function newReadings({ trustsIds = false }: { readonly trustsIds?: boolean } = {}): Readings {
  const known = new Map<string, Known>();
  const withId: Readings["withId"] = (path, blobId, kinds) => {
    const before = known.get(`manifest ${path}`);
    const isSame = before !== undefined && before.kinds === kinds && before.blobId === blobId;
    return isSame && isSound(before.reading) ? { reading: before.reading, bytes: before.bytes.byteLength } : undefined;
  };
  return {
    ...(trustsIds ? { withId } : {}),
    of: (file, kinds, isPartial) => {
      const name = `${isPartial ? "overlay" : "manifest"} ${file.path}`;
      const before = known.get(name);
      if (before?.kinds === kinds && Buffer.compare(before.bytes, file.bytes) === 0) {
        known.set(name, { ...before, blobId: file.blobId });
        return before.reading;
      }
      const reading = readManifest(file, kinds, isPartial);
      known.set(name, { bytes: file.bytes, blobId: file.blobId, kinds, reading });
      return reading;
    },
  };
}

function isSound({ resources, diagnostics, invalid, files }: Reading): boolean {
  return resources.length > 0 && diagnostics.length === 0 && invalid.length === 0 && files.length === 0;
}

/** parse -> validate, one file. Pure. */
export function readManifest(file: SourceFile, kinds: Kinds, partial: boolean): Reading {
  const parsed = parseFile(file);
  const diagnostics = [...parsed.diagnostics];
  const invalid = [...parsed.unread];
  const resources: WrittenResource[] = [];
  const files: FileReference[] = [];
  for (const document of parsed.documents) {
    const { resource, address, diagnostics: wrong } = validateDocument(document, kinds, { partial });
    for (const each of wrong) diagnostics.push(each);
    if (resource) {
      resources.push(resource);
      for (const each of fileReferences(resource, kinds.byName.get(resource.kind)?.schema)) files.push(each);
    } else if (address) invalid.push(address);
  }
  const isEmpty = parsed.documents.length === 0 && diagnostics.length === 0 && invalid.length === 0;
  return { resources, diagnostics, files, invalid, empty: isEmpty ? [file.path] : [] };
}

/** Many files as one. */
export function readManifests(manifests: readonly SourceFile[], kinds: Kinds, isPartial: boolean, readings: Readings | undefined): Reading {
  return together(manifests.map((file) => readOne(file, kinds, isPartial, readings)));
}

/** What one file says, which this process may have read before. */
export function readOne(file: SourceFile, kinds: Kinds, isPartial: boolean, readings: Readings | undefined): Reading {
  return readings ? readings.of(file, kinds, isPartial) : readManifest(file, kinds, isPartial);
}

export function together(all: readonly Reading[]): Reading {
  return {
    resources: all.flatMap((each) => each.resources),
    diagnostics: all.flatMap((each) => each.diagnostics),
    files: all.flatMap((each) => each.files),
    invalid: all.flatMap((each) => each.invalid),
    empty: all.flatMap((each) => each.empty),
  };
}
