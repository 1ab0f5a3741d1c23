import path from "node:path";
import { EXIT, exitCodeOf, OUTCOMES, outcomeOf, worstOutcome, type Diagnostic, type Outcome, type Result } from "../core/index.ts";
import type { Query, World } from "../reconciler/types.ts";
import type { Io } from "./io.ts";
import type { Interrupt } from "./interrupt.ts";
import type { Format } from "./flags.ts";
import type { ProgressSink } from "./progress.ts";
import { outputFailed, writeFileAtomically, type ReportRequest } from "./reports.ts";
import type { Look } from "./views/look.ts";
import { packageVersion } from "./version.ts";
import { renderDiagnostics, renderReport, type Views } from "./views/index.ts";

/** One run of one command: what it was asked, and where its answers go. */
export interface Session {
  readonly command: string;
  readonly query: Query;
  readonly format: Format;
  readonly quiet: boolean;
  /** For standard output and for standard error: one may be a terminal and the other a file. */
  readonly look: Look;
  readonly errLook: Look;
  readonly io: Io;
  readonly interrupt: Interrupt;
  readonly progress: ProgressSink;
  readonly reports: readonly ReportRequest[];
  /** Made at first use: it loads the schemas. */
  world(): Promise<World>;
  /** The same with what earlier runs finished, unless the command line says no: for commands that only show. */
  showingWorld(flags: { readonly "no-cache": boolean }): Promise<World>;
}

export interface Ending<T> {
  readonly views: Views<T>;
  /** The exit code of a value: 0 unless said otherwise. */
  readonly code?: (value: T) => number;
  /** Problems that the value itself tells of (denied by policy): they decide the exit code too. */
  readonly problems?: (value: T) => readonly Diagnostic[];
  /** What the view of the value says already, and reports say too. */
  readonly notices?: (value: T) => readonly Diagnostic[];
}

/**
 * Shows how a command ended: the value on standard output in the format asked for, diagnostics on
 * standard error (in the structured formats a failure is itself the output), the reports, the exit code.
 */
export async function conclude<T>(session: Session, result: Result<T>, ending: Ending<T>): Promise<number> {
  session.progress.pause();
  const problems = result.ok ? distinct([...(ending.problems?.(result.value) ?? []), ...result.warnings]) : result.diagnostics;
  if (result.ok) {
    const view = ending.views[session.format] ?? ending.views.text;
    await session.io.out(await view(result.value, session.look));
    // What was done is known all the same, even where nobody could be told on standard output.
    if (ending.views.isDeed && session.io.failure() !== undefined) session.io.err(await ending.views.text(result.value, session.errLook));
    session.io.err(await renderDiagnostics("text", problems, session.command, session.errLook));
  } else {
    await showFailure(session, problems);
  }
  const own = exitCodeOfAll(problems) ?? (result.ok ? (ending.code?.(result.value) ?? 0) : 0);
  const code = session.interrupt.signal.aborted && !result.ok && !isPartial(problems) ? EXIT.interrupted : own;
  return worseOf(code, await writeReports(session, result, [...problems, ...noticesOf(result, ending)], ending.views));
}

function noticesOf<T>(result: Result<T>, { notices }: Ending<T>): readonly Diagnostic[] {
  return result.ok && notices ? notices(result.value) : [];
}

/** After Ctrl-C a command that stopped before any effect was interrupted; one that stopped on its way says so itself. */
function isPartial(problems: readonly Diagnostic[]): boolean {
  return problems.some((each) => each.severity === "error" && outcomeOf(each) === "PARTIAL");
}

/** A warning may come with the value and with the result; it is told once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Set(diagnostics)];
}

async function showFailure(session: Session, problems: readonly Diagnostic[]): Promise<void> {
  const { format, command } = session;
  if (format === "text") session.io.err(await renderDiagnostics("text", problems, command, session.errLook));
  else await session.io.out(await renderDiagnostics(format, problems, command, session.look));
}

async function writeReports<T>(
  session: Session,
  result: Result<T>,
  problems: readonly Diagnostic[],
  views: Views<T>,
): Promise<readonly Diagnostic[]> {
  const failures: Diagnostic[] = [];
  for (const { format, path: target } of session.reports) {
    const text = await renderReport(format, result, problems, views, {
      command: session.command,
      version: packageVersion(),
      now: session.look.now,
      folder: folderBelow(process.cwd(), session.query.repo),
    });
    if (target === "-") session.io.err(text);
    else {
      const failure = writeFileAtomically(path.resolve(target), text, 0o644);
      if (failure) failures.push(failure);
    }
  }
  const broken = session.io.failure();
  if (broken !== undefined) failures.push(outputFailed("standard output", { message: broken }));
  session.io.err(await renderDiagnostics("text", failures, session.command, session.errLook));
  return failures;
}

/** `bots`, where the Project is in the folder bots of the one we are in; empty where it is here, or elsewhere. */
function folderBelow(here: string, repo: string): string {
  const down = path.relative(here, repo).split(path.sep).join("/");
  return down.startsWith("..") || path.isAbsolute(down) ? "" : down;
}

/** The exit code of the worst error; undefined when there is none. */
export function exitCodeOfAll(diagnostics: readonly Diagnostic[]): number | undefined {
  // The one mistake on the command line that only the files can tell.
  if (diagnostics.some((d) => d.code === "ENVIRONMENT_REQUIRED")) return EXIT.usage;
  const worst = worstOutcome(diagnostics.filter((d) => d.severity === "error").map(outcomeOf));
  return worst === undefined ? undefined : exitCodeOf(worst);
}

/** A report that could not be written spoils success, but never hides a worse outcome. */
function worseOf(code: number, failures: readonly Diagnostic[]): number {
  const failed = exitCodeOfAll(failures);
  if (failed === undefined) return code;
  const rank = (exit: number): number => OUTCOMES.findIndex((outcome: Outcome) => exitCodeOf(outcome) === exit);
  return rank(code) >= 0 && rank(code) < rank(failed) ? code : failed;
}
