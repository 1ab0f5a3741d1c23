import { escapeText, LIMITS, type DiagnosticCode } from "../../core/index.ts";

/**
 * Characters that no manifest holds as they are, not even in a comment: controls, second line breaks
 * that only some readers see (NEL, U+2028), direction overrides and tag characters, which show a
 * reviewer another text than the machine reads, and byte order marks behind the start.
 */
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the point
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\udb40[\udc00-\udc7f]/g;
const DIRECTIVE = /^%/gm;
/** What nearly every manifest consists of; such a text has at most directives. */
const ORDINARY = /^[\t\n\r -~]*$/;

export interface RawProblem {
  readonly code: DiagnosticCode;
  readonly detail: string;
  readonly remedy: string;
  readonly offset: number;
  readonly length: number;
}

const NONE: readonly RawProblem[] = [];

/** What is wrong with the characters of a file before anything is parsed. Sorted by offset within each rule. */
export function rawProblems(text: string): readonly RawProblem[] {
  if (!text.includes("%") && ORDINARY.test(text)) return NONE;
  const problems: RawProblem[] = [];
  for (const match of text.matchAll(UNSAFE)) {
    if (problems.length >= LIMITS.diagnostics) return problems;
    problems.push({
      code: "TEXT_UNSAFE",
      detail: `The character ${escapeText(match[0])} stands here; it cannot be seen, or makes the text around it look like another.`,
      remedy: `Remove it. Where a value needs it, write it as an escape in double quotes: "${escapeText(match[0])}".`,
      offset: match.index,
      length: match[0].length,
    });
  }
  for (const match of text.matchAll(DIRECTIVE)) {
    if (problems.length >= LIMITS.diagnostics) return problems;
    problems.push({
      code: "DIRECTIVE_FORBIDDEN",
      detail: "A line that starts with `%` is a YAML directive, which may change what the lines after it mean.",
      remedy: "Remove the line. A value that starts with `%` goes on an indented line, or in quotes.",
      offset: match.index,
      length: 1,
    });
  }
  return problems;
}

/** Does a text hold a character that no manifest holds as it is? */
export function hasUnsafeCharacter(text: string): boolean {
  return text.search(UNSAFE) >= 0;
}

/** Every such character as the escape that double quotes take. */
export function escapeUnsafeCharacters(text: string): string {
  return text.replace(UNSAFE, (c) => {
    const code = c.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The same text, offset for offset, without what {@link rawProblems} found, so that the rest can be read too. */
export function withoutRawProblems(text: string): string {
  return text.replace(UNSAFE, (c) => "?".repeat(c.length)).replace(DIRECTIVE, "#");
}

/**
 * An upper bound of the values in a text, from the characters that separate them, so that a file of
 * eight megabytes of commas is refused before it becomes millions of events.
 */
export function hasTooManyValues(text: string): boolean {
  // A smaller text cannot hold more.
  if (text.length <= LIMITS.manifestValues) return false;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // LF CR , [ { and the block indicators - ? : before a blank.
    if (c === 10 || c === 13 || c === 44 || c === 91 || c === 123) count++;
    else if ((c === 45 || c === 58 || c === 63) && isBlank(text.charCodeAt(i + 1))) count++;
  }
  return count > LIMITS.manifestValues;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}
