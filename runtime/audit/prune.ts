import { LIMITS, type LedgerHead } from "../../core/index.ts";
import { numberOf, StoreFault, textOf, type Db } from "../store/index.ts";
import { auditFault } from "./chain.ts";
import type { Head } from "./head.ts";
import { isWhole, parseEvent } from "./record.ts";
import type { AuditRetention } from "./types.ts";

export interface Cut extends LedgerHead {
  readonly records: number;
  readonly because: "age" | "size";
}

/**
 * How far the oldest records go: up to the first one that is young enough, and no further than one call
 * may drop. The newest record always stays. A record from a clock that was ahead keeps those after it.
 */
export function cutAt(db: Db, head: Head, { maxAgeMs, maxRecords }: AuditRetention, now: Date): Cut | undefined {
  const before = head.base?.seq ?? 0;
  const oldest = new Date(now.getTime() - maxAgeMs).toISOString();
  const young = db.row("SELECT MIN(seq) FROM events WHERE record ->> '$.at' >= ?", oldest)?.[0];
  const byAge = (typeof young === "number" ? young : head.seq) - 1;
  const bySize = head.seq - maxRecords;
  const seq = Math.min(Math.max(byAge, bySize), head.seq - 1, before + LIMITS.auditPage);
  if (seq <= before) return undefined;
  const text = db.row("SELECT record FROM events WHERE seq = ?", seq)?.[0];
  const record = text === undefined ? undefined : parseEvent(textOf(text, "audit record"));
  // What is dropped is named by its hash: a damaged record is kept for whoever looks into it.
  if (record?.seq !== seq || !isWhole(record)) throw new StoreFault(auditFault(seq, `Record ${seq} was edited or damaged.`));
  return { seq, hash: record.hash, records: numberOf(seq - before, "count"), because: bySize > byAge ? "size" : "age" };
}
