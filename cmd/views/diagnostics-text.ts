import { compareDiagnostics, escapeText, type Diagnostic, type Origin, type SourcePosition } from "../../core/index.ts";
import { escapeLines } from "./safe.ts";
import { counted, indented, shortened, widthOf } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import { inColorOf } from "./status.ts";

/** Diagnostics for people, in the order in which they are mended, and a line that counts them. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], look: Look, hidden: number = 0): string {
  if (diagnostics.length === 0) return "";
  const blocks = diagnostics.map((diagnostic) => diagnosticText(diagnostic, look));
  return fitted(look, `${blocks.join("\n\n")}\n\n${summaryLine(diagnostics, hidden)}\n`);
}

/** Sorted, and cut at the limit: what is shown, and how many are not. */
export function ordered(
  diagnostics: readonly Diagnostic[],
  limit: number,
): { readonly shown: readonly Diagnostic[]; readonly hidden: number } {
  const sorted = [...diagnostics].sort(compareDiagnostics);
  return { shown: sorted.slice(0, limit), hidden: Math.max(0, sorted.length - limit) };
}

/** "3 errors, 1 warning". */
export function summaryLine(diagnostics: readonly Diagnostic[], hidden: number = 0): string {
  const errors = diagnostics.filter((d) => d.severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [errors > 0 ? counted(errors, "error") : "", warnings > 0 ? counted(warnings, "warning") : ""].filter((p) => p !== "");
  return parts.join(", ") + (hidden > 0 ? `, and ${hidden} more that are not shown` : "");
}

function diagnosticText(diagnostic: Diagnostic, look: Look): string {
  const place = placeText(diagnostic.at, diagnostic.origin);
  const verdict = inColorOf(look, diagnostic.severity, `${diagnostic.severity} ${diagnostic.code}`);
  const head = `${place === "" ? "" : `${paint(look, "bold", place)}  `}${verdict}  ${diagnostic.summary}`;
  return [
    head,
    ...indented(escapeLines(diagnostic.detail), 2, look.width),
    ...(diagnostic.at ? excerptLines(diagnostic.at, diagnostic.severity, look) : []),
    ...(diagnostic.remedy === undefined ? [] : indented(commandsApart(escapeLines(diagnostic.remedy)), 2, look.width)),
    ...(diagnostic.related ?? []).flatMap((related) =>
      indented(`${placeText(related.at, related.origin)}: ${escapeLines(related.message)}`.replace(/^: /, ""), 2, look.width),
    ),
  ].join("\n");
}

/** A command to copy stands further in than the words around it. */
function commandsApart(remedy: string): string {
  return remedy.replaceAll(/^(?=moltbot |--\w)/gm, "  ");
}

/** `agents/mail.yaml:14:9`; where only the document is known, the file and the path in it. */
export function placeText(at: SourcePosition | undefined, origin: Origin | undefined): string {
  if (at) return `${escapeText(at.file)}:${at.line}:${at.column}`;
  if (!origin) return "";
  return escapeText(origin.pointer === "" ? origin.file : `${origin.file} ${origin.pointer}`);
}

/** How much of a line before the mark is shown at most; the mark itself stays visible. */
const MAX_BEFORE = 60;

/** The line with a caret under the marked token. The columns of the excerpt are code units; what is shown may be wider. */
function excerptLines(at: SourcePosition, severity: Diagnostic["severity"], look: Look): readonly string[] {
  if (at.excerpt === undefined) return [];
  const start = Math.max(0, at.column - 1);
  const before = escapeText(at.excerpt.slice(0, start)).replace(/^ +/, (blanks) => blanks.slice(0, MAX_BEFORE));
  const token = escapeText(at.excerpt.slice(start));
  const gutter = `  ${at.line} | `;
  const room = Math.max(1, look.width - gutter.length);
  const kept = widthOf(before) > Math.min(MAX_BEFORE, room - 1) ? tail(before, Math.min(MAX_BEFORE, Math.max(0, room - 12)), look) : before;
  const shownToken = shortened(token, Math.max(1, Math.min(MAX_TOKEN, room - widthOf(kept))), look);
  const marked = Math.max(1, Math.min(widthOf(shownToken), at.length === undefined ? 1 : widthOf(shownToken)));
  return [
    `${paint(look, "dim", gutter)}${kept}${shownToken}`.trimEnd(),
    `${paint(look, "dim", `${" ".repeat(gutter.length - 2)}| `)}${" ".repeat(widthOf(kept))}${inColorOf(look, severity, "^".repeat(marked))}`,
  ];
}

const MAX_TOKEN = 80;

/** The end of a text, cut at its start. */
function tail(text: string, columns: number, look: Look): string {
  const mark = look.unicode ? "…" : "...";
  let from = Math.max(0, text.length - Math.max(0, columns - mark.length));
  while (from < text.length && widthOf(text.slice(from)) > columns - mark.length) from++;
  return columns <= mark.length ? "" : mark + text.slice(from);
}
