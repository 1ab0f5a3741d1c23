import { fail, ok, problem, type Diagnostic, type LedgerHead, type Result } from "../../core/index.ts";
import { isWhole, parseEvent } from "./record.ts";
import type { AuditRecord } from "./types.ts";

/** The chain as a value. Pure. */

/** What is wrong with a record in this place, as a sentence; undefined when nothing is. */
export function faultOf(record: AuditRecord | undefined, before: LedgerHead | null): string | undefined {
  const due = (before?.seq ?? 0) + 1;
  if (!record) return `Record ${due} is not an audit record any more: it was edited or damaged.`;
  if (record.seq !== due) {
    const how = record.seq > due ? "was removed, or swapped with another" : "has another inserted before it";
    return `Record ${due} ${how}: record ${record.seq} stands in its place.`;
  }
  if (!isWhole(record)) return `Record ${due} was edited: its content does not give its hash.`;
  if (record.prev !== (before?.hash ?? null))
    return `Record ${due} does not follow the record before it: one of the two was replaced or inserted.`;
  return undefined;
}

/**
 * Walks a chain from the record after `base` to its head.
 *
 * @param lines - Encoded records in order; read once.
 * @param base - The last record that retention dropped, as the signed head names it.
 * @param head - Where the chain must end, signed and kept apart: this is how a cut tail is found.
 * @param seen - Heads that were noted elsewhere: each must be on the chain, unless it was dropped since.
 * @returns `AUDIT_BROKEN` naming the first record that was edited, removed, inserted, swapped or cut off.
 */
export function verifyChain(
  lines: Iterable<string>,
  base: LedgerHead | null,
  head: LedgerHead,
  seen: readonly LedgerHead[] = [],
): Result<number> {
  const due = new Map(seen.map((each) => [each.seq, each.hash]));
  let at = base;
  let records = 0;
  for (const line of lines) {
    const seq = (at?.seq ?? 0) + 1;
    const record = parseEvent(line);
    const fault = seq > head.seq ? `Record ${seq} was added after the signed head.` : faultOf(record, at);
    if (!record || fault !== undefined) return fail(auditFault(seq, fault ?? ""));
    if ((due.get(seq) ?? record.hash) !== record.hash)
      return fail(auditFault(seq, `Record ${seq} is not the one that was seen elsewhere.`));
    at = { seq, hash: record.hash };
    records++;
  }
  const fault = faultAtEnd(at, head, seen);
  return fault ? fail(fault) : ok(records);
}

function faultAtEnd(at: LedgerHead | null, head: LedgerHead, seen: readonly LedgerHead[]): Diagnostic | undefined {
  const last = at?.seq ?? 0;
  if (last < head.seq)
    return auditFault(last + 1, `The audit ends at record ${last}, but its head is record ${head.seq}: the tail was cut.`);
  if (at?.hash !== head.hash) return auditFault(head.seq, `Record ${head.seq} is not the one its signed head names.`);
  const beyond = seen.find(({ seq }) => seq > last);
  return beyond && auditFault(last + 1, `The audit ends at record ${last}, but record ${beyond.seq} was seen elsewhere: the tail was cut.`);
}

/** `AUDIT_BROKEN`, naming the record. */
export function auditFault(seq: number, detail: string): Diagnostic {
  return problem("AUDIT_BROKEN", {
    detail: `${detail} Everything before record ${seq} verifies.`,
    remedy:
      "Keep audit.db as it is for whoever looks into it, compare it with an export, and set it aside to go on:\nmoltbot audit new-epoch --reason TEXT",
    context: { seq },
  });
}
