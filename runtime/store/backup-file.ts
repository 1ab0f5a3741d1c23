import { createHash } from "node:crypto";
import fs from "node:fs";
import {
  canonicalJson,
  digestBytes,
  isDigest,
  isObject,
  LIMITS,
  problem,
  shown,
  type Digest,
  type Instant,
  type Json,
  type LedgerHead,
} from "../../core/index.ts";
import { StoreFault } from "./faults.ts";
import { statOf } from "./files.ts";

/**
 * A backup: one line of JSON that says what it is, then the bytes of a database file, closed by their
 * digest. The line is enough to list backups, and encrypted records stay encrypted. Without keys,
 * `tail -n +2` gives a file that SQLite opens; with keys, an age file with them stands behind it.
 */
export interface BackupHeader {
  readonly formatVersion: "1.0" | "1.1";
  readonly kind: "Backup";
  readonly storeFormat: string;
  readonly lineage: string;
  readonly head: LedgerHead;
  readonly createdAt: Instant;
  /** Of the content after the first line. */
  readonly bytes: number;
  readonly digest: Digest;
  /** The keys behind the content, an age file; absent where they were left out. */
  readonly keys?: { readonly bytes: number; readonly digest: Digest };
}

const MAX_HEADER_BYTES = 4_096;
/** Three key files, sealed for as many people as a secret may have. */
const MAX_KEYS_BYTES = 1024 * 1024;
const CHUNK = 1024 * 1024;
const MAJOR = /^1\./;

/** What a header says before its contents are counted. */
export type BackupStart = Omit<BackupHeader, "bytes" | "digest" | "keys" | "formatVersion">;

/** Writes header, content and keys to an open file. */
export function writeBackup(out: number, start: BackupStart, content: string, keys: Uint8Array | null): BackupHeader {
  const { bytes, digest } = digestOfFile(content);
  const withKeys = keys && { keys: { bytes: keys.length, digest: digestBytes(keys) } };
  const whole: BackupHeader = { formatVersion: keys ? "1.1" : "1.0", ...start, bytes, digest, ...withKeys };
  fs.writeFileSync(out, `${canonicalJson(whole as unknown as Json)}\n`);
  eachChunk(content, 0, Infinity, (chunk) => fs.writeFileSync(out, chunk));
  if (keys) fs.writeFileSync(out, keys);
  return whole;
}

/**
 * Checks a backup and unpacks its content to a new file.
 * @throws StoreFault `BACKUP_INVALID` or `STORE_LIMIT`; what was written by then is the caller's to remove
 */
export function unpackBackup(file: string, to: number): BackupHeader {
  const stats = statOf(file);
  if (!stats?.isFile()) throw invalid(file, "is not a regular file");
  if (stats.size > LIMITS.backupBytes) {
    throw new StoreFault(
      problem("STORE_LIMIT", {
        detail: `The backup has ${stats.size} bytes; limits.backupBytes is ${LIMITS.backupBytes}.`,
        context: { limit: LIMITS.backupBytes },
      }),
    );
  }
  const { header, headerBytes } = readHeader(file);
  if (stats.size !== headerBytes + header.bytes + (header.keys?.bytes ?? 0))
    throw invalid(file, "was cut short or has bytes after its end");
  const hash = createHash("sha256");
  eachChunk(file, headerBytes, header.bytes, (chunk) => {
    hash.update(chunk);
    fs.writeFileSync(to, chunk);
  });
  if (`sha256:${hash.digest("hex")}` !== header.digest) throw invalid(file, "does not match its digest");
  return header;
}

/** The sealed keys of a backup, as they were written; null where it has none. */
export function readBackupKeys(file: string): Uint8Array | null {
  const stats = statOf(file);
  if (!stats?.isFile()) throw invalid(file, "is not a regular file");
  const { header, headerBytes } = readHeader(file);
  if (!header.keys) return null;
  if (header.keys.bytes > MAX_KEYS_BYTES) throw invalid(file, "says that its keys are larger than keys are");
  const chunks: Buffer[] = [];
  eachChunk(file, headerBytes + header.bytes, header.keys.bytes, (chunk) => void chunks.push(Buffer.from(chunk)));
  const bytes = Buffer.concat(chunks);
  if (digestBytes(bytes) !== header.keys.digest) throw invalid(file, "does not match the digest of its keys");
  return bytes;
}

function readHeader(file: string): { readonly header: BackupHeader; readonly headerBytes: number } {
  const fd = fs.openSync(file, "r");
  try {
    const buffer = Buffer.alloc(MAX_HEADER_BYTES);
    const start = buffer.subarray(0, fs.readSync(fd, buffer));
    const end = start.indexOf("\n");
    const value = end < 0 ? undefined : parse(start.toString("utf8", 0, end));
    if (!isHeader(value)) throw invalid(file, "does not begin as a backup that this moltbot knows");
    return { header: value, headerBytes: end + 1 };
  } finally {
    fs.closeSync(fd);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is BackupHeader {
  if (!isObject(value) || value.kind !== "Backup" || typeof value.formatVersion !== "string" || !MAJOR.test(value.formatVersion))
    return false;
  const { head, bytes, digest, lineage, storeFormat } = value;
  if (value.keys !== undefined && !(isObject(value.keys) && isCount(value.keys.bytes) && isDigest(value.keys.digest))) return false;
  const isHead = isObject(head) && Number.isSafeInteger(head.seq) && isDigest(head.hash);
  return isHead && isCount(bytes) && isDigest(digest) && typeof lineage === "string" && typeof storeFormat === "string";
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function digestOfFile(file: string): { readonly bytes: number; readonly digest: Digest } {
  const hash = createHash("sha256");
  let bytes = 0;
  eachChunk(file, 0, Infinity, (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  return { bytes, digest: `sha256:${hash.digest("hex")}` };
}

/** At most `length` bytes of a file from `from` on. */
function eachChunk(file: string, from: number, length: number, use: (chunk: Uint8Array) => void): void {
  const fd = fs.openSync(file, "r");
  try {
    const buffer = Buffer.alloc(CHUNK);
    let [at, left] = [from, length];
    const next = (): number => (left === 0 ? 0 : fs.readSync(fd, buffer, 0, Math.min(CHUNK, left), at));
    for (let read = next(); read > 0; read = next()) {
      use(buffer.subarray(0, read));
      at += read;
      left -= read;
    }
  } finally {
    fs.closeSync(fd);
  }
}

export function invalid(file: string, what: string): StoreFault {
  return new StoreFault(problem("BACKUP_INVALID", { detail: `${shown(file)} ${what}.`, remedy: "Name another backup file." }));
}
