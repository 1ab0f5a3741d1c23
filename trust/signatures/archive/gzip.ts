import { crc32, inflateRawSync } from "node:zlib";
import { LIMITS } from "../../../core/index.ts";

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
/** The header's flag that a file name follows, as `gzip FILE` writes it. */
const HAS_NAME = 0x08;
const FREE_BYTES = 1024 * 1024;

export type Unpacked = { readonly bytes: Buffer } | { readonly wrong: string; readonly isLimit: boolean };

/**
 * Exactly one gzip member and nothing else, never more of it in memory than the limits allow. The usual
 * readers pass over what follows the first member, or append it.
 */
export function gunzip(packed: Uint8Array): Unpacked {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const start = dataStart(bytes);
  if (start === undefined) return { wrong: "it is not a gzip file", isLimit: false };
  const allowed = Math.min(LIMITS.archiveUnpackedBytes, FREE_BYTES + bytes.length * LIMITS.archiveRatio);
  try {
    const { buffer, engine } = inflateRawSync(bytes.subarray(start), { maxOutputLength: allowed, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    const end = start + engine.bytesWritten;
    if (bytes.length - end < TRAILER_BYTES) return { wrong: "it is cut short", isLimit: false };
    if (bytes.length - end > TRAILER_BYTES) return { wrong: "bytes follow its end", isLimit: false };
    const isWhole = bytes.readUInt32LE(end) === crc32(buffer) && bytes.readUInt32LE(end + 4) === buffer.length;
    return isWhole ? { bytes: buffer } : { wrong: "its checksum does not fit", isLimit: false };
  } catch (error) {
    const isLimit = (error as { readonly code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    return isLimit ? { wrong: `it unpacks to more than ${allowed} bytes`, isLimit } : { wrong: "it is cut or damaged", isLimit };
  }
}

function dataStart(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const flags = bytes[MAGIC.length];
  if (flags === 0) return HEADER_BYTES;
  const end = flags === HAS_NAME ? bytes.subarray(0, HEADER_BYTES + LIMITS.archivePathBytes).indexOf(0, HEADER_BYTES) : -1;
  return end < 0 ? undefined : end + 1;
}

const STORED_BYTES = 65_535;

/**
 * The same bytes as gzip, stored and not squeezed: compressors give other bytes with every version and
 * processor, and an archive is known by its digest. git squeezes what it keeps anyway.
 */
export function gzip(bytes: Uint8Array): Buffer {
  const parts: Buffer[] = [Buffer.concat([MAGIC, Buffer.from([0, 0, 0, 0, 0, 0, 0xff])])];
  for (let at = 0; at === 0 || at < bytes.byteLength; at += STORED_BYTES) {
    const block = Buffer.from(bytes.subarray(at, at + STORED_BYTES));
    const head = Buffer.alloc(5);
    head.writeUInt8(at + STORED_BYTES >= bytes.byteLength ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  }
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.byteLength % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}
