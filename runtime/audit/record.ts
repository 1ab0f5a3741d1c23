import {
  canonicalJson,
  digestBytes,
  digestJson,
  isDigest,
  isObject,
  LIMITS,
  type Digest,
  type Instant,
  type JsonObject,
} from "../../core/index.ts";
import type { AuditRecord, SecurityEvent, SecurityEventKind } from "./types.ts";

/** The codec of one record. Pure. */

const KINDS = {
  "tool.called": true,
  "tool.denied": true,
  "tool.failed": true,
  "tool.done": true,
  "approval.asked": true,
  "approval.given": true,
  "approval.refused": true,
  "approval.expired": true,
  "message.accepted": true,
  "message.refused": true,
  "message.sent": true,
  "message.undelivered": true,
  "message.stripped": true,
  "session.created": true,
  "session.deleted": true,
  "secret.opened": true,
  "auth.accepted": true,
  "auth.refused": true,
  "auth.revoked": true,
  "api.changed": true,
  "plugin.started": true,
  "plugin.stopped": true,
  "budget.spent": true,
  "generation.active": true,
  "generation.rejected": true,
  "keys.rotated": true,
  "hold.added": true,
  "hold.ended": true,
  "person.exported": true,
  "person.deleted": true,
  "tls.exception": true,
  "runtime.started": true,
  "runtime.stopped": true,
  "audit.created": true,
  "audit.epoch": true,
  "audit.pruned": true,
  "audit.set-aside": true,
} satisfies Record<SecurityEventKind, true>;

/** Every kind of event, sorted. */
export const EVENT_KINDS: readonly SecurityEventKind[] = (Object.keys(KINDS) as SecurityEventKind[]).sort();

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const TEXTS = ["owner", "correlation", "actor", "agent", "session", "channel", "tool", "action", "resource", "code"] as const;
const DECISIONS: ReadonlySet<unknown> = new Set(["allowed", "denied", "asked", "none"]);
const FIELDS: ReadonlySet<string> = new Set([
  ...TEXTS,
  "formatVersion",
  "seq",
  "prev",
  "at",
  "hash",
  "kind",
  "decision",
  "rules",
  "policy",
  "question",
  "facts",
]);

/**
 * The next link of the chain. Words from outside are bounded first: one that is too long keeps its
 * beginning and gets the digest of the whole, so that a long name neither fills the disk nor stops a record.
 */
export function linkEvent(event: SecurityEvent, seq: number, prev: Digest | null, at: Instant): AuditRecord {
  const linked = { formatVersion: "1.0" as const, ...bounded(event), seq, prev, at };
  return { ...linked, hash: digestJson(linked) };
}

export function encodeEvent(record: AuditRecord): string {
  return canonicalJson(record as unknown as JsonObject);
}

/** @returns undefined for anything but the exact bytes {@link encodeEvent} makes of some record. */
export function parseEvent(line: string): AuditRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isObject(value) && hasShape(value) && canonicalJson(value) === line ? (value as unknown as AuditRecord) : undefined;
}

/** Whether a record's content gives its hash. */
export function isWhole(record: AuditRecord): boolean {
  const { hash, ...said } = record;
  return digestJson(said) === hash;
}

function bounded(event: SecurityEvent): SecurityEvent {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(event)) if (value !== undefined) copy[key] = boundedField(key, value);
  return copy as unknown as SecurityEvent;
}

function boundedField(key: string, value: unknown): unknown {
  if (typeof value === "string") return boundedText(value);
  if (key === "rules") return (value as readonly string[]).slice(0, LIMITS.auditRules).map(boundedText);
  return key === "facts" ? boundedFacts(value as JsonObject) : value;
}

function boundedText(text: string): string {
  // A lone surrogate has no bytes of its own and would not come back as it was written.
  const clean = text.toWellFormed();
  return clean.length <= LIMITS.auditTextChars ? clean : `${clean.slice(0, LIMITS.auditTextChars).toWellFormed()}… ${digestBytes(clean)}`;
}

/** Facts as they are, or, where they are too many, what names them. */
function boundedFacts(facts: JsonObject): JsonObject {
  const text = canonicalJson(facts).toWellFormed();
  if (text.length > LIMITS.auditFactsChars) return { omitted: digestBytes(text), chars: text.length };
  return JSON.parse(text) as JsonObject;
}

function hasShape(value: JsonObject): boolean {
  const { formatVersion, seq, prev, at, kind, hash, decision, actor, correlation } = value;
  return (
    formatVersion === "1.0" &&
    typeof seq === "number" &&
    Number.isSafeInteger(seq) &&
    (prev === null || isDigest(prev)) &&
    typeof at === "string" &&
    INSTANT.test(at) &&
    typeof kind === "string" &&
    Object.hasOwn(KINDS, kind) &&
    DECISIONS.has(decision) &&
    typeof actor === "string" &&
    typeof correlation === "string" &&
    isDigest(hash) &&
    haveTypes(value)
  );
}

function haveTypes(value: JsonObject): boolean {
  const { rules, facts, policy, question } = value;
  return (
    Object.keys(value).every((key) => FIELDS.has(key)) &&
    TEXTS.every((key) => value[key] === undefined || typeof value[key] === "string" || (key === "owner" && value[key] === null)) &&
    (rules === undefined || (Array.isArray(rules) && rules.every((rule) => typeof rule === "string"))) &&
    (facts === undefined || isObject(facts)) &&
    [policy, question].every((digest) => digest === undefined || isDigest(digest))
  );
}
