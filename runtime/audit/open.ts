import { fail, ok, problem, type Clock, type Diagnostic, type Result } from "../../core/index.ts";
import { hasUnfinishedWrite, ledgerPublicKey, requireWritable, StoreFault, sweepTemporary } from "../store/index.ts";
import { auditFile, createAudit, declaredKeys, guardAudit, hasAudit, hasStore, notedIn, openAuditDb, ownerOf, type Owned } from "./file.ts";
import { broken, headText, readHead } from "./head.ts";
import { logOn } from "./log.ts";
import { readerOn } from "./reader.ts";
import { checkSeen, notedHeads, readSeen } from "./seen.ts";
import type { AuditLog, AuditReader, AuditRecord, SecurityEvent } from "./types.ts";

export interface AuditPorts {
  readonly clock: Clock;
  /** Told of every record once it is durable: the event bus. */
  readonly onRecorded?: (record: AuditRecord) => void;
  /** Runs what writes for many, in a turn of the event loop of its own; absent: the next one. */
  readonly later?: (work: () => void) => void;
}

/**
 * Opens the audit of a state folder for writing; makes it where the store has none yet. The end of the
 * chain, its signature and the newest head seen here are checked before it is believed.
 *
 * @returns a warning `AUDIT_SET_ASIDE` where a power cut left a record half-written: it was dropped, and a record says so.
 */
export function openAudit(dir: string, ports: AuditPorts): Result<AuditLog> {
  return guardAudit(() => {
    const owned = ownerOf(dir, ports.clock);
    requireWritable(dir);
    sweepTemporary(dir);
    const isNew = !hasAudit(dir);
    if (isNew) {
      const gone = lastSeen(dir, owned);
      if (gone !== null) return fail(lost(gone));
      createAudit(dir, owned, ports.clock);
    }
    const unfinished = hasUnfinishedWrite(`${auditFile(dir)}-wal`);
    const db = openAuditDb(dir, "write");
    try {
      const keys = (): readonly string[] => declaredKeys(dir, ports.clock);
      const { head, proof } = readHead(headText(db));
      if (head.lineage !== owned.lineage) throw broken("is of another store");
      checkSeen(notedHeads(dir, owned), db, head);
      const isOwnKey = proof.key === ledgerPublicKey(owned.key);
      if (!isOwnKey && !keys().includes(proof.key)) throw broken("is signed by a key that this store never had");
      const log = logOn(db, dir, owned, ports, readerOn(db, { lineage: owned.lineage, keys, seen: () => notedHeads(dir, owned) }));
      const events = openingEvents(isOwnKey ? null : proof.key, ledgerPublicKey(owned.key), unfinished);
      const noted = events.length === 0 ? null : log.recordAll(events);
      if (noted && !noted.ok) throw new StoreFault(...noted.diagnostics);
      return ok(log, unfinished ? [setAside()] : []);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Opens it for reading; null where nothing was ever audited here. */
export function openAuditReader(dir: string, clock: Clock): Result<AuditReader | null> {
  return guardAudit(() => {
    const isThere = hasAudit(dir);
    if (!isThere && readSeen(dir) === undefined && !hasStore(dir)) return ok(null);
    // Before the file is looked at: what the ledger names by then is in it.
    const owned = notedIn(dir, clock);
    if (!isThere) {
      const gone = lastSeen(dir, owned);
      return gone === null ? ok(null) : fail(lost(gone));
    }
    const { lineage } = owned;
    const db = openAuditDb(dir, "read");
    try {
      return ok(readerOn(db, { lineage, keys: () => declaredKeys(dir, clock), seen: () => notedHeads(dir, owned) }));
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** The newest record that was seen of an audit that is not there; null where none ever was. A note of another store counts too. */
export function lastSeen(dir: string, { noted }: Pick<Owned, "noted">): number | null {
  const seen = readSeen(dir);
  return seen || noted ? Math.max(seen?.seq ?? 0, noted?.seq ?? 0) : null;
}

function openingEvents(oldKey: string | null, newKey: string, unfinished: boolean): readonly SecurityEvent[] {
  const own = { owner: null, correlation: "audit", actor: "runtime", decision: "none" } as const;
  return [
    ...(oldKey === null ? [] : [{ ...own, kind: "audit.epoch" as const, facts: { from: oldKey, ledgerKey: newKey } }]),
    ...(unfinished ? [{ ...own, kind: "audit.set-aside" as const }] : []),
  ];
}

function setAside(): Diagnostic {
  return {
    ...problem("AUDIT_SET_ASIDE", {
      detail: "The last write to the audit was cut short. It was set aside; every record that was confirmed stands.",
    }),
    severity: "warning",
  };
}

function lost(seq: number): Diagnostic {
  return problem("AUDIT_BROKEN", {
    detail: `The audit is gone: audit.db is not in the state folder, although its record ${seq} was seen here.`,
    remedy: "Put the file back. If it is lost, begin anew:\nmoltbot audit new-epoch --reason TEXT",
    context: { seq },
  });
}
