import { CODES, type DiagnosticCode } from "./codes/index.ts";
import type { Outcome } from "./outcome.ts";

/** A place in a file; line and column count from 1, columns in UTF-16 code units. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many columns the caret underlines; at least 1. */
  readonly length?: number;
  /** The line up to the end of the marked token; absent when the token may hold a secret. */
  readonly excerpt?: string;
}

/**
 * A place in a document before it is turned into line and column, which happens only for what is
 * printed: the file, which document of it (from 0), a JSON Pointer, and whether the key or the value
 * is meant.
 */
export interface Origin {
  readonly file: string;
  readonly document: number;
  readonly pointer: string;
  readonly part: "key" | "value";
  /** The value there may be a secret: no excerpt is made. */
  readonly secret?: boolean;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly code: DiagnosticCode;
  /** The same words for every use of a code. */
  readonly summary: string;
  /** Full sentences: what is wrong here, and why that matters. */
  readonly detail: string;
  /** What to try next; a command goes on its own line. */
  readonly remedy?: string;
  readonly at?: SourcePosition;
  readonly origin?: Origin;
  /** Other places that matter, such as the first use of a duplicated key. */
  readonly related?: readonly { readonly message: string; readonly at?: SourcePosition; readonly origin?: Origin }[];
  /** Facts for machines: address, key id, attempt. Never a secret. */
  readonly context: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

type Parts = Omit<Diagnostic, "severity" | "code" | "summary" | "context"> & { readonly context?: Diagnostic["context"] };

/** An error of a catalogued code; its summary comes from the catalogue. */
export function problem(code: DiagnosticCode, parts: Parts): Diagnostic {
  return { severity: "error", code, summary: CODES[code].summary, context: {}, ...parts };
}

/** The same, as a warning: it is printed and reported but does not fail the command. */
export function caution(code: DiagnosticCode, parts: Parts): Diagnostic {
  return { ...problem(code, parts), severity: "warning" };
}

export function outcomeOf(diagnostic: Diagnostic): Outcome {
  return CODES[diagnostic.code].outcome;
}

/** By file, line, column, then code: the order in which people fix them, and the same on every run. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  const [x, y] = [a.at, b.at];
  if (x && y) {
    if (x.file !== y.file) return x.file < y.file ? -1 : 1;
    if (x.line !== y.line) return x.line - y.line;
    if (x.column !== y.column) return x.column - y.column;
  } else if (x || y) return x ? -1 : 1;
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.detail < b.detail ? -1 : a.detail > b.detail ? 1 : 0;
}
