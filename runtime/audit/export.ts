import { canonicalJson, fail, isObject, ok, problem, type Instant, type Json, type LedgerHead, type Result } from "../../core/index.ts";
import { verifyChain } from "./chain.ts";
import { headOf, isSigned } from "./head.ts";
import { parseEvent } from "./record.ts";
import type { AuditCheck, AuditHeadProof, AuditReader } from "./types.ts";

/** The chain for somebody elsewhere: one record a line as it is kept, and the signed head as the last line. */

/**
 * Hands over every line from the first record at or after `since` to the head, in order. What was recorded
 * meanwhile comes along up to the head that is signed at the end.
 */
export function exportAudit(reader: AuditReader, since: Instant | undefined, take: (line: string) => void): Result<AuditHeadProof> {
  const proof = reader.headProof();
  if (!proof.ok) return proof;
  const end = headOf(proof.value.signed)?.seq ?? 0;
  const first = since === undefined ? ok(1) : firstSince(reader, since);
  if (!first.ok) return first;
  for (let from = first.value; from <= end;) {
    const lines = reader.lines(from);
    if (!lines.ok) return lines;
    for (const line of lines.value) {
      const record = parseEvent(line);
      if (!record) return reader.verify() as Result<never>;
      if (record.seq <= end) take(line);
      from = record.seq + 1;
    }
    if (lines.value.length === 0) break;
  }
  take(canonicalJson({ formatVersion: "1.0", kind: "AuditHead", ...proof.value }));
  return proof;
}

function firstSince(reader: AuditReader, since: Instant): Result<number> {
  const page = reader.query({ since, order: "oldest", limit: 1 });
  if (!page.ok) return page;
  const head = reader.head();
  return head.ok ? ok(page.value.records[0]?.seq ?? head.value.seq + 1) : head;
}

/** The last line of an export of this chain; undefined for any other file. */
export function auditHeadIn(text: string): AuditHeadProof | undefined {
  const value = jsonOf(text.slice(text.lastIndexOf("\n", text.length - 2) + 1));
  if (!isObject(value) || value["kind"] !== "AuditHead" || value["formatVersion"] !== "1.0") return undefined;
  const { lineage, signed, signature, key } = value;
  const isWhole = [lineage, signed, signature, key].every((each) => typeof each === "string");
  return isWhole ? ({ lineage, signed, signature, key } as unknown as AuditHeadProof) : undefined;
}

/**
 * Verifies an export with nothing but the file: from its first record, whatever was before it, to the head
 * that is signed.
 *
 * @param key - The public key to believe; null believes the one the file brings, which is shown.
 */
export function verifyAuditExport(text: string, seen: readonly LedgerHead[], key: string | null): Result<AuditCheck> {
  const proof = auditHeadIn(text);
  const head = proof && headOf(proof.signed);
  if (!proof || !head || head.lineage !== proof.lineage) return invalid("its last line is no signed head");
  if (key !== null && proof.key !== key) return invalid("its head is signed by another key than the one that was named");
  if (!isSigned(proof.signed, proof.signature, proof.key)) return invalid("the signature of its head does not hold");
  const lines = text.split("\n").slice(0, -2);
  const first = parseEvent(lines[0] ?? "");
  const base = first && first.prev !== null ? { seq: first.seq - 1, hash: first.prev } : null;
  const { seq, hash } = head;
  const records = lines.length === 0 ? ok(0) : verifyChain(lines, base, { seq, hash }, seen);
  return records.ok ? ok({ records: records.value, head: { seq, hash }, base, lineage: proof.lineage, key: proof.key }) : records;
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function invalid(why: string): Result<never> {
  return fail(
    problem("LEDGER_EXPORT_INVALID", {
      detail: `The file is no audit that can be verified: ${why}.`,
      remedy: "Export it again where it is kept:\nmoltbot audit export --chain events --out FILE",
    }),
  );
}
