import {
  encodeRecord,
  fail,
  failAll,
  LIMITS,
  ok,
  problem,
  strictObject,
  verifyHeadProof,
  verifyLedger,
  type HeadProof,
  type LedgerHead,
  type LedgerRecord,
  type Result,
} from "../core/index.ts";
import { noRecord, open } from "./opened.ts";
import type { LedgerReport } from "./record/index.ts";
import type { Query, World } from "./types.ts";

/** The whole ledger and its signed end: enough to verify it where nothing else of the store is. */
export interface LedgerExport {
  readonly records: readonly LedgerRecord[];
  readonly head: HeadProof;
}

/** The newest records, oldest of them first. */
export async function auditTail(query: Query, last: number, world: World): Promise<Result<readonly LedgerRecord[]>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const found = await target.record.status(owner);
  if (!found.ok) return found;
  const head = found.value?.ledgerHead;
  if (!head) return noRecord(owner);
  const records = await target.record.ledger(Math.max(1, head.seq - last + 1), last);
  return records.ok ? ok(records.value ?? []) : records;
}

/** Walks the whole hash chain; with a head that was seen elsewhere, also checks that it is on the chain. */
export async function verifyAudit(query: Query, head: LedgerHead | null, world: World): Promise<Result<LedgerReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const report = await opened.value.target.record.verifyLedger(head);
  if (!report.ok) return report;
  return report.value ? ok(report.value) : noRecord(opened.value.owner);
}

/** Every record, each checked on its way out. */
export async function exportLedger(query: Query, world: World): Promise<Result<LedgerExport>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const { record } = opened.value.target;
  const head = await record.headProof();
  if (!head.ok) return head;
  if (!head.value) return noRecord(opened.value.owner);
  const end = verifyHeadProof(head.value);
  if (!end.ok) return end;
  const records: LedgerRecord[] = [];
  while (records.length < end.value.seq) {
    const page = await record.ledger(records.length + 1, Math.min(LIMITS.recordsRead, end.value.seq - records.length));
    if (!page.ok) return page;
    if (!page.value || page.value.length === 0) return noRecord(opened.value.owner);
    for (const each of page.value) records.push(each);
  }
  return ok({ records, head: head.value });
}

/** One record a line as it is kept, and the signed head as the last line. */
export function exportText({ records, head }: LedgerExport): string {
  const last = { formatVersion: "1.0", kind: "LedgerHead", ...head };
  return `${records.map((each) => `${encodeRecord(each)}\n`).join("")}${JSON.stringify(last)}\n`;
}

/**
 * Verifies an exported ledger, with nothing but the file.
 *
 * @param seen - A record that was seen elsewhere and must be on the chain.
 * @param key - The public ledger key to believe; null believes the one the file brings, which is shown.
 * @returns `LEDGER_BROKEN` naming the first record that is wrong; `LEDGER_EXPORT_INVALID` for a file that is no export.
 */
export function verifyExport(text: string, seen: LedgerHead | null, key: string | null): Result<LedgerReport & { readonly key: string }> {
  if (text.length > LIMITS.ledgerExportChars)
    return invalid(`it has ${text.length} characters; ${LIMITS.ledgerExportChars} are read (limits.ledgerExportChars)`);
  const end = text.lastIndexOf("\n", text.length - 2);
  const proof = headProofIn(text.slice(end + 1));
  if (!proof) return invalid("its last line is no signed head, so a cut end could not be noticed");
  if (key !== null && proof.key !== key) return invalid("its head is signed by another key than the one that was named");
  const head = verifyHeadProof(proof);
  if (!head.ok) return head;
  const checked = verifyLedger(linesOf(text.slice(0, end + 1)), head.value, seen ?? undefined);
  if (!checked.ok) return failAll(checked.diagnostics.map((each) => ({ ...each, remedy: EXPORT_AGAIN })));
  return ok({ records: checked.value.records, head: head.value, lineage: proof.lineage, key: proof.key });
}

const EXPORT_AGAIN = "Export it again where it is kept:\n  moltbot audit export --out FILE";

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    yield text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
  }
}

function headProofIn(line: string): HeadProof | undefined {
  const value = strictObject(Buffer.from(line));
  if (typeof value === "string" || value["kind"] !== "LedgerHead" || value["formatVersion"] !== "1.0") return undefined;
  const { lineage, signed, signature, key } = value;
  const isWhole = [lineage, signed, signature, key].every((each) => typeof each === "string");
  return isWhole ? ({ lineage, signed, signature, key } as HeadProof) : undefined;
}

function invalid(why: string): Result<never> {
  return fail(
    problem("LEDGER_EXPORT_INVALID", {
      detail: `The file is no ledger that can be verified: ${why}.`,
      remedy: EXPORT_AGAIN,
    }),
  );
}
