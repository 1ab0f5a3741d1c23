/**
 * runtime/audit: the hash chain of security events, in a file of its own (`audit.db`): what was asked for
 * and refused, done, approved, opened, by whom, joined to logs and traces by a correlation id. No content
 * and no secrets: codes, names, sizes, digests.
 *
 * Offers {@link openAudit} (the writing hand: durable when it returns) and {@link openAuditReader} (query,
 * verify, export), and the pure codec and check of the chain. docs/operating.md tells what it guarantees.
 */
export { verifyChain } from "./chain.ts";
export { auditHeadIn, exportAudit, verifyAuditExport } from "./export.ts";
export { openAudit, openAuditReader, type AuditPorts } from "./open.ts";
export { setAsideBroken } from "./set-aside.ts";
export { auditAgainstLedger, witnessAudit } from "./witness.ts";
export { encodeEvent, EVENT_KINDS, parseEvent } from "./record.ts";
export type {
  Audit,
  AuditCheck,
  AuditHeadProof,
  AuditLog,
  AuditPage,
  AuditQuery,
  AuditReader,
  AuditRecord,
  AuditRetention,
  SecurityEvent,
  SecurityEventKind,
} from "./types.ts";
