import { InternalError, LIMITS, ok, type Result } from "../../core/index.ts";
import { StoreFault, textOf, type Db } from "../store/index.ts";
import { auditFault } from "./chain.ts";
import { guardAudit, type Owned } from "./file.ts";
import { broken, headText, readHead, writeHead, type Head } from "./head.ts";
import type { AuditPorts } from "./open.ts";
import { cutAt } from "./prune.ts";
import { encodeEvent, linkEvent, parseEvent } from "./record.ts";
import { writeSeen } from "./seen.ts";
import type { AuditLog, AuditReader, AuditRecord, AuditRetention, SecurityEvent } from "./types.ts";

interface Waiting {
  readonly event: SecurityEvent;
  readonly settle: (result: Result<AuditRecord>) => void;
}

/** The writing hand. Several processes may have one: each write reads the head that stands, inside its transaction. */
export function logOn(db: Db, dir: string, owned: Owned, ports: AuditPorts, reader: AuditReader): AuditLog {
  let known = { text: "", head: null as Head | null };
  let sinceSeen = 0;
  let waiting: Waiting[] = [];

  const current = (): Head => {
    const text = headText(db);
    // Another process wrote meanwhile, or this is the first write: believed only with its signature.
    if (text !== known.text || !known.head) {
      const { head } = readHead(text);
      if (head.lineage !== owned.lineage) throw broken("is of another store");
      checkEnd(db, head);
      known = { text, head };
    }
    return known.head as Head;
  };

  const append = (events: readonly SecurityEvent[], change: (head: Head) => Head = (head) => head): readonly AuditRecord[] => {
    let next: typeof known = known;
    const records = db.writing(() => {
      let head = change(current());
      const at = ports.clock.now().toISOString();
      const added = events.map((event) => {
        const record = linkEvent(event, head.seq + 1, head.hash, at);
        db.run("INSERT INTO events (seq, record) VALUES (?, ?)", record.seq, encodeEvent(record));
        head = { ...head, seq: record.seq, hash: record.hash };
        return record;
      });
      next = { head, text: writeHead(db, head, owned.key) };
      return added;
    });
    known = next;
    sinceSeen += records.length;
    if (sinceSeen >= LIMITS.auditSeenEvery) noteSeen();
    for (const record of records) ports.onRecorded?.(record);
    return records;
  };

  const noteSeen = (): void => {
    sinceSeen = 0;
    if (!known.head) return;
    const { lineage, seq, hash } = known.head;
    // A second witness: without it the record stands all the same, and the next time tries again.
    guardAudit(() => ok(writeSeen(dir, { lineage, seq, hash })));
  };

  const recordAll = (events: readonly SecurityEvent[]): Result<readonly AuditRecord[]> => guardAudit(() => ok(append(events)));

  const flush = (): void => {
    const due = waiting;
    waiting = [];
    for (let from = 0; from < due.length; from += LIMITS.auditPage) {
      const batch = due.slice(from, from + LIMITS.auditPage);
      const written = recordAll(batch.map(({ event }) => event));
      batch.forEach(({ settle }, i) => settle(written.ok ? ok(written.value[i] as AuditRecord) : written));
    }
  };

  /** Together with what waits, and behind it: the chain keeps the order in which things were told. */
  const recordBehind = (events: readonly SecurityEvent[]): Result<readonly AuditRecord[]> => {
    if (waiting.length === 0 || waiting.length > LIMITS.auditPage) return recordAll(events);
    const due = waiting;
    const written = recordAll([...due.map(({ event }) => event), ...events]);
    // One that cannot be written is not to keep the others from it.
    if (!written.ok) return recordAll(events);
    waiting = [];
    for (const [i, { settle }] of due.entries()) settle(ok(written.value[i] as AuditRecord));
    return ok(written.value.slice(due.length));
  };

  return {
    reader,
    record: (event) => {
      const written = recordBehind([event]);
      if (!written.ok) return written;
      const [record] = written.value;
      if (!record) throw new InternalError("runtime/audit: one event gave no record");
      return ok(record);
    },
    recordAll: recordBehind,
    recordSoon: (event) => {
      const { promise, resolve } = Promise.withResolvers<Result<AuditRecord>>();
      if (waiting.length === 0) (ports.later ?? setImmediate)(flush);
      waiting.push({ event, settle: resolve });
      return promise;
    },
    prune: (retention: AuditRetention) => guardAudit(() => ok(prune(db, retention, ports, append, current))),
    close: () => {
      flush();
      noteSeen();
      db.close();
    },
  };
}

/** The chain ends where its signed head says: a cut tail is found before anything is put behind it. */
function checkEnd(db: Db, head: Head): void {
  const [seq, text] = db.row("SELECT seq, record FROM events ORDER BY seq DESC LIMIT 1") ?? [];
  if (seq === head.seq && parseEvent(textOf(text, "audit record"))?.hash === head.hash) return;
  const last = typeof seq === "number" ? seq : 0;
  const why = last < head.seq ? "the tail was cut" : "something stands where its head does not say";
  throw new StoreFault(
    auditFault(Math.min(last, head.seq) + 1, `The audit ends at record ${last}, but its head is record ${head.seq}: ${why}.`),
  );
}

function prune(
  db: Db,
  retention: AuditRetention,
  { clock }: AuditPorts,
  append: (events: readonly SecurityEvent[], change: (head: Head) => Head) => readonly AuditRecord[],
  current: () => Head,
): number {
  const cut = db.reading(() => cutAt(db, current(), retention, clock.now()));
  if (!cut) return 0;
  const event: SecurityEvent = {
    kind: "audit.pruned",
    owner: null,
    correlation: "audit",
    actor: "runtime",
    decision: "none",
    facts: { through: cut.seq, hash: cut.hash, records: cut.records, because: cut.because },
  };
  append([event], (head) => {
    db.run("DELETE FROM events WHERE seq <= ?", cut.seq);
    return { ...head, base: { seq: cut.seq, hash: cut.hash } };
  });
  return cut.records;
}
