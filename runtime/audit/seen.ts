import path from "node:path";
import { canonicalJson, isDigest, isObject, type LedgerHead } from "../../core/index.ts";
import { exists, readSmall, StoreFault, textOf, writeDurably, type Db } from "../store/index.ts";
import { auditFault } from "./chain.ts";
import type { Owned } from "./file.ts";
import { broken, type Head } from "./head.ts";
import { parseEvent } from "./record.ts";

/**
 * The newest head that was seen here, in a file beside the audit: an older copy of audit.db that somebody
 * puts in its place is whole and signed, and only this shows that records are missing from its end.
 */
const MAX_BYTES = 4_096;

interface Seen extends LedgerHead {
  readonly lineage: string;
}

function seenFile(dir: string): string {
  return path.join(dir, "audit.json");
}

export function writeSeen(dir: string, { lineage, seq, hash }: Seen): void {
  writeDurably(seenFile(dir), `${canonicalJson({ formatVersion: "1.0", lineage, seq, hash })}\n`);
}

export function readSeen(dir: string): Seen | undefined {
  const file = seenFile(dir);
  if (!exists(file)) return undefined;
  const seen = parsed(readSmall(file, MAX_BYTES));
  if (!seen) throw broken("cannot be compared with audit.json, which is damaged");
  return seen;
}

function parsed(text: string): Seen | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || value["formatVersion"] !== "1.0") return undefined;
    const { lineage, seq, hash } = value;
    return typeof lineage === "string" && typeof seq === "number" && isDigest(hash) ? { lineage, seq, hash } : undefined;
  } catch {
    return undefined;
  }
}

/** Every head of this store's audit that was noted outside of its file: in audit.json, and in the ledger. */
export function notedHeads(dir: string, { lineage, noted }: Pick<Owned, "lineage" | "noted">): readonly LedgerHead[] {
  const seen = readSeen(dir);
  return [...(seen?.lineage === lineage ? [{ seq: seen.seq, hash: seen.hash }] : []), ...(noted ? [noted] : [])];
}

/** @throws StoreFault `AUDIT_BROKEN` where the chain does not reach, or does not hold, what was seen. */
export function checkSeen(noted: readonly LedgerHead[], db: Db, head: Head): void {
  for (const seen of noted) checkOne(seen, db, head);
}

function checkOne(seen: LedgerHead, db: Db, head: Head): void {
  if (seen.seq <= (head.base?.seq ?? 0)) return;
  if (seen.seq > head.seq)
    throw new StoreFault(
      auditFault(
        head.seq + 1,
        `The audit ends at record ${head.seq}, but record ${seen.seq} was seen here: the tail was cut, or an older copy was put in its place.`,
      ),
    );
  const text = db.row("SELECT record FROM events WHERE seq = ?", seen.seq)?.[0];
  const record = text === undefined ? undefined : parseEvent(textOf(text, "audit record"));
  if (record?.hash !== seen.hash) throw new StoreFault(auditFault(seen.seq, `Record ${seen.seq} is not the one that was seen here.`));
}
