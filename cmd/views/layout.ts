import { createRequire } from "node:module";
import type { Look } from "./look.ts";

/** Latin letters and our own signs: one code unit, one column each. */
const SIMPLE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff…→✓✗–—“”’]*$/;

let stringWidth: ((text: string) => number) | undefined;

/** Columns that a text takes on a terminal; colours take none, wide characters two. */
export function widthOf(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  // Loaded at the first text that needs it: its tables cost as much start-up time as Node itself.
  stringWidth ??= (createRequire(import.meta.url)("string-width") as { readonly default: (text: string) => number }).default;
  return stringWidth(text);
}

/** Columns of the widest text. A loop: spreading a hundred thousand texts into `Math.max` overflows the stack. */
export function widestOf(texts: Iterable<string>): number {
  let widest = 0;
  for (const text of texts) widest = Math.max(widest, widthOf(text));
  return widest;
}

export function padded(text: string, columns: number): string {
  const missing = columns - widthOf(text);
  return missing > 0 ? text + " ".repeat(missing) : text;
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader sees as one character each. The segmenter is made at first use: it costs start-up time. */
function graphemesOf(text: string): Iterable<{ readonly segment: string }> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** At most so many columns, the end cut and marked. Not for painted text. */
export function shortened(text: string, columns: number, look: Pick<Look, "unicode">): string {
  if (widthOf(text) <= columns) return text;
  const mark = (look.unicode ? "…" : "...").slice(0, Math.max(0, columns));
  return fitting(text, columns - mark.length) + mark;
}

/** The longest start of a text that fits. */
function fitting(text: string, columns: number): string {
  if (SIMPLE.test(text)) return text.slice(0, Math.max(0, columns));
  let out = "";
  let used = 0;
  for (const { segment } of graphemesOf(text)) {
    used += widthOf(segment);
    if (used > columns) break;
    out += segment;
  }
  return out;
}

/** Breaks a line between words so that each part fits; a word that is longer than a line is broken inside. */
export function wrapped(text: string, columns: number): readonly string[] {
  if (widthOf(text) <= columns) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (widthOf(line) > columns) {
      const head = broken(line, columns);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** As much of the start of a word as fits, at least one character. */
function broken(text: string, columns: number): string {
  const head = fitting(text, columns);
  if (head !== "") return head;
  for (const { segment } of graphemesOf(text)) return segment;
  return text;
}

/** Lines with a margin, each wrapped to what the margin leaves. */
export function indented(text: string, margin: number, columns: number): readonly string[] {
  const room = Math.max(1, columns - margin);
  const lead = " ".repeat(margin);
  return text.split("\n").flatMap((line) => wrapped(line, room).map((part) => (part === "" ? "" : lead + part)));
}

const GAP = "  ";

/**
 * Rows as aligned columns. Where they do not fit, the widest column is cut until they do; where even
 * that leaves too little, each row becomes one "name: value" line a cell. Trailing blanks are cut off.
 * Cells are plain text; `paintCell` colours them after they were measured.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  look: Pick<Look, "unicode" | "width">,
  paintCell: (text: string, row: number, column: number) => string = (text) => text,
): readonly string[] {
  const widths = header.map((title, i) => Math.max(widthOf(title), widestOf(rows.map((row) => row[i] ?? ""))));
  const fits = narrowed(widths, look.width);
  if (fits === undefined) return stacked(header, rows, look.width, paintCell);
  const line = (cells: readonly string[], row: number): string =>
    cells
      .map((cell, i) => {
        const text = shortened(cell, fits[i] ?? 0, look);
        const fill = " ".repeat(Math.max(0, (fits[i] ?? 0) - widthOf(text)));
        return (row < 0 ? text : paintCell(text, row, i)) + fill;
      })
      .join(GAP)
      .trimEnd();
  return [line(header, -1), ...rows.map(line)];
}

const MIN_CELL = 6;

/** The column widths cut down, widest first, to the columns there are; undefined when too little is left. */
function narrowed(widths: readonly number[], columns: number): readonly number[] | undefined {
  const out = [...widths];
  const total = (): number => out.reduce((sum, width) => sum + width, GAP.length * (out.length - 1));
  while (total() > columns) {
    const widest = Math.max(...out);
    if (widest <= MIN_CELL) return undefined;
    out[out.indexOf(widest)] = Math.max(MIN_CELL, widest - (total() - columns));
  }
  return out;
}

function stacked(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  paintCell: (text: string, row: number, column: number) => string,
): readonly string[] {
  return rows.flatMap((row, at) => [
    ...(at === 0 ? [] : [""]),
    ...row.flatMap((cell, i) =>
      cell.trim() === "" ? [] : wrapped(`${(header[i] ?? "").toLowerCase()}: ${cell}`, columns).map((part) => paintCell(part, at, i)),
    ),
  ]);
}

/** "1 create", "2 warnings": a count and its word. */
export function counted(count: number, word: string, words: string = `${word}s`): string {
  return `${count} ${count === 1 ? word : words}`;
}
