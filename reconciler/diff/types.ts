import type { Address, Digest, Edit, Generation, Hold, LedgerHead, Owner, Pin, Resource } from "../../core/index.ts";

/**
 * What a target says of one owner: the recorded rows, and what was changed outside git. Digests stand
 * for resources; the few that a diff needs in full are read by address.
 */
export interface LiveState {
  readonly owner: Owner;
  /** Which store; null before the first apply. */
  readonly lineage: string | null;
  readonly generation: Generation | null;
  readonly rows: ReadonlyMap<Address, Digest>;
  readonly edits: readonly Edit[];
  readonly holds: readonly Hold[];
  readonly pin: Pin | null;
  readonly ledgerHead: LedgerHead | null;
  /** Addresses of the desired state that another owner holds. */
  readonly foreign: ReadonlyMap<Address, Owner>;
  /** How many objects on the target belong to no Project; absent where there are none. */
  readonly unmanaged?: number;
  /** A generation that waits for the runtime's answer. */
  readonly candidate?: Generation | null;
  /** The public half of the runtime's own key; null or absent where it is not known. */
  readonly recipient?: string | null;
}

/** The recorded resources that differ from the desired ones, in full. */
export type Recorded = ReadonlyMap<Address, Resource>;
