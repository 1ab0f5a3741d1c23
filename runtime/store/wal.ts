import fs from "node:fs";
import { endianness } from "node:os";
import { statOf } from "./files.ts";

/**
 * Looks into a write-ahead log that a process left behind, before SQLite recovers it: whether its end is
 * a transaction that was never finished. SQLite sets such an end aside by itself and in silence; we say so.
 * Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;
const MAX_PAGE = 65_536;

/** How long a live writer gets to finish, should one be at work: its frames look the same meanwhile. */
const LIVE_WAIT_MS = 50;

export function hasUnfinishedWrite(wal: string): boolean {
  if (!endsUnfinished(wal)) return false;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LIVE_WAIT_MS);
  return endsUnfinished(wal);
}

function endsUnfinished(wal: string): boolean {
  const size = statOf(wal)?.size ?? 0;
  if (size <= HEADER_BYTES) return size > 0;
  const fd = fs.openSync(wal, "r");
  try {
    return scan(fd, size);
  } finally {
    fs.closeSync(fd);
  }
}

/** Walks the frames of the newest generation of the log; older ones behind them have another salt. */
function scan(fd: number, size: number): boolean {
  const header = read(fd, 0, HEADER_BYTES);
  const pageBytes = header.readUInt32BE(8);
  if ((header.readUInt32BE(0) & 0xfffffffe) !== MAGIC || pageBytes < 512 || pageBytes > MAX_PAGE || pageBytes % 8 !== 0) return true;
  // SQLite sums in the byte order of the machine that wrote; a log of another machine is left to SQLite.
  if ((header.readUInt32BE(0) & 1) !== (endianness() === "BE" ? 1 : 0)) return false;
  const salt = header.subarray(16, 24);
  let sum = checksum(header, 0, 24, [0, 0]);
  let isFinished = true;
  for (let at = HEADER_BYTES; at < size; at += FRAME_HEADER_BYTES + pageBytes) {
    const frame = read(fd, at, FRAME_HEADER_BYTES + pageBytes);
    const isOurs = frame.length >= 16 && frame.subarray(8, 16).equals(salt);
    if (!isOurs) return !isFinished || frame.length < 16;
    if (frame.length < FRAME_HEADER_BYTES + pageBytes) return true;
    sum = checksum(frame, FRAME_HEADER_BYTES, frame.length, checksum(frame, 0, 8, sum));
    if (sum[0] !== frame.readUInt32BE(16) || sum[1] !== frame.readUInt32BE(20)) return true;
    isFinished = frame.readUInt32BE(4) !== 0;
  }
  return !isFinished;
}

function read(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, fs.readSync(fd, buffer, 0, length, at));
}

type Sum = readonly [number, number];

/** Over whole pairs of 32-bit words; every part of a log begins and ends on one. */
function checksum(bytes: Buffer, from: number, to: number, start: Sum): Sum {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + from, (to - from) / 4);
  let [a, b] = start;
  for (let at = 0; at < words.length; at += 2) {
    a = (a + (words[at] ?? 0) + b) >>> 0;
    b = (b + (words[at + 1] ?? 0) + a) >>> 0;
  }
  return [a, b];
}
