import type { DiagnosticCode, Digest, Instant, JsonObject, LedgerHead, Owner, Result } from "../../core/index.ts";

/** What happened, as an operator reads it in an incident. */
export type SecurityEventKind =
  | "tool.called"
  | "tool.done"
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
  | "message.undelivered"
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
  | "keys.rotated"
  | "hold.added"
  | "hold.ended"
  | "person.exported"
  | "person.deleted"
  | "tls.exception"
  | "runtime.started"
  | "runtime.stopped"
  /** The chain's own: its first record; a new key; the oldest records dropped; an end that a power cut left half-written. */
  | "audit.created"
  | "audit.epoch"
  | "audit.pruned"
  | "audit.set-aside";

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

/** One link of the chain, as it is kept: canonical JSON of exactly these fields. */
export interface AuditRecord extends SecurityEvent {
  readonly formatVersion: "1.0";
  /** Counts from 1, without gaps; goes on over pruning, key changes and restarts. */
  readonly seq: number;
  /** Hash of the record before; null only of the first. */
  readonly prev: Digest | null;
  readonly at: Instant;
  readonly hash: Digest;
}

/** The runtime's hash chain of security events. */
export interface Audit {
  /** Durable when it returns. A failure means that the effect must not happen. */
  readonly record: (event: SecurityEvent) => Result<AuditRecord>;
}

/** Which records are wanted. Every condition given must hold. */
export interface AuditQuery {
  /** Only records after this one, or before it: how one page follows another. */
  readonly after?: number;
  readonly before?: number;
  readonly since?: Instant;
  readonly until?: Instant;
  /** Kinds, or the first words of kinds: `tool` is every `tool.*`. */
  readonly kinds?: readonly string[];
  readonly decision?: SecurityEvent["decision"];
  readonly owner?: Owner;
  readonly actor?: string;
  readonly agent?: string;
  readonly session?: string;
  readonly channel?: string;
  readonly tool?: string;
  readonly correlation?: string;
  /** The oldest first, or the newest; default the newest. */
  readonly order?: "oldest" | "newest";
  /** At most {@link LIMITS.auditPage}; default 100. */
  readonly limit?: number;
}

export interface AuditPage {
  /** In the order asked for. */
  readonly records: readonly AuditRecord[];
  /** More may follow: ask again `after` (or `before`) the last. */
  readonly more: boolean;
}

export interface AuditCheck {
  /** How many records the chain holds now. */
  readonly records: number;
  readonly head: LedgerHead;
  /** The last of the records that retention dropped; null where the chain is whole from its first record. */
  readonly base: LedgerHead | null;
  readonly lineage: string;
  /** The public ledger key that signed the head, base64url. */
  readonly key: string;
}

/** What is dropped. Whatever is past either bound goes, the oldest first. */
export interface AuditRetention {
  readonly maxAgeMs: number;
  readonly maxRecords: number;
}

/** The chain, read. Every record that leaves it was checked against its own hash. */
export interface AuditReader {
  readonly lineage: string;
  readonly head: () => Result<LedgerHead>;
  readonly record: (seq: number) => Result<AuditRecord | null>;
  readonly query: (query: AuditQuery) => Result<AuditPage>;
  /** The exact lines that are kept, oldest first, from `seq` on, at most {@link LIMITS.auditPage}. */
  readonly lines: (from: number) => Result<readonly string[]>;
  /** Walks the whole chain up to its signed head, and to heads seen elsewhere; names the first bad record. */
  readonly verify: (seen?: readonly LedgerHead[]) => Result<AuditCheck>;
  /** The signed head, for somebody who has nothing else. */
  readonly headProof: () => Result<AuditHeadProof>;
  readonly close: () => void;
}

export interface AuditHeadProof {
  readonly lineage: string;
  /** The exact text that was signed: canonical JSON of lineage, seq, hash and base. */
  readonly signed: string;
  readonly signature: string;
  readonly key: string;
}

/** The chain, written by the one gateway and by commands beside it. */
export interface AuditLog extends Audit {
  /** Several in one durable write, all or none. */
  readonly recordAll: (events: readonly SecurityEvent[]) => Result<readonly AuditRecord[]>;
  /** The same for callers that can wait: what comes within one turn of the event loop is one durable write. */
  readonly recordSoon: (event: SecurityEvent) => Promise<Result<AuditRecord>>;
  readonly reader: AuditReader;
  /** @returns how many records were dropped; call again while it is not 0: one call drops a bounded number. */
  readonly prune: (retention: AuditRetention) => Result<number>;
  readonly close: () => void;
}
