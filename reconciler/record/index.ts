/**
 * record: the port over generations, inventory and ledger. Implemented beside each target, because the
 * record lives where the target lives.
 */
export type { BackedUp, LedgerReport, RecordKey, RecordPort, RecordStatus, RenewedKey, RestoreChoice, StoreKeyChoice } from "./types.ts";
