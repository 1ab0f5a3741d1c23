import type { LoopEvent } from "../reconciler/controller/index.ts";
import type { Session } from "./session.ts";
import { renderDiagnostics } from "./views/index.ts";
import { codesText, eventLine, eventText } from "./views/watch.ts";

/**
 * What a running loop says: JSON lines on standard output with `-o jsonl`, else plain lines with their
 * time on standard error. A round without news is a line only when it is the first, or ends a failure;
 * the same failure again is one line.
 */
export function watchLog(session: Session): (event: LoopEvent) => void {
  let last = "";
  const write = (event: LoopEvent, now: Date): void => {
    if (session.format === "jsonl") void session.io.out(eventLine(event, now));
    else session.io.err(`${now.toISOString()} ${eventText(event, session.errLook)}\n`);
  };
  return (event) => {
    const news = newsOf(event);
    const isOld = news === last;
    last = event.kind === "condition" ? last : news;
    if (isOld && event.kind === "unchanged" && !session.look.verbose) return;
    if (session.quiet && session.format !== "jsonl" && (event.kind === "applied" || event.kind === "unchanged")) return;
    session.progress.pause();
    write(event, new Date());
    if (session.format === "jsonl" || isOld) return;
    if (event.kind === "failed") void tell(session, event.diagnostics);
    else if (event.kind === "condition") void tell(session, [event.diagnostic]);
  };
}

/** What would be told again if nothing had changed since. */
function newsOf(event: LoopEvent): string {
  if (event.kind === "condition") return event.diagnostic.code;
  if (event.kind === "failed") return `failed ${event.revision?.id ?? ""} ${codesText(event.diagnostics)}`;
  return `at ${event.revision.id}`;
}

async function tell(session: Session, diagnostics: readonly Parameters<typeof renderDiagnostics>[1][number][]): Promise<void> {
  session.io.err(await renderDiagnostics("text", diagnostics, session.command, session.errLook));
}
