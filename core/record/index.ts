/**
 * core/record: the words of the record, shared by the runtime's store and the reconciler's port over it,
 * and its two codecs: the hash-chained ledger and the digest of a generation. Pure.
 */
export { generationDigest } from "./generation.ts";
export { encodeRecord, faultOf, ledgerFault, linkRecord, parseRecord, restoredOverOf, sameHead, verifyLedger } from "./ledger.ts";
export { edited } from "./edited.ts";
export { HEAD_CONTEXT, verifyHeadProof, type HeadProof } from "./head-proof.ts";
export { madeOf, marked, type Made } from "./made.ts";
export { UNMANAGED } from "./types.ts";
export type {
  Actor,
  Edit,
  Fence,
  Generation,
  GenerationReason,
  GenerationStatus,
  Hold,
  Instant,
  LedgerCheck,
  LedgerHead,
  LedgerKind,
  LedgerRecord,
  Owner,
  Pin,
} from "./types.ts";
