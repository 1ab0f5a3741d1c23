/** runtime/audit: the hash chain of security events. */
export type { Audit, AuditRecord, SecurityEvent, SecurityEventKind } from "./types.ts";
