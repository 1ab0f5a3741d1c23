import { caution, outcomeOf, type Diagnostic, type Result } from "../../core/index.ts";
import type { LoopState } from "../loop-state.ts";
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
  | { readonly kind: "applied" | "unchanged"; readonly revision: Revision; readonly applied: Applied }
  | { readonly kind: "failed"; readonly revision: Revision | null; readonly diagnostics: readonly Diagnostic[]; readonly retryInMs: number }
  | { readonly kind: "condition"; readonly diagnostic: Diagnostic };

export interface LoopOptions {
  readonly once: boolean;
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
}

/**
 * The loop: look, plan, apply, wait. A revision that fails changes nothing and says so; the next good
 * one is applied as soon as it is seen. The same bad revision is tried again only after a growing,
 * jittered pause, because what failed may have been outside it.
 *
 * @returns the last state; with `once`, after one round.
 */
export async function runLoop(start: LoopState, ports: LoopPorts, options: LoopOptions): Promise<LoopState> {
  const { once, backoff, signal } = options;
  let state = start;
  let corrections = NO_CORRECTIONS;
  for (;;) {
    const round = await oneRound(state, corrections, ports, options);
    const saved = ports.save(round.state);
    if (!saved.ok) ports.report({ kind: "failed", revision: null, diagnostics: saved.diagnostics, retryInMs: backoff.baseMs });
    for (const diagnostic of newlyContested(corrections, round.corrections)) ports.report({ kind: "condition", diagnostic });
    ({ state, corrections } = round);
    if (once || signal.aborted) return state;
    await pause(round, ports, options);
    if (signal.aborted) return state;
  }
}

/** Waits for the next round. While a bad revision is left alone, another one ends the pause. */
async function pause({ state, bad }: Round, ports: LoopPorts, { backoff, signal }: LoopOptions): Promise<void> {
  let leftMs = waitAfter(state.failures, backoff, ports.random());
  if (bad === null) return ports.wait(leftMs);
  while (leftMs > 0 && !signal.aborted) {
    const stepMs = Math.min(leftMs, backoff.baseMs);
    await ports.wait(stepMs);
    leftMs -= stepMs;
    if (leftMs <= 0 || signal.aborted) return;
    const found = await ports.look();
    if (found.ok && found.value.id !== bad) return;
  }
}

interface Round {
  readonly state: LoopState;
  readonly corrections: Corrections;
  /** The revision that failed in this round; null also where the source could not be read. */
  readonly bad: string | null;
}

async function oneRound(state: LoopState, corrections: Corrections, ports: LoopPorts, options: LoopOptions): Promise<Round> {
  const failedOn = (revision: Revision | null, diagnostics: readonly Diagnostic[]): Round => ({
    corrections,
    bad: revision?.id ?? null,
    state: isCutShort(diagnostics, options.signal) ? state : failed(state, revision, diagnostics, ports, options.backoff),
  });
  const found = await ports.look();
  if (!found.ok) return failedOn(null, found.diagnostics);
  const revision = found.value;
  const applied = await ports.apply(revision, contested(corrections, revision.id));
  if (!applied.ok) return failedOn(revision, applied.diagnostics);
  const { outcome, plan, generation } = applied.value;
  ports.report({ kind: outcome === "applied" ? "applied" : "unchanged", revision, applied: applied.value });
  const at = ports.now().toISOString();
  const corrected = plan.body.drift.flatMap((each) => (each.action === "correct" ? [each.address] : []));
  return {
    corrections: afterRound(corrections, revision.id, corrected),
    bad: null,
    state: {
      ...state,
      attempted: { ...revision, at, outcome, codes: [] },
      applied: generation ? arrived(state.applied, { ...revision, at, generation: generation.number }) : state.applied,
      failures: 0,
      failing: null,
    },
  };
}

type Arrival = NonNullable<LoopState["applied"]>;

/** A revision that was there before keeps its hour. */
function arrived(before: LoopState["applied"], now: Arrival): Arrival {
  return before?.id === now.id && before.generation === now.generation ? before : now;
}

/** The wish to stop ended the round before it had an effect: that is no failure of the revision. */
function isCutShort(diagnostics: readonly Diagnostic[], signal: AbortSignal): boolean {
  return signal.aborted && !diagnostics.some((each) => each.severity === "error" && outcomeOf(each) === "PARTIAL");
}

function failed(
  state: LoopState,
  revision: Revision | null,
  diagnostics: readonly Diagnostic[],
  ports: LoopPorts,
  backoff: Backoff,
): LoopState {
  const failures = state.failures + 1;
  ports.report({ kind: "failed", revision, diagnostics, retryInMs: waitAfter(failures, backoff, 0) });
  const codes = [...new Set(diagnostics.filter((each) => each.severity === "error").map((each) => each.code))].sort();
  const at = ports.now().toISOString();
  const attempted = revision ? ({ ...revision, at, outcome: "failed", codes } as const) : state.attempted;
  return { ...state, attempted, failures, failing: { at, codes } };
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
