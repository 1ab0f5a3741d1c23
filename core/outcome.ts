/**
 * How a command can end. The order is the precedence: when several hold, all are printed and the
 * first in this list gives the exit code. Source: docs/diagnostics.md, "Outcomes".
 */
export const OUTCOMES = [
  "CORRUPT",
  "UNTRUSTED",
  "NOT_ALLOWED",
  "INVALID",
  "LIMIT",
  "DENIED",
  "REFUSED",
  "LOCKED",
  "STALE",
  "UNAVAILABLE",
  "PARTIAL",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Process exit codes, the same from every command. */
export const EXIT = {
  ok: 0,
  invalid: 1,
  changesPending: 2,
  denied: 3,
  untrusted: 4,
  worldMoved: 5,
  refused: 6,
  outsideFailed: 7,
  driftOnly: 8,
  corrupt: 9,
  usage: 64,
  internal: 70,
  interrupted: 130,
} as const;

const EXIT_OF = {
  CORRUPT: EXIT.corrupt,
  UNTRUSTED: EXIT.untrusted,
  NOT_ALLOWED: EXIT.untrusted,
  INVALID: EXIT.invalid,
  LIMIT: EXIT.invalid,
  DENIED: EXIT.denied,
  REFUSED: EXIT.refused,
  LOCKED: EXIT.worldMoved,
  STALE: EXIT.worldMoved,
  UNAVAILABLE: EXIT.outsideFailed,
  PARTIAL: EXIT.outsideFailed,
} satisfies Record<Outcome, number>;

export function exitCodeOf(outcome: Outcome): number {
  return EXIT_OF[outcome];
}

/** The outcome that decides the exit code, or undefined when the list is empty. */
export function worstOutcome(outcomes: Iterable<Outcome>): Outcome | undefined {
  const seen = new Set(outcomes);
  return OUTCOMES.find((outcome) => seen.has(outcome));
}
