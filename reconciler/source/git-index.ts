import { hash } from "node:crypto";
import { lstatSync, readFileSync, statSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { hasAttributes, hasConversions } from "./conversions.ts";
import type { Repository } from "./repository.ts";

/** What git noted when it last hashed the files: where the entry of each path stands in the bytes of the index. */
interface Noted {
  readonly bytes: Buffer;
  readonly entries: ReadonlyMap<string, number>;
}

/** Blob ids that the index vouches for, for files that were not touched since. */
export interface GitIndex {
  /** The id of a file's bytes; undefined where only reading it can tell. */
  idOf(path: string): string | undefined;
}

/** Index files beyond this are not worth reading at once. */
const MAX_BYTES = 512 * 1024 * 1024;
const HEADER_BYTES = 12;
const STAT_BYTES = 40;
const FLAG = { assumeValid: 0x8000, extended: 0x4000, stage: 0x3000 };
const UINT32 = 2 ** 32;

/**
 * The index of the work tree around a folder, read without git. A file whose size, inode and times are
 * those git noted has the bytes that git hashed: `add` reads and notes in one go, and a file changed since
 * has another change time. Left out is what git itself does not trust (racy entries, `assume-unchanged`,
 * `skip-worktree`, conflicts).
 *
 * @param folder - Relative paths start here.
 * @returns undefined where git may have hashed other bytes than are on the disk (attributes, line ends,
 *   filters), or where the index has a form that is not known here.
 */
export function openIndex(repository: Repository, folder: string): GitIndex | undefined {
  const { gitDir, top, prefix, format } = repository;
  if (top === null || format !== "sha1" || hasConversions(gitDir)) return undefined;
  const noted = readIndex(join(gitDir, "index"));
  if (!noted) return undefined;
  const plain = new Map<string, boolean>();
  const isPlain = (at: string): boolean => {
    const known = plain.get(at);
    if (known !== undefined) return known;
    const answer = !hasAttributes(at) && (at === top || dirname(at) === at || isPlain(dirname(at)));
    plain.set(at, answer);
    return answer;
  };
  const start = prefix === "" ? "" : `${prefix}/`;
  return {
    idOf: (path) => {
      const at = noted.entries.get(start + path);
      if (at === undefined) return undefined;
      // The path is a checked, relative one: joining it needs no cleaning.
      const file = `${folder}/${path}`;
      const stats = lstatSync(file, { throwIfNoEntry: false });
      return stats !== undefined && isSame(stats, noted.bytes, at) && isPlain(dirname(file)) ? idAt(noted.bytes, at) : undefined;
    },
  };
}

/** Times in milliseconds, as Node makes them of seconds and nanoseconds. */
function isSame(stats: Stats, bytes: Buffer, at: number): boolean {
  return (
    stats.size === bytes.readUInt32BE(at + 36) &&
    stats.mtimeMs === millisecondsAt(bytes, at + 8) &&
    stats.ctimeMs === millisecondsAt(bytes, at) &&
    stats.ino % UINT32 === bytes.readUInt32BE(at + 20) &&
    stats.isFile()
  );
}

function idAt(bytes: Buffer, at: number): string {
  return bytes.toString("hex", at + STAT_BYTES, at + STAT_BYTES + CHECKSUM_BYTES);
}

/** Entries by path from the top of the work tree; undefined for a form of index that is not known. */
function readIndex(file: string): Noted | undefined {
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > MAX_BYTES) return undefined;
    const bytes = readFileSync(file);
    return isWhole(bytes) ? parseIndex(bytes, mtimeMs) : undefined;
  } catch {
    return undefined;
  }
}

const CHECKSUM_BYTES = 20;

function isWhole(bytes: Buffer): boolean {
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES || bytes.toString("latin1", 0, 4) !== "DIRC") return false;
  const end = bytes.length - CHECKSUM_BYTES;
  return hash("sha1", bytes.subarray(0, end), "hex") === bytes.toString("hex", end);
}

/** Source: git's Documentation/gitformat-index.txt, versions 2 and 3. */
function parseIndex(bytes: Buffer, writtenMs: number): Noted | undefined {
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const count = bytes.readUInt32BE(8);
  const entries = new Map<string, number>();
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    const flags = bytes.readUInt16BE(at + STAT_BYTES + CHECKSUM_BYTES);
    const isExtended = (flags & FLAG.extended) !== 0;
    const nameAt = at + STAT_BYTES + CHECKSUM_BYTES + (isExtended ? 4 : 2);
    const end = bytes.indexOf(0, nameAt);
    if (end < 0) return undefined;
    const modifiedMs = millisecondsAt(bytes, at + 8);
    const isRegular = (bytes.readUInt32BE(at + 24) & 0o170000) === 0o100000;
    // What was modified in the instant the index was written may have been modified again in the same instant.
    if (isRegular && !isExtended && (flags & (FLAG.assumeValid | FLAG.stage)) === 0 && modifiedMs < writtenMs) {
      entries.set(bytes.toString("utf8", nameAt, end), at);
    }
    // Entries end with one to eight NULs, so that each is a multiple of eight bytes long.
    at += Math.ceil((end + 1 - at) / 8) * 8;
  }
  return hasOnlyOptional(bytes, at) ? { bytes, entries } : undefined;
}

function millisecondsAt(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * 1000 + bytes.readUInt32BE(at + 4) / 1_000_000;
}

/** Extensions whose name starts in lower case change what the entries mean. */
function hasOnlyOptional(bytes: Buffer, start: number): boolean {
  const end = bytes.length - CHECKSUM_BYTES;
  let at = start;
  while (at + 8 <= end) {
    const first = bytes[at] ?? 0;
    if (first < 65 || first > 90) return false;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === end;
}
