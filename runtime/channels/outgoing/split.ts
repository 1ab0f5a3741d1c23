import { LIMITS } from "../../../core/index.ts";

export interface SplitRule {
  /** UTF-16 code units. */
  readonly maxChars: number;
  /** Bytes of UTF-8; null: they do not count. */
  readonly maxBytes: number | null;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})([^\n`]*)$/gm;
const CUT_OFF = "\n(cut off)";

/**
 * Splits a long answer: between paragraphs, else lines, else words, else characters. A code block that is cut
 * is closed and opened again with its language. At most {@link LIMITS.answerParts}; what is longer says that it
 * was cut off. Pure.
 */
export function splitText(text: string, rule: SplitRule): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  let reopened = "";
  while (rest !== "") {
    const whole = reopened + rest;
    if (fits(whole, rule)) {
      parts.push(whole);
      break;
    }
    if (parts.length === LIMITS.answerParts - 1) {
      parts.push(
        `${whole.slice(0, cutAt(whole, { ...rule, maxChars: rule.maxChars - CUT_OFF.length - 8 }, reopened.length))}${closing(whole)}${CUT_OFF}`,
      );
      break;
    }
    const at = cutAt(whole, roomFor(rule, whole), reopened.length);
    const part = whole.slice(0, at);
    const open = openFence(part);
    parts.push(open ? `${part.trimEnd()}\n${open.mark}` : part.trimEnd());
    rest = open ? whole.slice(at).replace(/^\n/, "") : whole.slice(at).trimStart();
    reopened = open ? `${open.mark}${open.info}\n` : "";
  }
  return parts;
}

/** The longest mark that may have to be added at the end. */
function roomFor(rule: SplitRule, text: string): SplitRule {
  const longest = Math.max(0, ...[...text.matchAll(FENCE)].map(([, mark = ""]) => mark.length + 1));
  return { maxChars: Math.max(1, rule.maxChars - longest), maxBytes: rule.maxBytes === null ? null : Math.max(4, rule.maxBytes - longest) };
}

function closing(text: string): string {
  const open = openFence(text);
  return open ? `\n${open.mark}` : "";
}

function fits(text: string, { maxChars, maxBytes }: SplitRule): boolean {
  return text.length <= maxChars && (maxBytes === null || Buffer.byteLength(text) <= maxBytes);
}

/** Where to cut: as late as it fits, at the best place of the last half. */
function cutAt(text: string, rule: SplitRule, least: number): number {
  const end = Math.max(longestPrefix(text, rule), least + 1);
  const from = Math.max(least + 1, Math.floor(end / 2));
  const window = text.slice(from, end);
  for (const mark of ["\n\n", "\n", " "]) {
    const at = window.lastIndexOf(mark);
    if (at >= 0) return from + at + (mark === " " ? 1 : mark.length);
  }
  return wholeCharacter(text, end, least + 1);
}

function longestPrefix(text: string, { maxChars, maxBytes }: SplitRule): number {
  const chars = Math.min(maxChars, text.length);
  if (maxBytes === null || Buffer.byteLength(text.slice(0, chars)) <= maxBytes) return chars;
  let bytes = 0;
  let at = 0;
  for (const char of text) {
    bytes += Buffer.byteLength(char);
    if (bytes > maxBytes) break;
    at += char.length;
  }
  return at;
}

/** Never between the halves of a character, nor before a mark or joiner that belongs to it. */
function wholeCharacter(text: string, end: number, least: number): number {
  for (let at = end; at > Math.max(least, end - 64); at--) {
    const isLowHalf = /[\uDC00-\uDFFF]/.test(text[at] ?? "");
    if (!isLowHalf && !/^[\p{M}\u200D]/u.test(text.slice(at, at + 2)) && text[at - 1] !== "\u200D") return at;
  }
  return /[\uDC00-\uDFFF]/.test(text[end] ?? "") ? Math.max(least, end - 1) : end;
}

/** The code block that is open at the end of a text. */
function openFence(text: string): { readonly mark: string; readonly info: string } | undefined {
  let open: { readonly mark: string; readonly info: string } | undefined;
  for (const [, mark = "", info = ""] of text.matchAll(FENCE)) {
    if (!open) open = { mark, info };
    else if (mark[0] === open.mark[0] && mark.length >= open.mark.length && info.trim() === "") open = undefined;
  }
  return open;
}
