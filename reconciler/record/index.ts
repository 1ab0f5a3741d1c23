/**
 * record: the port over generations, inventory and ledger. Implemented beside each target, because the
 * record lives where the target lives.
 */
export type { LedgerReport, RecordPort, RecordStatus, RestoreChoice } from "./types.ts";
