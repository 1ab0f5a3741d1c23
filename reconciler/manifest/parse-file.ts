import { LIMITS, parseAddress, problem, type Address, type Diagnostic } from "../../core/index.ts";
import type { SourceFile } from "../source/types.ts";
import { buildDocument, type Complaint } from "./build.ts";
import { readEvents, type DocumentEvents, type Failure } from "./events.ts";
import { positionOf, type Mark } from "./excerpt.ts";
import { find } from "./find.ts";
import { hasTooManyValues, rawProblems, withoutRawProblems } from "./raw-text.ts";
import { likelyCause } from "./likely-cause.ts";
import { meaningOf } from "./syntax-error.ts";
import { decodeText, linesOf, type Lines } from "./text.ts";
import type { ParsedDocument, ParsedFile } from "./types.ts";

/** A file being read: its text once, and its line table only when something is wrong. */
interface Reading {
  readonly file: string;
  readonly text: string;
  /** Bytes before the text: those of a byte order mark. */
  readonly bomBytes: number;
  readonly diagnostics: Diagnostic[];
  /** The line of the latest document, so that counting lines goes over the text once. */
  counted: { readonly chars: number; readonly line: number };
  lines: Lines | undefined;
}

type ReadableDocument = Extract<DocumentEvents, { readonly ok: true }>;

/**
 * Reads one manifest file: UTF-8, YAML 1.2 core or JSON, any number of documents; empty ones are left
 * out. Never throws, whatever the bytes. The mistakes of all documents are found in one run, each with
 * its position; a document that has some is returned all the same, marked with `faults`, so that its
 * other mistakes can be found too.
 *
 * @param file - At most {@link LIMITS.manifestBytes}; a larger one is refused unread.
 */
export function parseFile(file: SourceFile): ParsedFile {
  if (file.bytes.byteLength > LIMITS.manifestBytes) return refused(tooLarge(file.path, `${file.bytes.byteLength} bytes`));
  const decoded = decodeText(file.bytes);
  if (!decoded.ok) return refused(notUtf8(file, decoded.byteOffset, decoded.found));
  if (hasTooManyValues(decoded.text)) return refused(tooLarge(file.path, `more than ${LIMITS.manifestValues} values`));
  const reading: Reading = {
    file: file.path,
    text: decoded.text,
    bomBytes: decoded.bomBytes,
    counted: { chars: 0, line: 1 },
    diagnostics: [],
    lines: undefined,
  };
  const raw = rawProblems(decoded.text);
  for (const { code, detail, remedy, offset, length } of raw) {
    reading.diagnostics.push(problem(code, { detail, remedy, at: place(reading, { offset, length, secret: false, torn: true }) }));
  }
  return readDocuments(reading, readEvents(raw.length === 0 ? decoded.text : withoutRawProblems(decoded.text)), raw.length === 0);
}

function refused(diagnostic: Diagnostic): ParsedFile {
  return { documents: [], diagnostics: [diagnostic], unread: [] };
}

function readDocuments(reading: Reading, all: readonly DocumentEvents[], isClean: boolean): ParsedFile {
  const documents: ParsedDocument[] = [];
  const unread: Address[] = [];
  for (const [document, events] of (all.length > LIMITS.documents ? all.slice(0, LIMITS.documents) : all).entries()) {
    if (events.ok) {
      const parsed = readDocument(reading, document, events, isClean);
      if (parsed) documents.push(parsed);
    } else {
      reportFailure(reading, document, events.failure);
      const address = guessAddress(events.failure.text);
      if (address) unread.push(address);
    }
  }
  if (all.length > LIMITS.documents) reading.diagnostics.push(tooManyDocuments(reading.file, all.length));
  return { documents, diagnostics: reading.diagnostics, unread };
}

function readDocument(reading: Reading, document: number, events: ReadableDocument, isClean: boolean): ParsedDocument | undefined {
  let faults: string[] | undefined = isClean ? undefined : [];
  const built = buildDocument(events.piece, events.start, (complaint) => {
    (faults ??= []).push(complaint.pointer);
    report(reading, document, events, complaint);
  });
  if (built.empty) return undefined;
  const first = events.piece.base + find(events, "", "value").offset;
  return {
    file: reading.file,
    document,
    line: lineOf(reading, first),
    value: built.value,
    ...(built.written ? { written: built.written } : {}),
    ...(faults ? { faults } : {}),
  };
}

/** The line on which a character stands; called with rising offsets. */
function lineOf(reading: Reading, offset: number): number {
  let { line } = reading.counted;
  for (let at = reading.text.indexOf("\n", reading.counted.chars); at >= 0 && at < offset; at = reading.text.indexOf("\n", at + 1)) line++;
  reading.counted = { chars: offset, line };
  return line;
}

function report(reading: Reading, document: number, events: ReadableDocument, complaint: Complaint): void {
  if (reading.diagnostics.length >= LIMITS.diagnostics) return;
  const { code, remedy, pointer, secret } = complaint;
  const base = events.piece.base;
  // Only this code's readers think in bytes; for others line and column say it better.
  const bytes = code === "ENCODING" ? { byteOffset: byteOffset(reading, base + complaint.offset) } : undefined;
  const detail = bytes ? `${complaint.detail} The text with it begins at byte offset ${bytes.byteOffset}.` : complaint.detail;
  const first = complaint.repeats ? find(events, pointer, "key") : undefined;
  reading.diagnostics.push(
    problem(code, {
      detail,
      remedy,
      at: place(reading, { offset: base + complaint.offset, length: complaint.length, secret }),
      ...(first
        ? {
            related: [
              { message: "The first one is here.", at: place(reading, { offset: base + first.offset, length: first.length, secret }) },
            ],
          }
        : {}),
      context: { document: document + 1, ...bytes },
    }),
  );
}

function byteOffset(reading: Reading, offset: number): number {
  return reading.bomBytes + Buffer.byteLength(reading.text.slice(0, offset));
}

function reportFailure(reading: Reading, document: number, failure: Failure): void {
  if (reading.diagnostics.length >= LIMITS.diagnostics) return;
  const likely = likelyCause(reading.text, failure.offset);
  const at = place(reading, { offset: likely?.offset ?? failure.offset, length: likely?.length ?? 1, secret: false, torn: true });
  const { code, detail, remedy } = likely ?? meaningOf(failure);
  reading.diagnostics.push(problem(code, { detail, remedy, at, context: { document: document + 1 } }));
}

function place(reading: Reading, mark: Omit<Mark, "file">): NonNullable<Diagnostic["at"]> {
  reading.lines ??= linesOf(reading.text);
  return positionOf(reading.text, reading.lines, { file: reading.file, ...mark });
}

function tooLarge(file: string, what: string): Diagnostic {
  return problem("FILE_TOO_LARGE", {
    detail: `The file has ${what}; a manifest may have ${LIMITS.manifestBytes} bytes and ${LIMITS.manifestValues} values.`,
    remedy: "Split the file: several files mean the same as one.",
    at: { file, line: 1, column: 1 },
  });
}

function notUtf8(file: SourceFile, offset: number, found: string): Diagnostic {
  // Everything before the first bad byte is good, so it can be decoded to count lines.
  const before = Buffer.from(file.bytes.subarray(0, offset)).toString("utf8");
  return problem("ENCODING", {
    detail: `At byte offset ${offset} stands ${found}, which is not UTF-8.`,
    remedy: "Save the file as UTF-8.",
    at: { file: file.path, ...linesOf(before).position(before.length) },
    context: { byteOffset: offset },
  });
}

function tooManyDocuments(file: string, count: number): Diagnostic {
  return problem("TOO_MANY_DOCUMENTS", {
    detail: `The file holds ${count} documents; one file may hold ${LIMITS.documents}.`,
    remedy: "Split the file.",
    at: { file, line: 1, column: 1 },
  });
}

/** What a document that did not parse seems to be, by its lines; undefined when they do not tell. */
function guessAddress(text: string): Address | undefined {
  const kind = /^["'{\s]*kind["']?:[ \t]*["']?(\w+)/m.exec(text)?.[1];
  const name = /^[ \t]+["']?name["']?:[ \t]*["']?([\w-]+)|\bmetadata["']?:[ \t]*\{[ \t]*["']?name["']?:[ \t]*["']?([\w-]+)/m.exec(text);
  return parseAddress(`${kind ?? ""}/${name?.[1] ?? name?.[2] ?? ""}`)?.address;
}
