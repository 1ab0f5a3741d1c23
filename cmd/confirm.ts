import { createInterface } from "node:readline/promises";
import tty from "node:tty";
import { fail, ok, problem, type Result } from "../core/index.ts";
import type { ApplyChoices, Planned, Query } from "../reconciler/types.ts";
import { comparedValues } from "./compared-values.ts";
import { planProblems } from "./plan-problems.ts";
import type { Session } from "./session.ts";
import { renderDiagnostics } from "./views/index.ts";
import { planText } from "./views/plan-text.ts";

export interface ApprovalFlags {
  readonly "auto-approve": boolean;
  readonly "allow-deletes"?: number | undefined;
  readonly "lock-timeout": number;
}

/**
 * What a command that changes the target tells the engine.
 * @param isReviewed - The plan was read in a plan file before.
 * @param again - The command with what it needs, as the remedy names it.
 * @param query - Where the files are, for whose encrypted values are to be compared with those that are applied.
 */
export function choicesOf(
  session: Session,
  flags: ApprovalFlags,
  isReviewed: boolean,
  { again = session.command, query }: { readonly again?: string; readonly query?: Query } = {},
): ApplyChoices {
  const allowDeletes = flags["allow-deletes"];
  return {
    confirm: (planned) => confirm(session, planned, { isApproved: flags["auto-approve"] || isReviewed, again, query }),
    lockTimeoutMs: flags["lock-timeout"] * 1_000,
    ...(allowDeletes === undefined ? {} : { allowDeletes }),
  };
}

/** Shows the plan and asks. */
async function confirm(
  session: Session,
  planned: Planned,
  { isApproved, again, query }: { readonly isApproved: boolean; readonly again: string; readonly query: Query | undefined },
): Promise<Result<void>> {
  const { errLook, command } = session;
  const problems = await renderDiagnostics("text", planProblems(planned), command, errLook);
  const remedy = `Approve it on the command line, or apply a plan that was reviewed:\nmoltbot ${again} --auto-approve`;
  const isShown = !session.quiet || !isApproved;
  const values = query && isShown ? await comparedValues(session, planned.plan, query) : undefined;
  return await approve(session, `${planText(planned.plan, errLook, { command, values })}\n${problems}`, isApproved, remedy);
}

/**
 * Says what is about to happen and asks. Without a terminal nobody can answer, so it refuses instead of
 * waiting, with the remedy given.
 */
export async function approve(session: Session, what: string, isApproved: boolean, remedy: string): Promise<Result<void>> {
  session.progress.pause();
  if (!session.quiet || !isApproved) session.io.err(what);
  if (isApproved) return ok(undefined);
  if (!tty.isatty(0) || !tty.isatty(2)) {
    return fail(
      problem("CONFIRMATION_NEEDED", {
        detail: "There is no terminal to ask on, and nothing was approved beforehand.",
        remedy,
      }),
    );
  }
  const answer = await ask(`Do this? Only "yes" is accepted: `, session.interrupt.signal);
  return answer === "yes" ? ok(undefined) : fail(problem("NOT_CONFIRMED", { detail: 'The answer was not "yes".' }));
}

/** One line from the terminal; a closed input is no answer. Ctrl-C rejects with an AbortError. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    return await Promise.race([terminal.question(question, { signal }), closed]);
  } finally {
    terminal.close();
  }
}
