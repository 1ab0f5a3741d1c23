import type { DiagnosticCode, Digest, Instant, JsonObject, Owner, Result } from "../../core/index.ts";

/** What happened, as an operator reads it in an incident. */
export type SecurityEventKind =
  | "tool.called"
  | "tool.denied"
  | "tool.failed"
  | "approval.asked"
  | "approval.given"
  | "approval.refused"
  | "approval.expired"
  | "message.accepted"
  | "message.refused"
  | "message.sent"
  | "message.stripped"
  | "session.created"
  | "session.deleted"
  | "secret.opened"
  | "auth.accepted"
  | "auth.refused"
  | "auth.revoked"
  | "api.changed"
  | "plugin.started"
  | "plugin.stopped"
  | "budget.spent"
  | "generation.active"
  | "generation.rejected"
  | "hold.added"
  | "hold.ended"
  | "person.exported"
  | "person.deleted"
  | "runtime.started"
  | "runtime.stopped";

/** One event to be recorded. Never content, never a secret: digests, sizes, names and codes. */
export interface SecurityEvent {
  readonly kind: SecurityEventKind;
  readonly owner: Owner | null;
  /** {@link Run.id}, or an id of the request: what joins audit, logs and traces. */
  readonly correlation: string;
  /** {@link Principal.id}, or `runtime`. */
  readonly actor: string;
  readonly agent?: string;
  readonly session?: string;
  readonly channel?: string;
  readonly tool?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly decision: "allowed" | "denied" | "asked" | "none";
  readonly code?: DiagnosticCode;
  /** Rules that had a part in the decision, `<policy>.<code>`. */
  readonly rules?: readonly string[];
  /** The digest of the policy bundle that decided. */
  readonly policy?: Digest;
  /** The digest of the question it was asked: with the bundle, enough to ask it again. */
  readonly question?: Digest;
  readonly facts?: JsonObject;
}

export interface AuditRecord extends SecurityEvent {
  readonly seq: number;
  readonly prev: Digest | null;
  readonly at: Instant;
  readonly hash: Digest;
}

/** The runtime's hash chain of security events. */
export interface Audit {
  /** Durable when it returns. A failure means that the effect must not happen. */
  readonly record: (event: SecurityEvent) => Result<AuditRecord>;
}
