import type { Diagnostic } from "../../core/index.ts";

export type CheckStatus = "ok" | "warning" | "failure";

/** One line of a checkup. */
export interface Check {
  /** Stable, for scripts: `ledger`. */
  readonly id: string;
  readonly status: CheckStatus;
  /** What was found, as a sentence. */
  readonly text: string;
  /** What to do; null where there is nothing. */
  readonly remedy: string | null;
  /** What failed, as other commands would tell it; decides the exit code. */
  readonly problems: readonly Diagnostic[];
}

export function good(id: string, text: string): Check {
  return { id, status: "ok", text, remedy: null, problems: [] };
}

export function doubtful(id: string, text: string, remedy: string): Check {
  return { id, status: "warning", text, remedy, problems: [] };
}

/** The first problem stands for all of them; its words are those of every other command. */
export function bad(id: string, problems: readonly Diagnostic[], remedy?: string): Check {
  const [first] = problems;
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : "";
  const where = first?.at ? `${first.at.file}:${first.at.line}:${first.at.column} ` : "";
  const text = first ? `${where}${first.code}: ${first.detail}${more}` : "It failed.";
  return { id, status: "failure", text, remedy: remedy ?? first?.remedy ?? null, problems };
}
