import {
  encodeRecord,
  faultOf,
  isDigest,
  ledgerFault,
  linkRecord,
  parseRecord,
  restoredOverOf,
  verifyLedger,
  type Actor,
  type Instant,
  type JsonObject,
  type LedgerCheck,
  type LedgerHead,
  type LedgerKind,
  type LedgerRecord,
  type Owner,
  type Result,
} from "../../core/index.ts";
import { textOf, type Db } from "./db.ts";
import { must, StoreFault } from "./faults.ts";

/** The ledger's rows. Nothing here changes or removes a record. */
export interface Entry {
  readonly kind: LedgerKind;
  readonly owner: Owner | null;
  readonly actor: Actor;
  readonly body: JsonObject;
}

/** Appends records to the chain and returns its new end. */
export function appendRecords(db: Db, after: LedgerHead | null, at: Instant, entries: readonly Entry[]): LedgerHead | null {
  let head = after;
  for (const entry of entries) {
    const record = linkRecord({ seq: (head?.seq ?? 0) + 1, prev: head?.hash ?? null, at, ...entry });
    db.run("INSERT INTO ledger (seq, record) VALUES (?, ?)", record.seq, encodeRecord(record));
    head = { seq: record.seq, hash: record.hash };
  }
  return head;
}

/** The chain really ends where its signed head says; a full walk names the record when it does not. */
export function checkTail(db: Db, head: LedgerHead): void {
  const [seq, record] = db.row("SELECT seq, record FROM ledger ORDER BY seq DESC LIMIT 1") ?? [];
  if (seq === head.seq && typeof record === "string" && parseRecord(record)?.hash === head.hash) return;
  must(verifyTable(db, head));
  // The walk found every link whole, so the record it could not reach is the one that was asked for.
  throw ledgerBrokenAt(head.seq, `Record ${head.seq} cannot be found where the ledger keeps it.`);
}

export function verifyTable(db: Db, head?: LedgerHead, seen?: LedgerHead): Result<LedgerCheck> {
  return verifyLedger(lines(db), head, seen);
}

function* lines(db: Db): Generator<string> {
  for (const [, record] of db.each("SELECT seq, record FROM ledger ORDER BY seq")) yield textOf(record, "ledger record");
}

/** Records from `from`, each checked against its own hash and the one before it. */
export function readRecords(db: Db, head: LedgerHead, from: number, limit: number): readonly LedgerRecord[] {
  const first = Math.max(1, from);
  const due = Math.min(limit, head.seq - first + 1);
  if (due <= 0) return [];
  let before = first === 1 ? null : headAt(db, first - 1);
  const found: LedgerRecord[] = [];
  for (const [text] of db.all("SELECT record FROM ledger WHERE seq >= ? ORDER BY seq LIMIT ?", first, due)) {
    const seq = first + found.length;
    const record = parseRecord(textOf(text, "ledger record"));
    const wrong = faultOf(record, before);
    if (!record || wrong !== undefined) throw ledgerBrokenAt(seq, wrong ?? "");
    found.push(record);
    before = { seq, hash: record.hash };
  }
  if (found.length < due) throw ledgerBrokenAt(first + found.length, `Record ${first + found.length} is missing.`);
  return found;
}

function headAt(db: Db, seq: number): LedgerHead {
  const record = recordAt(db, seq);
  if (record?.seq !== seq) throw ledgerBrokenAt(seq, `Record ${seq} is missing or damaged.`);
  return { seq, hash: record.hash };
}

export function recordAt(db: Db, seq: number): LedgerRecord | undefined {
  const text = db.row("SELECT record FROM ledger WHERE seq = ?", seq)?.[0];
  return typeof text === "string" ? parseRecord(text) : undefined;
}

/** Whether a recorded restore stepped back over this head on purpose. */
export function isRestoredOver(db: Db, seen: LedgerHead): boolean {
  for (const text of lines(db)) {
    const record = parseRecord(text);
    const over = record && restoredOverOf(record);
    if (over?.seq === seen.seq && over.hash === seen.hash) return true;
  }
  return false;
}

/**
 * How far the gateway's audit had come when the ledger last named it; null where it never did, where the audit
 * began anew since, or where a restore brought an older ledger than the audit beside it.
 *
 * @param pastRestores - What the ledger named before it was restored counts too.
 */
export function notedAuditIn(db: Db, pastRestores: boolean): LedgerHead | null {
  const kinds = pastRestores ? "'audit'" : "'audit', 'restored'";
  const sql = `SELECT seq, record FROM ledger WHERE record ->> '$.kind' IN (${kinds}) ORDER BY seq DESC LIMIT 1`;
  const [at, text] = db.row(sql) ?? [];
  if (typeof at !== "number" || typeof text !== "string") return null;
  const record = parseRecord(text);
  if (record?.seq !== at || faultOf(record, record.prev === null ? null : { seq: at - 1, hash: record.prev }) !== undefined)
    throw ledgerBrokenAt(at, `Record ${at} is damaged.`);
  const { seq, hash } = record.body;
  return record.kind === "audit" && typeof seq === "number" && seq > 0 && isDigest(hash) ? { seq, hash } : null;
}

export function ledgerBrokenAt(seq: number, detail: string): StoreFault {
  return new StoreFault(ledgerFault(seq, detail));
}

/** A public half as the chain itself says it, in the newest record that names one: which key belongs to the store. */
export function declaredIn(db: Db, name: "ledgerKey" | "recipient"): string | undefined {
  let declared: string | undefined;
  for (const text of lines(db)) {
    const said = parseRecord(text)?.body[name];
    if (typeof said === "string") declared = said;
  }
  return declared;
}
