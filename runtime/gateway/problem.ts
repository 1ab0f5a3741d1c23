import { isRecoverable, outcomeOf, problem, worstOutcome, type Diagnostic, type JsonObject, type Outcome } from "../../core/index.ts";

/** HTTP status for an outcome, where its code says nothing more exact. */
const STATUS: Readonly<Record<Outcome, number>> = {
  CORRUPT: 500,
  UNTRUSTED: 403,
  NOT_ALLOWED: 403,
  INVALID: 400,
  LIMIT: 413,
  DENIED: 403,
  REFUSED: 409,
  LOCKED: 423,
  STALE: 412,
  UNAVAILABLE: 503,
  PARTIAL: 502,
};

/** Codes that mean something of their own in HTTP. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  AGENT_NOT_FOUND: 404,
  API_UNKNOWN: 404,
  API_METHOD: 405,
  API_NOT_FOUND: 404,
  API_UNAUTHENTICATED: 401,
  API_RATE_LIMITED: 429,
  API_FAULT: 500,
  SESSION_INVALID: 404,
  LEDGER_BROKEN: 409,
  APPROVAL_UNKNOWN: 404,
  CANDIDATE_OPEN: 409,
  CANDIDATE_REJECTED: 409,
  GENERATION_UNKNOWN: 404,
  PAIRING_UNKNOWN: 404,
  PERSON_UNKNOWN: 404,
  ANSWER_NOT_FOUND: 404,
  APPROVAL_ANSWERED: 409,
  QUEUE_FULL: 429,
  BUDGET_SPENT: 429,
};

/** A failure without an error in it is ours. */
const OURS = 500;

export function statusOf(diagnostics: readonly Diagnostic[]): number {
  const [first] = diagnostics;
  const own = first && STATUS_OF_CODE[first.code];
  const worst = worstOutcome(diagnostics.filter(({ severity }) => severity === "error").map(outcomeOf));
  return own ?? (worst === undefined ? OURS : STATUS[worst]);
}

/**
 * RFC 9457: `type` is the code's page, `title` its summary, `detail` what happened this time. More than one
 * problem: the others are in `problems`.
 */
export function problemDocument(diagnostics: readonly Diagnostic[], status: number, id: string): JsonObject {
  const [first, ...others] = diagnostics;
  const one = (of: Diagnostic): JsonObject => ({
    type: `https://moltbot.dev/diagnostics#${of.code.toLowerCase()}`,
    title: of.summary,
    detail: of.detail,
    code: of.code,
    recoverable: isRecoverable(outcomeOf(of)),
    ...(of.remedy === undefined ? {} : { remedy: of.remedy }),
  });
  if (!first) return { type: "about:blank", title: "Internal error", status, id };
  return { ...one(first), status, id, ...(others.length === 0 ? {} : { problems: others.map(one) }) };
}

/** `If-Match` does not hold. */
export function changedSince(): ReturnType<typeof problem> {
  return problem("API_PRECONDITION", { detail: "`If-Match` names another version than there is now." });
}
