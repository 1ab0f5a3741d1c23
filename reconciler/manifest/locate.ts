import { compareDiagnostics, type Diagnostic, type Origin, type SourcePosition } from "../../core/index.ts";
import { readEvents, type DocumentEvents } from "./events.ts";
import { positionOf } from "./excerpt.ts";
import { find } from "./find.ts";
import { rawProblems, withoutRawProblems } from "./raw-text.ts";
import { decodeText, linesOf, type Lines } from "./text.ts";

/** A file read again for its positions; undefined where it is not text any more. */
interface Located {
  readonly text: string;
  readonly lines: Lines;
  readonly documents: readonly DocumentEvents[];
}

/**
 * Turns every origin, also in `related`, into file, line, column and excerpt, by reading the events of
 * its file again: only what is printed is ever located. An origin in a file that is not at hand keeps
 * the file's name, at 1:1; one without a file, as what a record brings back has, is nowhere. Sorted by {@link compareDiagnostics}.
 *
 * @param files - Bytes by path, as they were parsed.
 */
export function locate(diagnostics: readonly Diagnostic[], files: Pick<ReadonlyMap<string, Uint8Array>, "get">): readonly Diagnostic[] {
  const cache = new Map<string, Located | undefined>();
  const located = (file: string): Located | undefined => {
    if (!cache.has(file)) cache.set(file, readAgain(files.get(file)));
    return cache.get(file);
  };
  const at = (origin: Origin): SourcePosition => positionAt(origin, located(origin.file));
  return diagnostics
    .map((diagnostic) => ({
      ...diagnostic,
      ...(diagnostic.origin && diagnostic.origin.file !== "" && !diagnostic.at ? { at: at(diagnostic.origin) } : {}),
      ...(diagnostic.related
        ? { related: diagnostic.related.map((each) => (each.origin && !each.at ? { ...each, at: at(each.origin) } : each)) }
        : {}),
    }))
    .sort(compareDiagnostics);
}

/** One place alone. */
export function placeOf(origin: Origin, files: Pick<ReadonlyMap<string, Uint8Array>, "get">): SourcePosition {
  return positionAt(origin, readAgain(files.get(origin.file)));
}

function readAgain(bytes: Uint8Array | undefined): Located | undefined {
  const decoded = bytes === undefined ? undefined : decodeText(bytes);
  if (!decoded?.ok) return undefined;
  const { text } = decoded;
  const clean = rawProblems(text).length === 0 ? text : withoutRawProblems(text);
  return { text, lines: linesOf(text), documents: readEvents(clean) };
}

function positionAt(origin: Origin, located: Located | undefined): SourcePosition {
  const events = located?.documents[origin.document];
  if (!located || !events?.ok) return { file: origin.file, line: 1, column: 1 };
  const token = find(events, origin.pointer, origin.part);
  return positionOf(located.text, located.lines, {
    file: origin.file,
    offset: events.piece.base + token.offset,
    length: token.length,
    secret: origin.secret === true && origin.part === "value",
  });
}
