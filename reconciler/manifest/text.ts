import { isUtf8 } from "node:buffer";

/** The text of a file, or where and why its bytes are not UTF-8. */
export type Decoded =
  | { readonly ok: true; readonly text: string; readonly bomBytes: number }
  | { readonly ok: false; readonly byteOffset: number; readonly found: string };

const BOM_BYTES = 3;

/**
 * Bytes to text, strictly: nothing is ever replaced by U+FFFD. A UTF-8 byte order mark at the very
 * start is accepted and dropped, because common editors write one; columns do not count it.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const utf16 = utf16Name(bytes);
  if (utf16) return { ok: false, byteOffset: 0, found: utf16 };
  if (!isUtf8(bytes)) {
    const byteOffset = firstInvalidByte(bytes);
    return { ok: false, byteOffset, found: `the byte 0x${(bytes[byteOffset] ?? 0).toString(16).padStart(2, "0")}` };
  }
  const bomBytes = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? BOM_BYTES : 0;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset + bomBytes, bytes.byteLength - bomBytes);
  return { ok: true, text: buffer.toString("utf8"), bomBytes };
}

function utf16Name(bytes: Uint8Array): string | undefined {
  const a = bytes[0];
  const b = bytes[1];
  if (a === 0xff && b === 0xfe) return "a UTF-16 (or UTF-32) little-endian byte order mark";
  if (a === 0xfe && b === 0xff) return "a UTF-16 big-endian byte order mark";
  if (a === 0 && b !== undefined) return "a zero byte, as UTF-16 or UTF-32 big-endian text starts";
  if (a !== undefined && b === 0) return "a zero second byte, as UTF-16 little-endian text starts";
  return undefined;
}

/** By halving: a prefix that ends between characters is UTF-8 exactly when the bad byte is behind it. */
function firstInvalidByte(bytes: Uint8Array): number {
  let good = 0;
  let end = bytes.length;
  while (end - good > 4) {
    const middle = characterStart(bytes, (good + end) >> 1, good);
    if (middle === good) break;
    if (isUtf8(bytes.subarray(good, middle))) good = middle;
    else end = middle;
  }
  for (let at = good; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isUtf8(bytes.subarray(at, at + n)));
    if (length === undefined) return at;
    at += length;
  }
  return good;
}

/** The nearest place at or before `at` that does not start with a continuation byte; at most 3 back. */
function characterStart(bytes: Uint8Array, at: number, floor: number): number {
  let start = at;
  while (start > floor && at - start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}

/** Offsets to lines and columns. Lines end with LF, CRLF or CR, as in YAML 1.2. */
export interface Lines {
  /** Both from 1; the column in UTF-16 code units. */
  position(offset: number): { readonly line: number; readonly column: number };
  /** Where the line that holds the offset starts and ends (without its break). */
  range(offset: number): { readonly start: number; readonly end: number };
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const indexOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    position(offset) {
      const index = indexOf(offset);
      return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
    },
    range(offset) {
      const index = indexOf(offset);
      const start = starts[index] ?? 0;
      let end = starts[index + 1] ?? text.length;
      while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
      return { start, end };
    },
  };
}
