import { outcomeOf, type Diagnostic } from "./diagnostic.ts";
import type { DiagnosticCode } from "./codes/index.ts";
import { worstOutcome, type Outcome } from "./outcome.ts";
import type { Result } from "./result.ts";

/**
 * A broken invariant: our bug, never the user's mistake. It ends the command with exit code 70 and
 * asks for a report. What a user can cause is a {@link Diagnostic}, not this.
 */
export class InternalError extends Error {
  override readonly name: string = "InternalError";
}

/** Ends a switch over a closed union: a new member becomes a compile error at every use. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable value ${JSON.stringify(value)}`);
}

/**
 * A {@link Diagnostic} for callers that use exceptions: one to one, with the same code and context. Nothing of ours
 * throws it by itself; {@link orThrow} makes it from a failed {@link Result}.
 */
export class MoltbotError extends Error {
  override readonly name: string = "MoltbotError";
  readonly diagnostic: Diagnostic;
  /** Everything that was wrong, this one among it. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostic: Diagnostic, diagnostics: readonly Diagnostic[] = [diagnostic]) {
    super(`${diagnostic.code}: ${diagnostic.detail}`, diagnostic.cause === undefined ? {} : { cause: diagnostic.cause });
    this.diagnostic = diagnostic;
    this.diagnostics = diagnostics;
  }

  get code(): DiagnosticCode {
    return this.diagnostic.code;
  }

  get context(): Diagnostic["context"] {
    return this.diagnostic.context;
  }

  get outcome(): Outcome {
    return outcomeOf(this.diagnostic);
  }

  /** See {@link isRecoverable}. */
  get recoverable(): boolean {
    return isRecoverable(this.outcome);
  }
}

/** INVALID, LIMIT: the input is wrong. */
export class InputError extends MoltbotError {
  override readonly name: string = "InputError";
}

/** UNTRUSTED, NOT_ALLOWED: a signature, an identity or a commit. */
export class TrustError extends MoltbotError {
  override readonly name: string = "TrustError";
}

/** DENIED: policy says no. */
export class PolicyError extends MoltbotError {
  override readonly name: string = "PolicyError";
}

/** REFUSED: it needs somebody's explicit, recorded word. */
export class RefusedError extends MoltbotError {
  override readonly name: string = "RefusedError";
}

/** LOCKED, STALE: somebody else is at it, or the world has moved. */
export class ConflictError extends MoltbotError {
  override readonly name: string = "ConflictError";
}

/** UNAVAILABLE, PARTIAL: something outside failed. */
export class OutsideError extends MoltbotError {
  override readonly name: string = "OutsideError";
}

/** CORRUPT: a stored file of ours fails its integrity check. */
export class CorruptError extends MoltbotError {
  override readonly name: string = "CorruptError";
}

const CLASSES = {
  CORRUPT: CorruptError,
  UNTRUSTED: TrustError,
  NOT_ALLOWED: TrustError,
  INVALID: InputError,
  LIMIT: InputError,
  DENIED: PolicyError,
  REFUSED: RefusedError,
  LOCKED: ConflictError,
  STALE: ConflictError,
  UNAVAILABLE: OutsideError,
  PARTIAL: OutsideError,
} satisfies Record<Outcome, typeof MoltbotError>;

const RECOVERABLE: ReadonlySet<Outcome> = new Set(["LOCKED", "STALE", "UNAVAILABLE", "PARTIAL"]);

/** Whether the same request may succeed later although nobody changed what it asks for. */
export function isRecoverable(outcome: Outcome): boolean {
  return RECOVERABLE.has(outcome);
}

/** The value of a result. @throws {MoltbotError} the first of the problems that decide its outcome. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  const worst = worstOutcome(errors.map(outcomeOf));
  const first = errors.find((each) => outcomeOf(each) === worst);
  if (first === undefined || worst === undefined) throw new InternalError("a result failed without an error");
  throw new CLASSES[worst](first, result.diagnostics);
}
