import fs from "node:fs";
import path from "node:path";
import { escapeText, problem, type Diagnostic } from "../core/index.ts";
import { listOf } from "./flags.ts";
import { UsageError } from "./usage.ts";
import { REPORT_FORMATS, type ReportFormat } from "./views/formats.ts";

/** One `--report FORMAT=PATH`. */
export interface ReportRequest {
  readonly format: ReportFormat;
  /** `-` is standard error. */
  readonly path: string;
}

export function parseReports(given: readonly string[] | string | undefined): readonly ReportRequest[] {
  const requests = listOf(given).map((text) => {
    const at = text.indexOf("=");
    const format = REPORT_FORMATS.find((name) => name === text.slice(0, Math.max(0, at)));
    const target = text.slice(at + 1);
    if (format === undefined || target === "") {
      throw new UsageError(`--report takes FORMAT=PATH, and FORMAT is one of ${REPORT_FORMATS.join(", ")}; found ${escapeText(text)}.`);
    }
    return { format, path: target };
  });
  const paths = requests.filter((r) => r.path !== "-").map((r) => path.resolve(r.path));
  if (new Set(paths).size < paths.length) throw new UsageError("Two --report flags name the same file.");
  return requests;
}

/**
 * Writes a file whole or not at all: beside its place first, then renamed, so that a reader never sees
 * half of it and a full disk leaves the old one.
 *
 * @param place - `new`: nothing may stand there yet.
 * @returns what went wrong, as a diagnostic; undefined when the file stands.
 */
export function writeFileAtomically(
  target: string,
  content: string | Uint8Array,
  mode: number,
  place: "any" | "new" = "any",
): Diagnostic | undefined {
  const scratch = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    const file = fs.openSync(scratch, "wx", mode);
    try {
      fs.writeFileSync(file, content);
      fs.fchmodSync(file, mode);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    // A link is refused by the system where the name is taken, whatever it is.
    if (place === "new") fs.linkSync(scratch, target);
    else fs.renameSync(scratch, target);
    fs.rmSync(scratch, { force: true });
    return undefined;
  } catch (error) {
    fs.rmSync(scratch, { force: true });
    return outputFailed(target, error as Error);
  }
}

export function outputFailed(target: string, error: Pick<Error, "message">): Diagnostic {
  return problem("OUTPUT_FAILED", {
    // What Node adds (", open '/the/scratch/file'") names a file that nobody asked for.
    detail: `Writing ${escapeText(target)} failed: ${escapeText(error.message.replace(/, \w+ '.*$/s, ""))}.`,
    remedy: "Check that the folder exists, may be written to and has room.",
    context: { path: target },
  });
}
