import { LIMITS, ok, type LedgerHead } from "../../core/index.ts";
import { must, StoreFault, textOf, type Db } from "../store/index.ts";
import { auditFault, verifyChain } from "./chain.ts";
import { guardAudit } from "./file.ts";
import { broken, headText, readHead } from "./head.ts";
import { selectOf } from "./query.ts";
import { isWhole, parseEvent } from "./record.ts";
import type { AuditCheck, AuditPage, AuditQuery, AuditReader, AuditRecord } from "./types.ts";

/** What a reader holds the chain against. */
export interface Witness {
  readonly lineage: string;
  /** Public keys that may have signed the head: those the ledger names. */
  readonly keys: () => readonly string[];
  /** Heads that were noted outside of the file. */
  readonly seen: () => readonly LedgerHead[];
}

export function readerOn(db: Db, witness: Witness): AuditReader {
  const { lineage } = witness;
  return {
    lineage,
    head: () => guardAudit(() => ok(headOn(db, lineage))),
    headProof: () => guardAudit(() => ok(readHead(headText(db)).proof)),
    record: (seq) => guardAudit(() => ok(db.reading(() => recordAt(db, seq)))),
    query: (query) => guardAudit(() => ok(db.reading(() => pageOf(db, query)))),
    lines: (from) =>
      guardAudit(() =>
        ok(
          db
            .all("SELECT record FROM events WHERE seq >= ? ORDER BY seq LIMIT ?", from, LIMITS.auditPage)
            .map(([text]) => textOf(text, "audit record")),
        ),
      ),
    verify: (seen) => guardAudit(() => ok(db.reading(() => verifyAll(db, witness, seen)))),
    close: () => db.close(),
  };
}

/** The head, if it is of this store. @throws StoreFault `AUDIT_BROKEN` */
export function headOn(db: Db, lineage: string): LedgerHead & { readonly base: LedgerHead | null } {
  const { head } = readHead(headText(db));
  if (head.lineage !== lineage) throw broken("is of another store");
  return { seq: head.seq, hash: head.hash, base: head.base };
}

function recordAt(db: Db, seq: number): AuditRecord | null {
  const text = db.row("SELECT record FROM events WHERE seq = ?", seq)?.[0];
  return text === undefined ? null : checked(textOf(text, "audit record"), seq);
}

function checked(line: string, seq: number): AuditRecord {
  const record = parseEvent(line);
  if (record?.seq === seq && isWhole(record)) return record;
  throw new StoreFault(auditFault(seq, `Record ${seq} was edited or damaged.`));
}

function pageOf(db: Db, query: AuditQuery): AuditPage {
  const limit = Math.max(1, Math.min(query.limit ?? 100, LIMITS.auditPage));
  const { sql, values } = selectOf(query, limit + 1);
  const rows = db.all(sql, ...values);
  const records = rows.slice(0, limit).map(([seq, text]) => checked(textOf(text, "audit record"), Number(seq)));
  return { records, more: rows.length > limit };
}

function verifyAll(db: Db, { lineage, keys, seen: noted }: Witness, asked: readonly LedgerHead[] = []): AuditCheck {
  const { head, proof } = readHead(headText(db));
  if (head.lineage !== lineage) throw broken("is of another store");
  if (!keys().includes(proof.key)) throw broken("is signed by a key that this store never had");
  const { seq, hash } = head;
  // What was dropped since cannot be compared any more.
  const seen = [...noted(), ...asked].filter((each) => each.seq > (head.base?.seq ?? 0));
  const records = must(verifyChain(lines(db), head.base, { seq, hash }, seen));
  return { records, head: { seq, hash }, base: head.base, lineage, key: proof.key };
}

function* lines(db: Db): Generator<string> {
  for (const [record] of db.each("SELECT record FROM events ORDER BY seq")) yield textOf(record, "audit record");
}
