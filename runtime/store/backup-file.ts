import { createHash } from "node:crypto";
import fs from "node:fs";
import { canonicalJson, isDigest, isObject, LIMITS, problem, shown, type Digest, type Instant, type LedgerHead } from "../../core/index.ts";
import { StoreFault } from "./faults.ts";
import { statOf } from "./files.ts";

/**
 * A backup: one line of JSON that says what it is, then the bytes of a database file, closed by their
 * digest. The line is enough to list backups; `tail -n +2` gives a file that SQLite opens. Keys are never
 * in it, and encrypted records stay encrypted.
 */
export interface BackupHeader {
  readonly formatVersion: "1.0";
  readonly kind: "Backup";
  readonly storeFormat: string;
  readonly lineage: string;
  readonly head: LedgerHead;
  readonly createdAt: Instant;
  /** Of the content after the first line. */
  readonly bytes: number;
  readonly digest: Digest;
}

const MAX_HEADER_BYTES = 4_096;
const CHUNK = 1024 * 1024;
const MAJOR = /^1\./;

/** Writes header and content to an open file. */
export function writeBackup(out: number, header: Omit<BackupHeader, "bytes" | "digest">, content: string): BackupHeader {
  const { bytes, digest } = digestOfFile(content);
  const whole: BackupHeader = { ...header, bytes, digest };
  fs.writeFileSync(out, `${canonicalJson({ ...whole, head: { ...whole.head } })}\n`);
  eachChunk(content, 0, (chunk) => fs.writeFileSync(out, chunk));
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
  if (stats.size !== headerBytes + header.bytes) throw invalid(file, "was cut short or has bytes after its end");
  const hash = createHash("sha256");
  eachChunk(file, headerBytes, (chunk) => {
    hash.update(chunk);
    fs.writeFileSync(to, chunk);
  });
  if (`sha256:${hash.digest("hex")}` !== header.digest) throw invalid(file, "does not match its digest");
  return header;
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
  const isHead = isObject(head) && Number.isSafeInteger(head.seq) && isDigest(head.hash);
  return isHead && Number.isSafeInteger(bytes) && isDigest(digest) && typeof lineage === "string" && typeof storeFormat === "string";
}

export function digestOfFile(file: string): { readonly bytes: number; readonly digest: Digest } {
  const hash = createHash("sha256");
  let bytes = 0;
  eachChunk(file, 0, (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  return { bytes, digest: `sha256:${hash.digest("hex")}` };
}

function eachChunk(file: string, from: number, use: (chunk: Uint8Array) => void): void {
  const fd = fs.openSync(file, "r");
  try {
    const buffer = Buffer.alloc(CHUNK);
    let at = from;
    for (let read = fs.readSync(fd, buffer, 0, CHUNK, at); read > 0; read = fs.readSync(fd, buffer, 0, CHUNK, at)) {
      use(buffer.subarray(0, read));
      at += read;
    }
  } finally {
    fs.closeSync(fd);
  }
}

export function invalid(file: string, what: string): StoreFault {
  return new StoreFault(problem("BACKUP_INVALID", { detail: `${shown(file)} ${what}.`, remedy: "Name another backup file." }));
}
