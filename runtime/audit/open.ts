import { fail, ok, problem, type Clock, type Diagnostic, type LedgerHead, type Result } from "../../core/index.ts";
import { hasUnfinishedWrite, ledgerPublicKey, requireWritable, StoreFault, sweepTemporary } from "../store/index.ts";
import { auditFile, createAudit, declaredKeys, guardAudit, hasAudit, openAuditDb, ownerOf } from "./file.ts";
import { broken, headText, readHead } from "./head.ts";
import { logOn } from "./log.ts";
import { readerOn } from "./reader.ts";
import { checkSeen, readSeen } from "./seen.ts";
import type { AuditLog, AuditReader, AuditRecord, SecurityEvent } from "./types.ts";

export interface AuditPorts {
  readonly clock: Clock;
  /** Told of every record once it is durable: the event bus. */
  readonly onRecorded?: (record: AuditRecord) => void;
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
      const seen = readSeen(dir);
      if (seen) return fail(lost(seen.seq));
      createAudit(dir, owned, ports.clock);
    }
    const unfinished = hasUnfinishedWrite(`${auditFile(dir)}-wal`);
    const db = openAuditDb(dir, "write");
    try {
      const keys = (): readonly string[] => declaredKeys(dir, ports.clock);
      const { head, proof } = readHead(headText(db));
      if (head.lineage !== owned.lineage) throw broken("is of another store");
      checkSeen(dir, db, head);
      const isOwnKey = proof.key === ledgerPublicKey(owned.key);
      if (!isOwnKey && !keys().includes(proof.key)) throw broken("is signed by a key that this store never had");
      const log = logOn(db, dir, owned, ports, readerOn(db, { lineage: owned.lineage, keys, seen: seenBy(dir, owned.lineage) }));
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
    if (!hasAudit(dir)) {
      const seen = readSeen(dir);
      return seen ? fail(lost(seen.seq)) : ok(null);
    }
    const { lineage } = ownerOf(dir, clock);
    const db = openAuditDb(dir, "read");
    try {
      return ok(readerOn(db, { lineage, keys: () => declaredKeys(dir, clock), seen: seenBy(dir, lineage) }));
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function seenBy(dir: string, lineage: string): () => readonly LedgerHead[] {
  return () => {
    const seen = readSeen(dir);
    return seen?.lineage === lineage ? [{ seq: seen.seq, hash: seen.hash }] : [];
  };
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
