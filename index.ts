/**
 * moltbot as a library: the calls behind the commands, the values they return and the words those are made of. Each
 * name here is a promise; test/package holds the list.
 *
 * Nothing is read from the process: where, who, when and how to stop arrive in a {@link Query} and a {@link World}.
 *
 * ```ts
 * const world: World = {
 *   clock: systemClock,
 *   ids: { next: () => randomBytes(16).toString("hex") },
 *   actor: "bot@acme.example",
 *   kinds: KINDS,
 *   version: "0.1.0", // of this package
 *   signal: AbortSignal.timeout(60_000),
 *   progress: () => undefined,
 * };
 * const planned = await plan({ repo: "." }, world);
 * ```
 *
 * Every call returns a {@link Result}; `orThrow(planned)` is its value, or throws the {@link MoltbotError} of its outcome.
 */
export { apply, destroy, hasEffect, plan, readPlan, render, rollback, validate, writePlan } from "./reconciler/engine.ts";
export {
  CODES,
  ConflictError,
  CorruptError,
  EXIT,
  exitCodeOf,
  InputError,
  isRecoverable,
  MoltbotError,
  orThrow,
  OUTCOMES,
  outcomeOf,
  OutsideError,
  PolicyError,
  RefusedError,
  systemClock,
  TrustError,
  worstOutcome,
} from "./core/index.ts";
export { KINDS } from "./schemas/index.ts";

export type { Applied, ApplyChoices, Plan, PlanBody, Planned, Progress, Query, Validated, World } from "./reconciler/engine.ts";
export type {
  Address,
  Clock,
  Diagnostic,
  DiagnosticCode,
  Digest,
  Generation,
  Ids,
  Kinds,
  Outcome,
  Owner,
  Resource,
  Result,
} from "./core/index.ts";
