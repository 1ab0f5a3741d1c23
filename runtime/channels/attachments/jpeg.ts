import { isDrawable } from "./size.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/** Tables and frames (ITU-T T.81, B.1.1.3): what is needed to draw the picture. DHP, EXP and DNL are of kinds nobody sends. */
const KEPT: ReadonlySet<number> = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdb, 0xdd,
]);
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/**
 * A JPEG as its tables, frames and scans, in their order. Application data (EXIF with its places and
 * thumbnails, XMP, IPTC, profiles), comments and everything after the end of the picture are gone; of JFIF and
 * Adobe's mark only the fixed fields stay, which say how colours and sizes are meant.
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 4 || view[0] !== 0xff || view[1] !== SOI) return null;
  const parts: Buffer[] = [Buffer.from([0xff, SOI])];
  let hasFrame = false;
  let hasScan = false;
  for (let at = 2; ;) {
    const found = segmentAt(view, at);
    if (found === null) return null;
    const { marker, segment } = found;
    if (segment === null) return hasFrame && hasScan ? Buffer.concat([...parts, Buffer.from([0xff, EOI])]) : null;
    const kept = keptOf(marker, segment);
    if (kept === null) return null;
    if (kept) parts.push(Buffer.from([0xff, marker]), kept);
    hasFrame ||= FRAMES.has(marker);
    at = found.end;
    if (marker !== SOS) continue;
    const scanEnd = hasFrame ? endOfScan(view, at) : null;
    if (scanEnd === null) return null;
    parts.push(view.subarray(at, scanEnd));
    hasScan = true;
    at = scanEnd;
  }
}

/** The marker at a place and what belongs to it; nothing belongs to the end of the picture. Null where there is none. */
function segmentAt(view: Buffer, from: number): { readonly marker: number; readonly segment: Buffer | null; readonly end: number } | null {
  let at = from;
  if (view[at] !== 0xff) return null;
  // Any number of fill bytes may stand before a marker.
  while (view[at] === 0xff) at++;
  const marker = view[at++];
  if (marker === EOI) return { marker, segment: null, end: at };
  if (marker === undefined || at + 2 > view.length) return null;
  const length = view.readUInt16BE(at);
  const end = at + length;
  return length < 2 || end > view.length ? null : { marker, segment: view.subarray(at, end), end };
}

/** What of a segment stays; undefined for one that goes, null for one that nobody knows. */
function keptOf(marker: number, segment: Buffer): Buffer | undefined | null {
  if (FRAMES.has(marker)) return segment.length >= 8 && isDrawable(segment.readUInt16BE(5), segment.readUInt16BE(3)) ? segment : null;
  if (marker === SOS || KEPT.has(marker)) return segment;
  if (marker === 0xe0) return jfifOf(segment);
  if (marker === 0xee) return adobeOf(segment);
  return (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe ? undefined : null;
}

/** Version, unit and density, without a thumbnail. */
function jfifOf(segment: Buffer): Buffer | undefined {
  if (segment.length < 16 || segment.toString("latin1", 2, 7) !== "JFIF\0") return undefined;
  return Buffer.concat([Buffer.from([0, 16]), segment.subarray(2, 14), Buffer.from([0, 0])]);
}

function adobeOf(segment: Buffer): Buffer | undefined {
  return segment.length >= 14 && segment.toString("latin1", 2, 7) === "Adobe"
    ? Buffer.concat([Buffer.from([0, 14]), segment.subarray(2, 14)])
    : undefined;
}

/** Where the compressed data of a scan ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(view: Buffer, from: number): number | null {
  for (let at = view.indexOf(0xff, from); at >= 0 && at + 1 < view.length; at = view.indexOf(0xff, at + 1)) {
    const next = view[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return null;
}
