/**
 * views: the same values as text, JSON, JSON lines, YAML, Markdown, SARIF, JUnit and GitHub
 * annotations. Pure functions of values and a {@link Look}; nothing here reads a clock, a file or a
 * terminal. Each format is loaded by the run that asks for it.
 */
import { LIMITS, unreachable, type Diagnostic, type Result } from "../../core/index.ts";
import { diagnosticsDocument, diagnosticRecord, outcomeOfAll } from "./diagnostics-json.ts";
import { diagnosticsText, ordered } from "./diagnostics-text.ts";
import type { ReportFormat } from "./formats.ts";
import { jsonLine, jsonText, yamlText } from "./json.ts";
import type { Look } from "./look.ts";

/** How a command's value looks in each format it offers. Text is always there. */
export interface Views<T> {
  readonly text: View<T>;
  readonly json?: View<T>;
  readonly jsonl?: View<T>;
  readonly yaml?: View<T>;
  readonly markdown?: View<T>;
  /** The value tells of a change that was made: where output cannot be written, its text goes to standard error. */
  readonly isDeed?: true;
}
export type View<T> = (value: T, look: Look) => string | Promise<string>;

/** JSON and YAML of a value as it is: what most commands offer beside their text. */
export function plainViews<T>(document: (value: T) => unknown): { readonly json: View<T>; readonly yaml: View<T> } {
  return { json: (value) => jsonText(document(value)), yaml: (value) => yamlText(document(value)) };
}

export async function renderDiagnostics(
  format: Exclude<keyof Views<unknown>, "isDeed">,
  diagnostics: readonly Diagnostic[],
  command: string,
  look: Look,
): Promise<string> {
  const { shown, hidden } = ordered(diagnostics, LIMITS.diagnostics);
  switch (format) {
    case "json":
      return jsonText(diagnosticsDocument(shown, hidden));
    case "yaml":
      return yamlText(diagnosticsDocument(shown, hidden));
    case "jsonl":
      return [
        ...shown.map((d) => jsonLine({ type: "diagnostic", ...diagnosticRecord(d) })),
        jsonLine({ type: "end", outcome: outcomeOfAll(diagnostics) ?? null, hidden }),
      ].join("");
    case "markdown":
      return (await import("./markdown.ts")).diagnosticsMarkdown(shown, command, hidden);
    case "text":
      return diagnosticsText(shown, look, hidden);
    default:
      return unreachable(format);
  }
}

/** What a report says of the run. */
export interface ReportFacts {
  readonly command: string;
  readonly version: string;
  readonly now: Date;
  /** From the folder that the command ran in to the one of moltbot.yaml; empty where they are the same, or not within each other. */
  readonly folder: string;
}

/** A report: the value where the format can show it, otherwise the diagnostics. */
export async function renderReport<T>(
  format: ReportFormat,
  result: Result<T>,
  diagnostics: readonly Diagnostic[],
  views: Views<T>,
  facts: ReportFacts,
): Promise<string> {
  const { command, version, now, folder } = facts;
  // A file is never coloured and never cut to a width.
  const look: Look = { color: false, unicode: true, width: Infinity, verbose: false, now };
  const { shown } = ordered(diagnostics, LIMITS.diagnostics);
  switch (format) {
    // What annotates a checkout needs the path in the checkout, where moltbot.yaml may be in a folder.
    case "sarif":
      return (await import("./sarif.ts")).diagnosticsSarif(below(folder, shown), version);
    case "junit":
      return (await import("./junit.ts")).diagnosticsJunit(shown, command);
    case "github":
      return (await import("./github.ts")).diagnosticsGithub(below(folder, shown));
    case "markdown":
    case "json": {
      const view = views[format];
      return result.ok && view ? view(result.value, look) : renderDiagnostics(format, diagnostics, command, look);
    }
    default:
      return unreachable(format);
  }
}

/** The same places, named from a folder above. */
function below(folder: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (folder === "") return diagnostics;
  const placed = <T extends Pick<Diagnostic, "at" | "origin">>(each: T): T => ({
    ...each,
    ...(each.at ? { at: { ...each.at, file: `${folder}/${each.at.file}` } } : {}),
    ...(each.origin ? { origin: { ...each.origin, file: `${folder}/${each.origin.file}` } } : {}),
  });
  return diagnostics.map((each) => ({ ...placed(each), ...(each.related ? { related: each.related.map(placed) } : {}) }));
}

export { jsonLine, jsonText, yamlText } from "./json.ts";
export type { Look } from "./look.ts";
