import { digestBytes, fail, LIMITS, ok, problem, shown, type Digest, type Result } from "../../../core/index.ts";
import { gunzip } from "./gzip.ts";
import { BLOCK, readHeader, type Header } from "./header.ts";
import { newNames, type Names } from "./names.ts";

export interface ArchiveFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}

/** A whole archive that was found good. */
export interface Archive {
  readonly digest: Digest;
  /** Sorted by path. */
  readonly files: readonly ArchiveFile[];
}

class Refusal extends Error {
  readonly isLimit: boolean;
  constructor(what: string, isLimit = false) {
    super(what);
    this.isLimit = isLimit;
  }
}

/**
 * Reads a tar.gz as strictly as it can be read: plain files and folders in the ustar form, of pax headers
 * only path and size. One bad entry refuses the whole. Nothing is written anywhere.
 *
 * @returns `ARCHIVE_INVALID` or `ARCHIVE_LIMIT`. Never throws.
 */
export function readArchive(packed: Uint8Array): Result<Archive> {
  try {
    if (packed.byteLength > LIMITS.archiveBytes)
      throw new Refusal(`it has ${packed.byteLength} bytes; the limit is ${LIMITS.archiveBytes}`, true);
    const unpacked = gunzip(packed);
    if ("wrong" in unpacked) throw new Refusal(unpacked.wrong, unpacked.isLimit);
    const files = entriesOf(unpacked.bytes).sort((a, b) => (a.path < b.path ? -1 : 1));
    if (files.length === 0) throw new Refusal("there is no file in it");
    return ok({ digest: digestBytes(packed), files });
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

function refused({ message, isLimit }: Refusal): Result<never> {
  return fail(
    problem(isLimit ? "ARCHIVE_LIMIT" : "ARCHIVE_INVALID", {
      detail: `The archive is refused as a whole: ${message}.`,
      remedy: "Pack it again:\n  moltbot plugin pack DIR",
    }),
  );
}

interface Walk {
  readonly bytes: Buffer;
  at: number;
  count: number;
  readonly names: Names;
}

/** What an extended header says about the next entry. */
interface Extension {
  readonly path?: string;
  readonly size?: number;
}

function entriesOf(bytes: Buffer): ArchiveFile[] {
  const walk: Walk = { bytes, at: 0, count: 0, names: newNames() };
  const files: ArchiveFile[] = [];
  let extension: Extension = {};
  for (;;) {
    const block = take(walk, BLOCK);
    if (isZero(block)) {
      end(walk, extension);
      return files;
    }
    const header = readHeader(block);
    if (typeof header === "string") throw new Refusal(header);
    if (++walk.count > LIMITS.archiveEntries) throw new Refusal(`it has more than ${LIMITS.archiveEntries} entries`, true);
    if (header.kind === "extended") {
      if (Object.keys(extension).length > 0) throw new Refusal("two extended headers follow each other");
      extension = readExtension(content(walk, header.size));
      continue;
    }
    const file = readEntry(walk, header, extension);
    if (file) files.push(file);
    extension = {};
  }
}

function readEntry(walk: Walk, header: Header, extension: Extension): ArchiveFile | undefined {
  const isFolder = header.kind === "folder";
  const name = extension.path ?? header.name;
  const path = isFolder ? name.replace(/\/$/, "") : name;
  const wrong = walk.names.take(path, isFolder ? "folder" : "file");
  if (wrong !== undefined) throw new Refusal(wrong);
  if (isFolder) {
    if (extension.size !== undefined && extension.size !== 0) throw new Refusal(`the folder ${shown(path)} has content`);
    return undefined;
  }
  return { path, bytes: content(walk, extension.size ?? header.size), isExecutable: (header.mode & 0o111) !== 0 };
}

/** Two blocks of zeros end an archive, and zeros alone may follow. */
function end(walk: Walk, extension: Extension): void {
  if (Object.keys(extension).length > 0) throw new Refusal("it ends after an extended header");
  if (!isZero(take(walk, BLOCK))) throw new Refusal("its end marker is not whole");
  if (!isZero(walk.bytes.subarray(walk.at))) throw new Refusal("bytes follow its end marker");
}

function take(walk: Walk, count: number): Buffer {
  if (walk.at + count > walk.bytes.length) throw new Refusal("it ends before its end marker, or an entry claims more than there is");
  const part = walk.bytes.subarray(walk.at, walk.at + count);
  walk.at += count;
  return part;
}

/** The bytes of an entry; what fills its last block must be zeros, so that nothing hides there. */
function content(walk: Walk, size: number): Buffer {
  const bytes = take(walk, size);
  if (!isZero(take(walk, (BLOCK - (size % BLOCK)) % BLOCK))) throw new Refusal("bytes hide behind the end of an entry");
  return bytes;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((each) => each === 0);
}

const MAX_EXTENSION_BYTES = 8 * 1024;

/** Records of the form `<length> <key>=<value>\n`. */
function readExtension(bytes: Buffer): Extension {
  if (bytes.length > MAX_EXTENSION_BYTES) throw new Refusal("an extended header is too large", true);
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const [whole = "", length = ""] = /^([1-9]\d{0,4}) /.exec(bytes.toString("latin1", at, at + 6)) ?? [];
    const end_ = at + Number(length);
    const record = bytes.subarray(at + whole.length, end_ - 1);
    const split = record.indexOf("=");
    if (whole === "" || end_ > bytes.length || bytes[end_ - 1] !== 10 || split < 1) throw new Refusal("an extended header cannot be read");
    const key = record.toString("latin1", 0, split);
    if (found.has(key)) throw new Refusal(`an extended header says ${shown(key)} twice`);
    found.set(key, utf8(record.subarray(split + 1)));
    at = end_;
  }
  return extensionOf(found);
}

function extensionOf(found: ReadonlyMap<string, string>): Extension {
  for (const key of found.keys())
    if (key !== "path" && key !== "size") throw new Refusal(`an extended header says ${shown(key)}; only path and size are read`);
  const size = found.get("size");
  const path = found.get("path");
  if (size !== undefined && !/^(?:0|[1-9]\d{0,14})$/.test(size)) throw new Refusal("an extended header has a size that is none");
  return { ...(path === undefined ? {} : { path }), ...(size === undefined ? {} : { size: Number(size) }) };
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("a name is not UTF-8 text");
  }
}
