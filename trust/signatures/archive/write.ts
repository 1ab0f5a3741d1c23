import { byCodeUnit, fail, LIMITS, ok, problem, type Result } from "../../../core/index.ts";
import { gzip } from "./gzip.ts";
import { BLOCK, writeHeader } from "./header.ts";
import { newNames } from "./names.ts";
import { readArchive, type ArchiveFile } from "./read.ts";

/**
 * The archive of some files: the same files give the same bytes on any machine. Sorted, without times and
 * owners, files only (folders follow from them).
 *
 * @returns `ARCHIVE_INVALID` or `ARCHIVE_LIMIT` for what the reader would refuse.
 */
export function writeArchive(files: readonly ArchiveFile[]): Result<Uint8Array> {
  const names = newNames();
  const parts: Buffer[] = [];
  for (const file of files.toSorted((a, b) => byCodeUnit(a.path, b.path))) {
    const wrong = names.take(file.path, "file");
    if (wrong !== undefined) return refused(wrong);
    parts.push(...entry(file));
  }
  const packed = gzip(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
  if (packed.byteLength > LIMITS.archiveBytes) return tooLarge(packed.byteLength);
  const again = readArchive(packed);
  return again.ok ? ok(packed) : again;
}

const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

function entry({ path, bytes, isExecutable }: ArchiveFile): Buffer[] {
  const mode = isExecutable ? 0o755 : 0o644;
  const [prefix, name] = splitPath(path) ?? ["", undefined];
  const long = name === undefined ? extended(path) : [];
  return [...long, writeHeader(name ?? "long", prefix, bytes.byteLength, mode, "0"), ...filled(bytes)];
}

/** A path over the two fields of a header, or undefined where it does not fit. */
function splitPath(path: string): readonly [string, string] | undefined {
  if (Buffer.byteLength(path) <= NAME_BYTES) return ["", path];
  for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= PREFIX_BYTES && Buffer.byteLength(name) <= NAME_BYTES) return [prefix, name];
  }
  return undefined;
}

/** A path that fits no header, as a pax record whose length counts itself. */
function extended(path: string): Buffer[] {
  const rest = ` path=${path}\n`;
  const size = Buffer.byteLength(rest);
  const length = String(size + String(size).length).length;
  const record = Buffer.from(`${size + length}${rest}`);
  return [writeHeader("pax", "", record.length, 0o644, "x"), ...filled(record)];
}

function filled(bytes: Uint8Array): Buffer[] {
  const rest = (BLOCK - (bytes.byteLength % BLOCK)) % BLOCK;
  return [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), Buffer.alloc(rest)];
}

function refused(what: string): Result<never> {
  return fail(problem("ARCHIVE_INVALID", { detail: `This cannot be packed: ${what}.`, remedy: "Rename it, or leave it out." }));
}

function tooLarge(bytes: number): Result<never> {
  const detail = `The archive would have ${bytes} bytes; the limit is ${LIMITS.archiveBytes}.`;
  return fail(problem("ARCHIVE_LIMIT", { detail, remedy: "Leave out what the plugin does not need." }));
}
