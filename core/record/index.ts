/** core/record: the words of the record, shared by the runtime's store and the reconciler's port over it. */
export type {
  Actor,
  Edit,
  Fence,
  Generation,
  GenerationReason,
  GenerationStatus,
  Hold,
  Instant,
  LedgerHead,
  LedgerKind,
  LedgerRecord,
  Owner,
  Pin,
} from "./types.ts";
