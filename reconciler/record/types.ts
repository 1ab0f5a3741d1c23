import type {
  Actor,
  Digest,
  Generation,
  HeadProof,
  JsonObject,
  Hold,
  LedgerHead,
  LedgerRecord,
  Owner,
  Pin,
  Resource,
  Address,
  Result,
  Secret,
} from "../../core/index.ts";
import type { RecipientType } from "../../trust/secrets/index.ts";

/** Everything an operator asks of the record of one owner. */
export interface RecordStatus {
  readonly lineage: string;
  readonly active: Generation | null;
  readonly candidate: Generation | null;
  readonly pin: Pin | null;
  readonly holds: readonly Hold[];
  readonly edits: number;
  /** An intent without receipt: an apply that was killed or is running. */
  readonly openIntent: { readonly plan: Digest; readonly actor: Actor; readonly at: string } | null;
  readonly ledgerHead: LedgerHead | null;
  /** What is on the target and belongs to no Project, sorted. */
  readonly unmanaged: readonly Address[];
  /** The public half of the runtime's key. */
  readonly recipient: string | null;
}

/** What a ledger check found: how far it verifies. */
export interface LedgerReport {
  readonly records: number;
  readonly head: LedgerHead;
  readonly lineage: string;
}

/**
 * The record lives where the target lives; this is the one view of it. `null` means that nothing was
 * ever applied: a missing record is never an empty one.
 */
export interface RecordPort {
  /** Whose records these are, sorted; null when nothing was ever applied. */
  owners(): Promise<Result<readonly Owner[] | null>>;
  status(owner: Owner): Promise<Result<RecordStatus | null>>;
  generations(owner: Owner): Promise<Result<readonly Generation[] | null>>;
  /** Every address of one generation with its digest, sorted: what the generation's own digest is over. */
  rows(owner: Owner, generation: number): Promise<Result<ReadonlyMap<Address, Digest>>>;
  /** The resources of one generation, in full. */
  resources(owner: Owner, generation: number): Promise<Result<ReadonlyMap<Address, Resource>>>;
  /** Bytes that rows name by digest: envelopes. */
  values(digests: Iterable<Digest>): Promise<Result<ReadonlyMap<Digest, Uint8Array>>>;
  ledger(from: number, limit: number): Promise<Result<readonly LedgerRecord[] | null>>;
  /** The signed end of the ledger, for somebody who has nothing else of the record. */
  headProof(): Promise<Result<HeadProof | null>>;
  verifyLedger(head: LedgerHead | null): Promise<Result<LedgerReport | null>>;
  endPin(owner: Owner, actor: Actor): Promise<Result<void>>;
  recordRefusal(owner: Owner, actor: Actor, codes: readonly string[], plan: Digest | null): Promise<Result<void>>;
  /** Writes into the ledger that an operator waives the approvals of one effect over one generation. */
  recordWaiver(owner: Owner, actor: Actor, waiver: JsonObject): Promise<Result<void>>;
  /** @param keysFor - Recipients to seal the keys for; empty leaves the keys out. */
  backup(out: string, keysFor: readonly string[]): Promise<Result<BackedUp>>;
  restore(
    file: string,
    options: RestoreChoice,
  ): Promise<Result<{ readonly head: LedgerHead; readonly newKeys: readonly string[]; readonly recipient: string }>>;
  acceptOlder(actor: Actor, because: string): Promise<Result<LedgerHead>>;
  migrate(actor: Actor): Promise<Result<{ readonly from: string; readonly to: string; readonly copy: string | null }>>;
  /** A new key in place of one that is lost or no longer trusted. Wants the apply lock. */
  renewKey(key: RecordKey, options: { readonly actor: Actor; readonly because: string }): Promise<Result<RenewedKey>>;
}

/** The keys of a record: the runtime's identity, what encrypts conversations, what signs the ledger. */
export type RecordKey = "runtime.agekey" | "store.key" | "ledger.key";

export interface RenewedKey {
  /** The runtime's public half, after a new `runtime.agekey`; null otherwise. */
  readonly recipient: string | null;
  /** False when stored conversations were given up, because the key that opened them is lost. */
  readonly recordsKept: boolean;
}

/** What a command made ready of the record's keys: unlocked, or what new ones are to be. */
export interface StoreKeyChoice {
  readonly unlocked?: Secret<string>;
  readonly fresh?: { readonly key: Secret<string>; readonly line: string };
  /** What a new key of the runtime is to be; absent: what the Project's recipients are, else what the one before was. */
  readonly runtime?: RecipientType;
}

export interface BackedUp {
  readonly head: LedgerHead;
  readonly bytes: number;
  readonly digest: Digest;
  readonly hasKeys: boolean;
}

export interface RestoreChoice {
  readonly actor: Actor;
  readonly because: string;
  readonly replace: boolean;
  /** Age identities to open the keys of the backup with; empty leaves them closed. */
  readonly identities: readonly string[];
}
