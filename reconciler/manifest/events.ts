import { parseEvents, YAMLException, EVENT_ID, type Event } from "js-yaml";
import { InternalError, LIMITS } from "../../core/index.ts";

/** A piece of a file that was parsed as a whole, and the events of its documents. */
export interface Piece {
  readonly text: string;
  /** Where the piece starts in the file. */
  readonly base: number;
  readonly events: readonly Event[];
  /** Index of the DOCUMENT event of each of its documents. */
  readonly documents: readonly number[];
}

/** A document that is not well formed. */
export interface Failure {
  /** Offset in the file; the document's last character when it ended too early. */
  readonly offset: number;
  readonly atEnd: boolean;
  /** The parser's own words; may repeat a few characters of the file. */
  readonly reason: string;
  /** The text of the document, for a guess at its address. */
  readonly text: string;
}

export type DocumentEvents =
  | { readonly ok: true; readonly piece: Piece; readonly start: number }
  | { readonly ok: false; readonly failure: Failure };

/**
 * More than our own limit by what the parser counts beside it (a scalar in the innermost level, a look
 * ahead for a key), so that our check, which names the place, speaks first; the parser's keeps its
 * recursion bounded.
 */
const PARSER_DEPTH = LIMITS.depth + 4;
export const TOO_DEEP = "nesting exceeded maxDepth";

/**
 * The events of every document of a file. The parser stops at the first mistake, so a file that has
 * one is cut at its document markers and read piece by piece: a marker at the start of a line ends a
 * document wherever it stands, so the cut never changes the meaning of the other documents.
 */
export function readEvents(text: string): readonly DocumentEvents[] {
  const whole = readPiece(text, 0);
  if ("events" in whole) return documentsOf(whole);
  return pieceStarts(text).flatMap((start, i, starts) => {
    const piece = readPiece(text.slice(start, starts[i + 1] ?? text.length), start);
    return "events" in piece ? documentsOf(piece) : [{ ok: false as const, failure: piece }];
  });
}

function documentsOf(piece: Piece): readonly DocumentEvents[] {
  return piece.documents.map((start) => ({ ok: true, piece, start }));
}

function readPiece(text: string, base: number): Piece | Failure {
  try {
    const events = parseEvents(text, { maxDepth: PARSER_DEPTH });
    const documents: number[] = [];
    for (let i = 0; i < events.length; i++) if (events[i]?.type === EVENT_ID.DOCUMENT) documents.push(i);
    return { text, base, events, documents };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw new InternalError("the YAML parser failed", { cause: error });
    const last = Math.max(0, text.trimEnd().length - 1);
    const position = error.mark?.position ?? 0;
    return { offset: base + Math.min(position, last), atEnd: position > last, reason: error.reason, text };
  }
}

/** Offsets at which the documents of a file start: 0 and every `---` at the start of a line. */
function pieceStarts(text: string): readonly number[] {
  const starts = [0];
  for (const marker of text.matchAll(/(?<=[\n\r])---(?=[ \t\n\r]|$)/g)) starts.push(marker.index);
  return starts;
}
