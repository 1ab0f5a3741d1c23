import { caution, problem, type Diagnostic, type Result } from "../../core/index.ts";
import type { Applied } from "../types.ts";
import { waitAfter, type Backoff } from "./backoff.ts";
import { afterRound, contested, NO_CORRECTIONS, type Corrections } from "./corrections.ts";

/** What one look at the source found: a revision to bring the target to. */
export interface Revision {
  /** A commit hash, or `work tree` with a digest of what was read. */
  readonly id: string;
  /** What people know it by: `main@3f2a91c`, `work tree`. */
  readonly label: string;
}

/** How far the loop has come; written after every round, shown by `status`. */
export interface LoopState {
  readonly formatVersion: "1.0";
  /** The last revision that was tried, and how that ended. */
  readonly attempted: {
    readonly id: string;
    readonly label: string;
    readonly at: string;
    readonly outcome: string;
    readonly codes: readonly string[];
  } | null;
  /** The last revision that the target was brought to. */
  readonly applied: { readonly id: string; readonly label: string; readonly at: string; readonly generation: number } | null;
  /** Tries in a row that failed. */
  readonly failures: number;
}

export const FRESH_STATE: LoopState = { formatVersion: "1.0", attempted: null, applied: null, failures: 0 };

export interface LoopPorts {
  /** Looks at the source. */
  readonly look: () => Promise<Result<Revision>>;
  /** Plans and applies a revision; drift of the contested resources is reported, not corrected. */
  readonly apply: (revision: Revision, contested: readonly string[]) => Promise<Result<Applied>>;
  /** Returns after that time, at the next change of the source, or when the signal fires. */
  readonly wait: (ms: number) => Promise<void>;
  readonly save: (state: LoopState) => Result<void>;
  readonly report: (event: LoopEvent) => void;
  readonly now: () => Date;
  readonly random: () => number;
}

export type LoopEvent =
  | { readonly kind: "applied"; readonly revision: Revision; readonly applied: Applied }
  | { readonly kind: "unchanged"; readonly revision: Revision }
  | { readonly kind: "failed"; readonly revision: Revision | null; readonly diagnostics: readonly Diagnostic[]; readonly retryInMs: number }
  | { readonly kind: "condition"; readonly diagnostic: Diagnostic };

export interface LoopOptions {
  readonly once: boolean;
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
}

/**
 * The loop: look, plan, apply, wait. A revision that fails changes nothing and says so; the next good
 * one is applied. The same bad revision is tried again only after a growing, jittered pause, because
 * what failed may have been outside it.
 *
 * @returns the last state; with `once`, after one round.
 */
export async function runLoop(start: LoopState, ports: LoopPorts, { once, backoff, signal }: LoopOptions): Promise<LoopState> {
  let state = start;
  let corrections = NO_CORRECTIONS;
  for (;;) {
    const round = await oneRound(state, corrections, ports, backoff);
    const saved = ports.save(round.state);
    if (!saved.ok) ports.report({ kind: "failed", revision: null, diagnostics: saved.diagnostics, retryInMs: backoff.baseMs });
    for (const diagnostic of newlyContested(corrections, round.corrections)) ports.report({ kind: "condition", diagnostic });
    ({ state, corrections } = round);
    if (once || signal.aborted) return state;
    await ports.wait(waitAfter(state.failures, backoff, ports.random()));
    if (signal.aborted) return state;
  }
}

interface Round {
  readonly state: LoopState;
  readonly corrections: Corrections;
}

async function oneRound(state: LoopState, corrections: Corrections, ports: LoopPorts, backoff: Backoff): Promise<Round> {
  const found = await ports.look();
  if (!found.ok) return failed(state, corrections, null, found.diagnostics, ports, backoff);
  const revision = found.value;
  const applied = await ports.apply(revision, contested(corrections, revision.id));
  if (!applied.ok) return failed(state, corrections, revision, applied.diagnostics, ports, backoff);
  const { outcome, plan, generation } = applied.value;
  ports.report(outcome === "applied" ? { kind: "applied", revision, applied: applied.value } : { kind: "unchanged", revision });
  const at = ports.now().toISOString();
  const corrected = plan.body.drift.flatMap((each) => (each.action === "correct" ? [each.address] : []));
  return {
    corrections: afterRound(corrections, revision.id, corrected),
    state: {
      formatVersion: "1.0",
      attempted: { ...revision, at, outcome, codes: [] },
      applied: generation ? { ...revision, at, generation: generation.number } : state.applied,
      failures: 0,
    },
  };
}

function failed(
  state: LoopState,
  corrections: Corrections,
  revision: Revision | null,
  diagnostics: readonly Diagnostic[],
  ports: LoopPorts,
  backoff: Backoff,
): Round {
  const failures = state.failures + 1;
  ports.report({ kind: "failed", revision, diagnostics, retryInMs: waitAfter(failures, backoff, 0) });
  const codes = [...new Set(diagnostics.filter((each) => each.severity === "error").map((each) => each.code))].sort();
  const at = ports.now().toISOString();
  const attempted = revision ? { ...revision, at, outcome: "failed", codes } : state.attempted;
  return { corrections, state: { ...state, attempted, failures } };
}

function newlyContested(before: Corrections, after: Corrections): Diagnostic[] {
  const old = new Set(contested(before, after.configuration));
  return contested(after, after.configuration)
    .filter((address) => !old.has(address))
    .map((address) =>
      caution("CORRECTIONS_UNDONE", {
        detail: `${address} drifted again after each of the last corrections. It is not corrected any more until the configuration changes.`,
        remedy: "Find what else writes it, or set drift.mode: report in moltbot.yaml.",
        context: { address },
      }),
    );
}

/** A loop state that cannot be read is our own file gone wrong. */
export function stateUnreadable(file: string): Diagnostic {
  return problem("STORE_CORRUPT", {
    detail: `${file} is not a readable loop state.`,
    remedy: "Remove it: the loop starts again from what is applied.",
    context: { file },
  });
}
