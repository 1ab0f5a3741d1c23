import { firstUnsafe, type SourcePosition } from "../../core/index.ts";
import { isSecretKey, maskCredentials } from "./credential.ts";
import type { Lines } from "./text.ts";

/** A longer line loses its beginning, a longer token its end. */
const MAX_EXCERPT_CHARS = 120;
const MAX_MARKED_CHARS = 60;

/** More than this before the token is not looked at: a JSON file may be one line of a megabyte. */
const MAX_BEFORE_CHARS = 2 * MAX_EXCERPT_CHARS;

/** What stands before a token in block style: indentation, dashes, the token's own key. */
const BLOCK = /^\s*(?:[-?:]\s+)*(?:(?:"[^"]*"|'[^']*'|[^\s"'{}[\],:][^"'{}[\],:]*)\s*:\s+)?$/;
const FLOW_TOKEN = /"(?:[^"\\]|\\.)*"|'[^']*'|[^\s{}[\],:"']+/g;
const ANY_KEY = /([\w.-]+)["']?\s*:/g;

export interface Mark {
  readonly file: string;
  readonly offset: number;
  /** In the file; what goes past the end of its line is not marked. */
  readonly length: number;
  /** No excerpt: the token may be a secret. */
  readonly secret: boolean;
  /** The line did not parse, so what is key and what is value cannot be told. */
  readonly torn?: boolean;
}

/**
 * The position of a token, with the line up to the token's end. Nothing that may be a secret is in
 * it: values that stand before the token on the same line (in `{a: 1, b: 2}`) and whatever looks like
 * a credential are starred out, and a character that cannot be shown is a dot. Each keeps its width,
 * so the marked token is always the last `length` columns of the excerpt.
 */
export function positionOf(text: string, lines: Lines, mark: Mark): SourcePosition {
  const { line, column } = lines.position(mark.offset);
  const range = lines.range(mark.offset);
  const length = Math.max(1, Math.min(mark.length, range.end - mark.offset, MAX_MARKED_CHARS));
  const at = { file: mark.file, line, column, length };
  if (mark.secret) return at;
  const from = Math.max(range.start, mark.offset - MAX_BEFORE_CHARS);
  const before = text.slice(from, mark.offset);
  if (mark.torn && namesSecret(before)) return at;
  const token = maskCredentials(text.slice(mark.offset, range.end).slice(0, 2 * MAX_EXCERPT_CHARS)).slice(0, length);
  const visible = showable((mark.torn ? maskCredentials(before) : maskSiblings(before, from > range.start)) + token);
  const whole = from === range.start && visible.length <= MAX_EXCERPT_CHARS;
  return { ...at, excerpt: whole ? visible : `…${visible.slice(-MAX_EXCERPT_CHARS)}` };
}

function namesSecret(before: string): boolean {
  return [...before.matchAll(ANY_KEY)].some((match) => isSecretKey(match[1] ?? ""));
}

/** @param isCut - The line starts earlier, so what is quoted and what is a key cannot be told. */
function maskSiblings(before: string, isCut: boolean): string {
  if (!isCut && BLOCK.test(before)) return maskCredentials(before);
  const balanced = !isCut && !/["']/.test(before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, ""));
  if (!balanced) return before.replace(/[^\s{}[\],:]/g, "*");
  return before.replace(FLOW_TOKEN, (token, at: number) => {
    const after = before.slice(at + token.length, at + token.length + 3);
    const isKey = /^\s*:(?:\s|$)/.test(after) || (/^["']/.test(token) && /^\s*:/.test(after));
    return isKey ? maskCredentials(token) : "*".repeat(token.length);
  });
}

/** Tabs as one blank, everything unsafe as a dot; astral characters keep both their columns. */
function showable(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const blanked = text.replaceAll("\t", " ");
  if (firstUnsafe(blanked) === undefined) return blanked;
  return Array.from(blanked, (c) => (firstUnsafe(c) === undefined ? c : "·".repeat(c.length))).join("");
}
