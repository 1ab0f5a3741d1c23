import type {
  Actor,
  Address,
  Clock,
  Digest,
  Edit,
  Fence,
  Generation,
  GenerationReason,
  Hold,
  Instant,
  LedgerHead,
  LedgerRecord,
  Owner,
  Pin,
  Result,
} from "../../core/index.ts";

/**
 * The embedded store, read. Every value that leaves it has been checked against its digest; what does
 * not match is `STORE_CORRUPT`, never an empty answer.
 */
export interface StoreReader {
  /** Random, made with the store: two stores are never mistaken for each other. */
  readonly lineage: string;
  /** The active generation of an owner; null before its first apply. */
  active(owner: Owner): Result<Generation | null>;
  /** An open candidate that a runtime has not answered yet; null when there is none. */
  candidate(owner: Owner): Result<Generation | null>;
  /** Newest first, at most {@link LIMITS.generationsKept}. */
  generations(owner: Owner): Result<readonly Generation[]>;
  /** Address to row digest, checked against the generation's digest. Sorted by address. */
  rows(owner: Owner, generation: number): Result<ReadonlyMap<Address, Digest>>;
  /** The bytes behind digests: canonical JSON of a resource, an envelope, an embedded file. */
  values(digests: Iterable<Digest>): Result<ReadonlyMap<Digest, Uint8Array>>;
  /** Which owner's active generation holds each address, for addresses that some owner holds. */
  ownersOf(addresses: Iterable<Address>): Result<ReadonlyMap<Address, Owner>>;
  owners(): Result<readonly Owner[]>;
  edits(owner: Owner): Result<readonly Edit[]>;
  holds(owner: Owner): Result<readonly Hold[]>;
  pin(owner: Owner): Result<Pin | null>;
  /** An intent without receipt: an apply that was killed or is running. */
  openIntent(owner: Owner): Result<{ readonly fence: Fence; readonly actor: Actor; readonly at: Instant } | null>;
  ledgerHead(): Result<LedgerHead | null>;
  /** Records with `seq >= from`, in order, at most `limit`. */
  ledger(from: number, limit: number): Result<readonly LedgerRecord[]>;
  close(): void;
}

export interface RowChange {
  readonly address: Address;
  /** Digest of the resource's canonical JSON; null removes the row. */
  readonly digest: Digest | null;
}

/** Everything transaction (2) of an apply writes; all of it or nothing. */
export interface CommitRequest {
  readonly reason: GenerationReason;
  readonly because: string | null;
  readonly resolved: Digest;
  readonly schema: Digest;
  readonly engine: string;
  readonly commit: string | null;
  readonly dirty: boolean;
  readonly actor: Actor;
  readonly rows: readonly RowChange[];
  /** New bytes by digest; those the store already has may be left out. Wrong bytes are refused. */
  readonly values: ReadonlyMap<Digest, Uint8Array>;
  /** Edits that this generation corrects or absorbs: removed. */
  readonly correctedEdits: readonly string[];
  /** Set, replace (a rollback) or end (null) the pin; undefined leaves it. */
  readonly pin?: Pin | null;
  /** Counts and outcome for the ledger's receipt; no secrets. */
  readonly receipt: Readonly<Record<string, string | number>>;
}

/** The embedded store, written. Needs the apply lock. Every method is one durable transaction with its ledger record. */
export interface StoreWriter extends StoreReader {
  /** Transaction (1): fence + 1 and the intent. An open intent of a dead apply is closed as `abandoned` first. */
  begin(owner: Owner, plan: Digest, actor: Actor): Result<Fence>;
  /** Transaction (2): generation N+1 active, receipt, ledger head; `FENCE_LOST` when the fence is not ours any more. */
  commit(fence: Fence, request: CommitRequest): Result<Generation>;
  /** Closes an intent without effect, saying why. */
  abandon(fence: Fence, why: string): Result<void>;
  addEdit(edit: Omit<Edit, "id" | "at">): Result<Edit>;
  addHold(hold: Omit<Hold, "id" | "at">): Result<Hold>;
  removeHold(owner: Owner, id: string, actor: Actor, because: string): Result<void>;
  /** Ends a pin: `moltbot resume`. */
  endPin(owner: Owner, actor: Actor): Result<void>;
  /** A `refused` ledger record; changes nothing else. */
  recordRefusal(owner: Owner, actor: Actor, codes: readonly string[], plan: Digest | null): Result<void>;
}

/** The apply lock: held for the length of one apply, freed by the kernel when the process ends. */
export interface ApplyLock {
  release(): void;
}

export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  readonly actor: Actor;
  readonly since: Instant;
}

export interface StorePorts {
  readonly clock: Clock;
  /** 16 random bytes or more as lower-case hex, for lineage and ids. */
  readonly randomHex: () => string;
}
