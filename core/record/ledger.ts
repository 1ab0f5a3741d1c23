import { canonicalJson } from "../canonical.ts";
import { problem, type Diagnostic } from "../diagnostic.ts";
import { digestJson, isDigest } from "../digest.ts";
import { isObject, type JsonObject } from "../json.ts";
import { fail, ok, type Result } from "../result.ts";
import type { LedgerCheck, LedgerHead, LedgerKind, LedgerRecord } from "./types.ts";

const KINDS = {
  created: true,
  intent: true,
  candidate: true,
  answer: true,
  receipt: true,
  rejected: true,
  abandoned: true,
  refused: true,
  waived: true,
  edit: true,
  hold: true,
  unhold: true,
  pin: true,
  unpin: true,
  migrated: true,
  restored: true,
  epoch: true,
  audit: true,
} satisfies Record<LedgerKind, true>;

const INSTANT = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const FIELDS = 9;

/** The next link of the chain: what is said, made immovable by its hash and the hash before it. */
export function linkRecord(fields: Omit<LedgerRecord, "formatVersion" | "hash">): LedgerRecord {
  const linked = { formatVersion: "1.0" as const, ...fields };
  return { ...linked, hash: digestJson(linked) };
}

/** One line: the canonical JSON of a record, which is also how it is stored and exported. */
export function encodeRecord(record: LedgerRecord): string {
  return canonicalJson({ ...record });
}

/**
 * Reads one line back.
 * @returns undefined for anything but the exact bytes {@link encodeRecord} makes of some record. Whether
 *   its hash is right and whether it is in its place is {@link verifyLedger}'s question.
 */
export function parseRecord(line: string): LedgerRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isObject(value) && hasShape(value) && canonicalJson(value) === line ? (value as unknown as LedgerRecord) : undefined;
}

function hasShape(value: JsonObject): boolean {
  const { formatVersion, seq, prev, at, kind, owner, actor, body, hash } = value;
  return (
    Object.keys(value).length === FIELDS &&
    formatVersion === "1.0" &&
    Number.isSafeInteger(seq) &&
    (prev === null || isDigest(prev)) &&
    typeof at === "string" &&
    INSTANT.test(at) &&
    typeof kind === "string" &&
    Object.hasOwn(KINDS, kind) &&
    (owner === null || typeof owner === "string") &&
    typeof actor === "string" &&
    isObject(body) &&
    isDigest(hash)
  );
}

/** What is wrong with a record in this place of the chain, as a sentence; undefined when nothing is. */
export function faultOf(record: LedgerRecord | undefined, before: LedgerHead | null): string | undefined {
  const due = (before?.seq ?? 0) + 1;
  if (!record) return `Record ${due} is not a ledger record any more: it was edited or damaged.`;
  if (record.seq !== due) {
    const how = record.seq > due ? "was removed, or swapped with another" : "has another inserted before it";
    return `Record ${due} ${how}: record ${record.seq} stands in its place.`;
  }
  const { hash, ...said } = record;
  if (digestJson({ ...said }) !== hash) return `Record ${due} was edited: its content does not give its hash.`;
  if (record.prev !== (before?.hash ?? null)) {
    return `Record ${due} does not follow the record before it: one of the two was replaced or inserted.`;
  }
  return undefined;
}

/** `LEDGER_BROKEN`, naming the record. */
export function ledgerFault(seq: number, detail: string): Diagnostic {
  return problem("LEDGER_BROKEN", {
    detail: `${detail} Everything before record ${seq} verifies.`,
    remedy: "Restore the newest backup:\nmoltbot restore FILE --replace --because TEXT",
    context: { seq },
  });
}

/**
 * Walks a chain from its first record.
 *
 * @param lines - Encoded records in order. Read once, so it may be a generator over something large.
 * @param head - Where the chain must end, kept apart from it: this is how a cut tail is found. Absent for
 *   a chain that came without one.
 * @param seen - A head somebody noted earlier. The chain must contain it, or a recorded restore over it.
 * @returns `LEDGER_BROKEN` naming the first record that was edited, removed, inserted, swapped or cut off.
 */
export function verifyLedger(lines: Iterable<string>, head?: LedgerHead, seen?: LedgerHead): Result<LedgerCheck> {
  let at: LedgerHead | null = null;
  const hashes = new Map<number, string>();
  const restoredOver: { readonly seq: number; readonly over: LedgerHead }[] = [];
  for (const line of lines) {
    const next: Link = link(line, at, head);
    if ("fault" in next) return fail(ledgerFault(next.seq, next.fault));
    at = { seq: next.record.seq, hash: next.record.hash };
    if (at.seq === seen?.seq) hashes.set(at.seq, at.hash);
    const over = restoredOverOf(next.record);
    if (over) restoredOver.push({ seq: at.seq, over });
  }
  const isSeen = !seen || hashes.get(seen.seq) === seen.hash || restoredOver.some(({ over }) => sameHead(over, seen));
  const fault = faultAtEnd(at, head) ?? (isSeen ? undefined : faultOfSeen(seen, at));
  return fault ? fail(ledgerFault(fault.seq, fault.detail)) : ok({ records: at?.seq ?? 0, head: at, restoredOver });
}

export function sameHead(a: LedgerHead | null, b: LedgerHead | null): boolean {
  return a?.seq === b?.seq && a?.hash === b?.hash;
}

type Link = { readonly record: LedgerRecord } | { readonly seq: number; readonly fault: string };

function link(line: string, at: LedgerHead | null, head: LedgerHead | undefined): Link {
  const seq = (at?.seq ?? 0) + 1;
  const record = parseRecord(line);
  const fault = faultOf(record, at);
  if (!record || fault !== undefined) return { seq, fault: fault ?? "" };
  return head && seq > head.seq ? { seq, fault: `Record ${seq} was added after the signed head.` } : { record };
}

type Fault = { readonly seq: number; readonly detail: string };

function faultAtEnd(at: LedgerHead | null, head: LedgerHead | undefined): Fault | undefined {
  if (!head) return undefined;
  const last = at?.seq ?? 0;
  if (last < head.seq)
    return { seq: last + 1, detail: `The ledger ends at record ${last}, but its head is record ${head.seq}: the tail was cut.` };
  return at?.hash === head.hash ? undefined : { seq: head.seq, detail: `Record ${head.seq} is not the one its signed head names.` };
}

function faultOfSeen(seen: LedgerHead, at: LedgerHead | null): Fault {
  const last = at?.seq ?? 0;
  if (last < seen.seq)
    return { seq: last + 1, detail: `The ledger ends at record ${last}, but record ${seen.seq} was seen elsewhere: the tail was cut.` };
  return { seq: seen.seq, detail: `Record ${seen.seq} is not the one that was seen elsewhere: the ledger was rewritten.` };
}

/** The head that a `restored` record stepped back over; undefined for every other record. */
export function restoredOverOf(record: LedgerRecord): LedgerHead | undefined {
  const over = record.kind === "restored" ? record.body.over : undefined;
  return isObject(over) && typeof over.seq === "number" && isDigest(over.hash) ? { seq: over.seq, hash: over.hash } : undefined;
}
