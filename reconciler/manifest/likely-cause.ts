import type { SyntaxMeaning } from "./syntax-error.ts";

/** A mistake that makes a parser stumble somewhere else than where it was made. */
export interface LikelyCause extends SyntaxMeaning {
  readonly offset: number;
  readonly length: number;
}

const MARKER = /^(?:<{7} |={7}$|>{7} )/m;

/**
 * What people most often did where the text is not well formed: a merge left its markers, or a quote was
 * opened and not closed. Looked for only then, so it may be a guess; undefined where nothing points to it.
 *
 * @param failedAt - Where the parser could not go on.
 */
export function likelyCause(text: string, failedAt: number): LikelyCause | undefined {
  return mergeMarker(text) ?? openQuote(text, failedAt);
}

function mergeMarker(text: string): LikelyCause | undefined {
  const lines = text.replaceAll("\r\n", " \n");
  const found = MARKER.exec(lines);
  // One marker alone could be a heading in a text that is embedded; a conflict has a beginning and an end.
  if (!found || !/^<{7} /m.test(lines) || !/^>{7} /m.test(lines)) return undefined;
  return {
    code: "YAML_SYNTAX",
    detail: "A merge left its conflict markers here: `<<<<<<<`, `=======` and `>>>>>>>` stand in the file.",
    remedy: "Decide which of the two versions is right, remove the markers, and commit the result.",
    offset: found.index,
    length: 7,
  };
}

/** A value that begins with a quote, at the end of its key or dash. */
const OPENING = /(?:^|[:[{,-][ \t]+|[[{])(["'])/g;

/** The last line up to the failure whose quoted value does not end on it, or ends in the middle of a word. */
function openQuote(text: string, failedAt: number): LikelyCause | undefined {
  const end = text.indexOf("\n", failedAt);
  let lineStart = 0;
  let cause: LikelyCause | undefined;
  for (const line of text.slice(0, end < 0 ? text.length : end).split("\n")) {
    cause = quoteIn(line, lineStart) ?? cause;
    lineStart += line.length + 1;
  }
  return cause;
}

function quoteIn(line: string, lineStart: number): LikelyCause | undefined {
  for (const found of line.matchAll(OPENING)) {
    const quote = found[1] === "'" ? "'" : '"';
    const at = found.index + found[0].length - 1;
    const rest = line.slice(at + 1);
    const close = closingOf(rest, quote);
    if (close < 0) return quoted(lineStart + at, "A quote is opened here and not closed on its line.");
    if (/^[\p{L}\p{N}]/u.test(rest.slice(close + 1)))
      return quoted(lineStart + at, "The quote that is opened here ends in the middle of a word.");
  }
  return undefined;
}

/** Where the quoted text ends: `''` in single quotes and a backslash in double ones are part of it. */
function closingOf(text: string, quote: '"' | "'"): number {
  for (let i = 0; i < text.length; i++) {
    if (quote === '"' && text[i] === "\\") i++;
    else if (text[i] === quote && quote === "'" && text[i + 1] === "'") i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}

function quoted(offset: number, detail: string): LikelyCause {
  return {
    code: "YAML_SYNTAX",
    detail,
    remedy: "Close the quote; in single quotes write `''` for one, in double quotes `\\\"`.",
    offset,
    length: 1,
  };
}
