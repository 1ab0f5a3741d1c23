import { isDrawable } from "./size.ts";

/** The picture and its animation. EXIF, XMP, profiles and unknown chunks are not among them. */
const KEPT: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]);
const IN_FRAME: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ALPH"]);
const FRAME_HEADER_BYTES = 16;
/** Of VP8X: alpha and animation; the bits of profile, EXIF and XMP are cleared with what they announce. */
const PICTURE_FLAGS = 0x12;

/** A WebP as its picture chunks; what stands after its end is gone. Null where it is not whole. */
export function stripWebp(bytes: Uint8Array): Uint8Array | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 20 || view.toString("latin1", 0, 4) !== "RIFF" || view.toString("latin1", 8, 12) !== "WEBP") return null;
  const end = 8 + view.readUInt32LE(4);
  if (end > view.length) return null;
  const chunks = chunksOf(view.subarray(12, end));
  const hasPicture = chunks?.some(({ type }) => type === "VP8 " || type === "VP8L" || type === "ANMF");
  if (!chunks || !hasPicture || !chunks.every(isOfSize)) return null;
  const parts: Buffer[] = [];
  for (const { type, data } of chunks) {
    if (!KEPT.has(type)) continue;
    const kept = type === "VP8X" ? extendedOf(data) : type === "ANMF" ? frameOf(data) : data;
    if (kept === null) return null;
    parts.push(chunk(type, kept));
  }
  const body = Buffer.concat([Buffer.from("WEBP", "latin1"), ...parts]);
  return Buffer.concat([Buffer.from("RIFF", "latin1"), sizeOf(body.length), body]);
}

function chunksOf(view: Buffer): readonly { readonly type: string; readonly data: Buffer }[] | null {
  const found: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 0; at < view.length;) {
    if (at + 8 > view.length) return null;
    const length = view.readUInt32LE(at + 4);
    const end = at + 8 + length;
    if (end > view.length) return null;
    found.push({ type: view.toString("latin1", at, at + 4), data: view.subarray(at + 8, end) });
    // Chunks of odd length are padded; a picture may end without it.
    at = end + (length % 2);
  }
  return found;
}

/** The size that a canvas, or a picture of either kind, says it has (WebP container; VP8, 9.1; VP8L, 3.4). */
function isOfSize({ type, data }: { readonly type: string; readonly data: Buffer }): boolean {
  if (type === "VP8X") return data.length === 10 && isDrawable(data.readUIntLE(4, 3) + 1, data.readUIntLE(7, 3) + 1);
  if (type === "VP8 ") return data.length >= 10 && isDrawable(data.readUInt16LE(6) & 0x3fff, data.readUInt16LE(8) & 0x3fff);
  if (type !== "VP8L") return true;
  const bits = data.length >= 5 ? data.readUInt32LE(1) : -1;
  return bits >= 0 && isDrawable((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
}

function extendedOf(data: Buffer): Buffer | null {
  if (data.length !== 10) return null;
  const copy = Buffer.from(data);
  copy[0] = (copy[0] ?? 0) & PICTURE_FLAGS;
  return copy;
}

function frameOf(data: Buffer): Buffer | null {
  if (data.length < FRAME_HEADER_BYTES) return null;
  const inner = chunksOf(data.subarray(FRAME_HEADER_BYTES));
  if (!inner?.every(isOfSize)) return null;
  const kept = inner.filter(({ type }) => IN_FRAME.has(type)).map(({ type, data: each }) => chunk(type, each));
  return Buffer.concat([data.subarray(0, FRAME_HEADER_BYTES), ...kept]);
}

function chunk(type: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, "latin1"), sizeOf(data.length), data, Buffer.alloc(data.length % 2)]);
}

function sizeOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}
