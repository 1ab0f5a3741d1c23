import { createHash } from "node:crypto";
import { canonicalJson, isArray, isObject, LIMITS, mapResult, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { joinLabels, NO_LABELS, type Labels } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** What the gate remembers of one session. */
export interface SessionFacts {
  labels: Labels;
  calls: number;
  denied: number;
  tokens: number;
  approvals: number;
  readonly callsOfTool: Map<string, number>;
  readonly callsOfGrant: Map<string, number>;
  /** Digests of what was approved once for the whole session. */
  readonly once: Set<string>;
  last: { readonly digest: string; count: number } | null;
}

/** Labels, counters and standing approvals of sessions, sealed at rest. */
export interface SessionStates {
  readonly of: (session: string) => Result<SessionFacts>;
  /** Durable when it returns; with `to`, when that transaction is. */
  readonly save: (session: string, to?: SealedRecords) => Result<void>;
  /** Something changed that may be lost with the process; it is written with what is saved next, and at the end. */
  readonly touch: (session: string) => void;
  readonly forget: (session: string) => Result<void>;
  /** Writes what was only touched, and stops doing so by itself. */
  readonly close: () => void;
}

/** What must be assumed of a conversation that nothing is known of any more. */
export const WORST_LABELS: Labels = { classes: [], private: true, untrusted: true };

/** How often counters that may be lost with the process are written, and of how many sessions at a time: one transaction. */
const FLUSH_MS = 500;
const FEW = 64;

const PLAIN = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** The slot of a session; one whose id is no slot name has the name of its digest. */
export function slotOfSession(session: string): string {
  return `gate/session/${PLAIN.test(session) ? session : createHash("sha256").update(session).digest("hex")}`;
}

export function newSessionStates(records: SealedRecords): SessionStates {
  const known = new Map<string, SessionFacts>();
  const touched = new Set<string>();
  const put = (session: string, facts: SessionFacts, to: Pick<SealedRecords, "put">): Result<void> =>
    to.put(slotOfSession(session), Buffer.from(canonicalJson(encode(facts))));
  const write = (session: string, facts: SessionFacts, to: Pick<SealedRecords, "put"> = records): Result<void> => {
    const saved = put(session, facts, to);
    if (saved.ok) touched.delete(session);
    return saved;
  };
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  /** A few at a time: nobody waits for it, and nobody is to notice. */
  const flush = (most: number): void => {
    timer = undefined;
    const due = [...touched].slice(0, most);
    records.together((all) => {
      for (const session of due) {
        const facts = known.get(session);
        const written = facts ? write(session, facts, all) : ok(undefined);
        if (!written.ok) return written;
      }
      return ok(undefined);
    });
    for (const session of due) touched.delete(session);
    if (touched.size > 0) later();
  };
  const later = (): void => {
    // What ends after the gate was closed finds no store any more.
    if (isClosed) return;
    timer ??= setTimeout(() => flush(FEW), FLUSH_MS).unref();
  };
  const keep = (session: string, facts: SessionFacts): SessionFacts => {
    known.set(session, facts);
    const [oldest] = known.keys();
    if (known.size > LIMITS.sessionsKnown && oldest !== undefined) {
      const old = known.get(oldest);
      if (old && touched.has(oldest)) write(oldest, old);
      known.delete(oldest);
      touched.delete(oldest);
    }
    return facts;
  };
  return {
    of: (session) => {
      const found = known.get(session);
      if (found) return ok(found);
      return mapResult(records.get(slotOfSession(session)), (slot) => keep(session, slot ? decode(slot.head) : fresh()));
    },
    save: (session, to) => {
      const facts = known.get(session);
      if (!facts) return ok(undefined);
      return to ? put(session, facts, to) : write(session, facts);
    },
    touch: (session) => {
      touched.add(session);
      later();
    },
    forget: (session) => {
      known.delete(session);
      touched.delete(session);
      return records.remove(slotOfSession(session));
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      flush(Number.POSITIVE_INFINITY);
    },
  };
}

/** Labels only ever grow. @returns whether they did. */
export function grow(facts: SessionFacts, labels: Labels): boolean {
  const all = joinLabels(facts.labels, labels);
  // More classes than are kept apart count as private, whatever they are called.
  const joined = all.classes.length <= LIMITS.labelClasses ? all : { ...all, classes: facts.labels.classes, private: true };
  const isNew =
    joined.private !== facts.labels.private ||
    joined.untrusted !== facts.labels.untrusted ||
    joined.classes.length !== facts.labels.classes.length;
  if (isNew) facts.labels = joined;
  return isNew;
}

function fresh(): SessionFacts {
  return {
    labels: NO_LABELS,
    calls: 0,
    denied: 0,
    tokens: 0,
    approvals: 0,
    callsOfTool: new Map(),
    callsOfGrant: new Map(),
    once: new Set(),
    last: null,
  };
}

function encode(facts: SessionFacts): JsonObject {
  const { labels, calls, denied, tokens, approvals, last } = facts;
  return {
    v: 1,
    labels: { classes: [...labels.classes], private: labels.private, untrusted: labels.untrusted },
    calls,
    denied,
    tokens,
    approvals,
    callsOfTool: Object.fromEntries(facts.callsOfTool),
    callsOfGrant: Object.fromEntries(facts.callsOfGrant),
    once: [...facts.once].sort(),
    last: last ? { digest: last.digest, count: last.count } : null,
  };
}

/** What it holds was sealed by us; what is not of this form is from another version, and everything is assumed of it. */
function decode(bytes: Uint8Array): SessionFacts {
  const facts = fresh();
  const value = parsed(bytes);
  const labels = isObject(value) ? value["labels"] : undefined;
  if (!isObject(value) || value["v"] !== 1 || !isObject(labels)) return { ...facts, labels: WORST_LABELS };
  const last = value["last"];
  return {
    ...facts,
    labels: { classes: texts(labels["classes"]), private: labels["private"] !== false, untrusted: labels["untrusted"] !== false },
    calls: count(value["calls"]),
    denied: count(value["denied"]),
    tokens: count(value["tokens"]),
    approvals: count(value["approvals"]),
    callsOfTool: counts(value["callsOfTool"]),
    callsOfGrant: counts(value["callsOfGrant"]),
    once: new Set(texts(value["once"])),
    last: isObject(last) && typeof last["digest"] === "string" ? { digest: last["digest"], count: count(last["count"]) } : null,
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function count(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}

function counts(value: Json | undefined): Map<string, number> {
  return new Map(isObject(value) ? Object.entries(value).map(([key, each]) => [key, count(each)]) : []);
}
