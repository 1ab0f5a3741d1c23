import { crc32 } from "node:zlib";
import { isDrawable } from "./size.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The picture, its colours and its animation. Text, EXIF, time, profiles and private chunks are not among them. */
const KEPT: ReadonlySet<string> = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "sBIT",
  "bKGD",
  "acTL",
  "fcTL",
  "fdAT",
]);

/** A PNG as its picture chunks; what stands after its end is gone. Null where a chunk is broken, or critical and unknown. */
export function stripPng(bytes: Uint8Array): Uint8Array | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!view.subarray(0, 8).equals(SIGNATURE)) return null;
  const parts: Buffer[] = [SIGNATURE];
  let hasData = false;
  for (let at = 8; at + 12 <= view.length;) {
    const chunk = chunkAt(view, at);
    if (!chunk || (at === 8) !== (chunk.type === "IHDR")) return null;
    const isKept = KEPT.has(chunk.type);
    // A capital first letter: the picture cannot be drawn without it.
    if (!isKept && /^[A-Z]/.test(chunk.type)) return null;
    if (isKept) parts.push(view.subarray(at, chunk.end));
    hasData ||= chunk.type === "IDAT";
    if (chunk.type === "IHDR" && !isDrawable(view.readUInt32BE(at + 8), view.readUInt32BE(at + 12))) return null;
    if (chunk.type === "IEND") return hasData ? Buffer.concat(parts) : null;
    at = chunk.end;
  }
  return null;
}

/** Lengths that chunks have (PNG, third edition, 11); one that is longer holds something else. */
const LENGTHS: Readonly<Record<string, number>> = { IHDR: 13, IEND: 0, gAMA: 4, cHRM: 32, sRGB: 1, acTL: 8, fcTL: 26 };
const MOST: Readonly<Record<string, number>> = { PLTE: 768, tRNS: 256, sBIT: 4, bKGD: 6 };

function chunkAt(view: Buffer, at: number): { readonly type: string; readonly end: number } | null {
  const length = view.readUInt32BE(at);
  const end = at + 12 + length;
  const type = view.toString("latin1", at + 4, at + 8);
  if (end > view.length || !/^[A-Za-z]{4}$/.test(type) || !isLength(type, length)) return null;
  return crc32(view.subarray(at + 4, end - 4)) === view.readUInt32BE(end - 4) ? { type, end } : null;
}

function isLength(type: string, length: number): boolean {
  return length === (LENGTHS[type] ?? length) && length <= (MOST[type] ?? length);
}
