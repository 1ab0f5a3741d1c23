import type {
  JsonObject,
  Actor,
  Address,
  Clock,
  Digest,
  Edit,
  Fence,
  Generation,
  GenerationReason,
  HeadProof,
  Hold,
  Instant,
  LedgerCheck,
  LedgerHead,
  LedgerRecord,
  Owner,
  Pin,
  Result,
  Secret,
} from "../../core/index.ts";

/**
 * The embedded store, read. Every value that leaves it has been checked against its digest; what does
 * not match is `STORE_CORRUPT`, never an empty answer.
 */
export interface StoreReader {
  /** Random, made with the store: two stores are never mistaken for each other. */
  readonly lineage: string;
  /**
   * Another text whenever the record was changed, by whomever: a generation, an edit, a hold. Of a store opened
   * for writing; microseconds. What it stands for is not checked: reading what is active does that.
   */
  mark(): Result<string>;
  /** The active generation of an owner; null before its first apply. */
  active(owner: Owner): Result<Generation | null>;
  /** An open candidate: written, not yet activated or rejected; null when there is none. */
  candidate(owner: Owner): Result<Generation | null>;
  /** What the runtime said of the open candidate; null while it has not answered, or when there is none. */
  candidateAnswer(owner: Owner): Result<CandidateAnswer | null>;
  /** Newest first, at most {@link LIMITS.generationsKept}. */
  generations(owner: Owner): Result<readonly Generation[]>;
  /** Address to row digest, checked against the generation's digest. Sorted by address. */
  rows(owner: Owner, generation: number): Result<ReadonlyMap<Address, Digest>>;
  /** The bytes behind digests: canonical JSON of a resource, an envelope, an embedded file. */
  values(digests: Iterable<Digest>): Result<ReadonlyMap<Digest, Uint8Array>>;
  /** Which of these the store has, so that a commit need not bring them again. */
  knownValues(digests: Iterable<Digest>): Result<ReadonlySet<Digest>>;
  /** Which owner's active generation holds each address, for addresses that some owner holds. */
  ownersOf(addresses: Iterable<Address>): Result<ReadonlyMap<Address, Owner>>;
  owners(): Result<readonly Owner[]>;
  edits(owner: Owner): Result<readonly Edit[]>;
  holds(owner: Owner): Result<readonly Hold[]>;
  pin(owner: Owner): Result<Pin | null>;
  /** An intent without receipt: an apply that was killed or is running. */
  openIntent(owner: Owner): Result<{ readonly fence: Fence; readonly actor: Actor; readonly at: Instant } | null>;
  ledgerHead(): Result<LedgerHead | null>;
  /** The signed head, for a reader elsewhere. */
  headProof(): Result<HeadProof>;
  /** Records with `seq >= from`, in order, at most `limit`. */
  ledger(from: number, limit: number): Result<readonly LedgerRecord[]>;
  /** The newest record of the audit that the ledger names; null where it names none, or where the store was restored since. */
  notedAudit(pastRestores?: boolean): Result<LedgerHead | null>;
  /** Walks the whole chain up to the signed head, and to a head seen elsewhere (`audit verify --head`); names the first bad record. */
  verifyLedger(seen?: LedgerHead): Result<LedgerCheck>;
  /** Reads everything once: every kept generation's rows, every stored value. Linear in the size of the store. */
  verifyContents(): Result<ContentsCheck>;
  close(): void;
}

/** What a runtime reports after it built and started a candidate (or could not). */
export interface CandidateAnswer {
  readonly generation: number;
  /** The digest of what the runtime really loaded. */
  readonly digest: Digest;
  readonly healthy: boolean;
  /** Why it is not healthy; null when it is. */
  readonly reason: string | null;
  readonly actor: Actor;
  readonly at: Instant;
}

export interface ContentsCheck {
  readonly generations: number;
  readonly rows: number;
  readonly values: number;
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
  /**
   * What the generation is proved with: a list, which names the other bytes by digest. Kept as long as the
   * generation; its digest stands in the receipt.
   */
  readonly evidence?: { readonly list: Digest; readonly values: ReadonlyMap<Digest, Uint8Array> };
  /** Edits that this generation corrects or absorbs: removed. */
  readonly correctedEdits: readonly string[];
  /** Set, replace (a rollback) or end (null) the pin; undefined leaves it. */
  readonly pin?: Pin | null;
  /** Counts and outcome for the ledger's receipt; no secrets. */
  readonly receipt: Readonly<Record<string, string | number>>;
  /**
   * Addresses taken over from another owner (`adopt --from OWNER`): that owner gets a generation of its
   * own without them, in the same transaction. An address of `rows` that another owner holds and that is
   * not listed here is `ADDRESS_OWNED`.
   */
  readonly adopted?: readonly { readonly address: Address; readonly from: Owner }[];
  /**
   * Addresses that `rows` removes and that stay as they are, unmanaged: {@link UNMANAGED} gets a generation
   * with them, in the same transaction, and their edits and holds with them.
   */
  readonly released?: readonly Address[];
  /** For a rollback: the generation whose resources come back. */
  readonly restores?: number;
  /** Only a part of what the commit declares. */
  readonly isPartial?: true;
  /** Rows that are the same resource under another name: what was said to it goes along. */
  readonly moved?: readonly { readonly from: Address; readonly to: Address }[];
}

/** One object of {@link UNMANAGED} that is made, changed or removed by hand. */
export interface UnmanagedRow {
  readonly address: Address;
  /** The digest that it must have now; null where there must be none. Else `UNMANAGED_MOVED`. */
  readonly before: Digest | null;
  /** Canonical JSON of the resource; null removes it. */
  readonly bytes: Uint8Array | null;
  /** Under what a new one's conversations are kept. */
  readonly life?: string;
}

/** A change of what belongs to no Project: one generation of {@link UNMANAGED}, active at once. */
export interface UnmanagedChange {
  readonly rows: readonly UnmanagedRow[];
  readonly actor: Actor;
  readonly because: string;
  readonly schema: Digest;
  readonly engine: string;
}

export interface CommitOptions {
  /** A runtime holds the store: write N+1 as `candidate` and leave N active; `activate` or `settleCandidate` follow. */
  readonly candidate?: boolean;
}

/** What became of an open candidate. `waiting`: a runtime holds the store and has not answered. */
export type Settled =
  | { readonly outcome: "none" | "waiting" }
  | { readonly outcome: "activated" | "rejected"; readonly generation: Generation; readonly why: string | null };

/** The embedded store, written. `begin` to `settleCandidate` need the apply lock. Every method is one durable transaction with its ledger record. */
export interface StoreWriter extends StoreReader {
  /**
   * Transaction (1): fence + 1 and the intent. An open intent of a dead apply is closed as `abandoned`
   * first, and a warning says so. `CANDIDATE_OPEN` while a candidate is unsettled: `settleCandidate` first.
   */
  begin(owner: Owner, plan: Digest, actor: Actor): Result<Fence>;
  /** Transaction (2): generation N+1 active, receipt, ledger head; `FENCE_LOST` when the fence is not ours any more. */
  commit(fence: Fence, request: CommitRequest, options?: CommitOptions): Result<Generation>;
  /** The runtime's receipt for the open candidate; needs no apply lock. */
  answerCandidate(owner: Owner, answer: Omit<CandidateAnswer, "at">): Result<void>;
  /** The candidate of this fence becomes active; it must have been answered, healthy and with its own digest. */
  activate(fence: Fence): Result<Generation>;
  /**
   * What the next apply does before anything else: a candidate answered as healthy becomes active, one
   * answered otherwise is rejected, one nobody will answer (no runtime holds the store) is rejected too.
   */
  settleCandidate(owner: Owner, actor: Actor): Result<Settled>;
  /** Closes an intent without effect, saying why. */
  abandon(fence: Fence, why: string): Result<void>;
  /**
   * Makes, changes or removes objects of {@link UNMANAGED}; needs no apply lock. `ADDRESS_OWNED` for what a Project
   * has, `CANDIDATE_OPEN` while an apply takes one of them over, `STORE_LIMIT` past {@link LIMITS.unmanagedObjects}.
   */
  changeUnmanaged(change: UnmanagedChange): Result<Generation>;
  addEdit(edit: Omit<Edit, "id" | "at">): Result<Edit>;
  addHold(hold: Omit<Hold, "id" | "at">): Result<Hold>;
  removeHold(owner: Owner, id: string, actor: Actor, because: string): Result<void>;
  /** Ends a pin: `moltbot resume`. Nothing happens, and nothing is recorded, when there is none. */
  endPin(owner: Owner, actor: Actor): Result<void>;
  /** A `refused` ledger record; changes nothing else. Codes only: no text a user or target wrote. */
  recordRefusal(owner: Owner, actor: Actor, codes: readonly string[], plan: Digest | null): Result<void>;
  /** A `waived` ledger record: an operator takes the place of approvals for one effect over one generation. */
  recordWaiver(owner: Owner, actor: Actor, waiver: JsonObject): Result<void>;
  /** Records how far the audit of the gateway has come, so that a lost audit is noticed; null: it begins anew. */
  noteAudit(head: LedgerHead | null, actor: Actor): Result<void>;
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
  /** Absent: the store's key is a plain file. */
  readonly storeKeys?: StoreKeys;
}

/** What a command made ready of the store's keys before it opens the store. */
export interface StoreKeys {
  /** The key itself, where its file is locked. */
  readonly unlocked?: Secret<string>;
  /** What a new `store.key` is to be. */
  readonly fresh?: NewStoreKey;
  /** What a new `runtime.agekey` is to be; absent: what the one before was, else X25519. */
  readonly runtime?: RuntimeKeyType;
}

/** The kinds of age keys that a runtime may have. */
export type RuntimeKeyType = "x25519" | "post-quantum";

export type StoreKeyForm = "file" | "passphrase" | "age";

/** How a new `store.key` is to be locked. */
export type StoreKeyProtection =
  | { readonly form: "passphrase"; readonly passphrase: Secret<string> }
  | { readonly form: "age"; readonly recipients: readonly string[] };

/** What may open a locked `store.key`; asked only for what its form needs. */
export interface StoreKeyOpener {
  readonly passphrase: () => Promise<Result<Secret<string> | null>>;
  readonly identities: readonly string[];
}

/** A new store key, and the line that its file holds. */
export interface NewStoreKey {
  readonly key: Secret<string>;
  readonly line: string;
}

/** One slot of sealed records: a small replaceable head and a list that only grows. */
export interface SealedSlot {
  readonly slot: string;
  /** What `put` wrote last; empty when only `append` was used. */
  readonly head: Uint8Array;
  /** Entries that were dropped from the beginning; reading begins after them. */
  readonly trimmed: number;
  /** How many entries were appended. */
  readonly entries: number;
}

/** What is done to a slot at once. */
export interface SlotChange {
  /** Entries to add, in order. */
  readonly append?: readonly Uint8Array[];
  /** A new head; as a function of the number that the first added entry gets. */
  readonly head?: Uint8Array | ((first: number) => Uint8Array);
  /** Entries that take the place of those with these numbers. */
  readonly replace?: ReadonlyMap<number, Uint8Array>;
  /** Entries with a smaller number go; the others keep theirs. */
  readonly dropBefore?: number | ((first: number) => number);
}

/**
 * Records encrypted at rest: conversations, later credentials. Every record is bound to this store, its
 * slot and its place in it. Works beside an apply: SQLite's own locking, with a bounded wait. A slot is
 * lower-case `a-z 0-9 . _ / -`, at most 200 characters, such as `session/support/3f2a...`; it is not secret.
 */
export interface SealedRecords {
  /** Sets the head of a slot; makes the slot where there is none. */
  put(slot: string, bytes: Uint8Array): Result<void>;
  /** Null where there is no such slot. */
  get(slot: string): Result<SealedSlot | null>;
  /** Adds an entry, with a new head in the same transaction if given; returns the entry's number, from 1. */
  append(slot: string, bytes: Uint8Array, head?: Uint8Array): Result<number>;
  /** Entries with number >= `from` (default 1), in order, at most `limit` (default {@link LIMITS.recordsRead}). */
  read(slot: string, options?: { readonly from?: number; readonly limit?: number }): Result<readonly Uint8Array[]>;
  /** All that is to be done to one slot, in one transaction; returns the number of the first entry that was added. */
  update(slot: string, change: SlotChange): Result<number>;
  /** Slots that start with `prefix`, sorted, after the slot `after`, at most `limit`. */
  list(prefix: string, options?: { readonly after?: string; readonly limit?: number }): Result<readonly SealedSlot[]>;
  /**
   * Reads a slot's head and writes what `change` makes of it, as one transaction: nobody comes between. Null
   * leaves everything as it is.
   */
  change<T>(slot: string, change: (before: SealedSlot | null) => { readonly head: Uint8Array | null; readonly value: T }): Result<T>;
  /** Names of slots that start with `prefix`, sorted; none of them is opened. */
  names(prefix: string): Result<readonly string[]>;
  /** Drops a slot and its entries; nothing happens where there is none. */
  remove(slot: string): Result<void>;
  /** One transaction: all of what `work` writes, or where it fails nothing of it. Durable when it returns. */
  together<T>(work: (records: SealedRecords) => Result<T>): Result<T>;
  /** One transaction for several works; what one that fails wrote is undone, the others stand. */
  each<T>(works: readonly ((records: SealedRecords) => Result<T>)[]): Result<readonly Result<T>[]>;
  /** Another text when another process wrote to the store since; what is remembered of it is then void. */
  version(): Result<string>;
  close(): void;
}

/** The keys of `.moltbot/keys/`. */
export type KeyName = "runtime.agekey" | "store.key" | "ledger.key";

/** What a rotation did. */
export interface RotateInfo {
  /** Records that were sealed anew. */
  readonly sealed: number;
  /** The store's key is new, too. */
  readonly storeKey: boolean;
}

/** Proof that this process is the one running gateway of a store; freed by the kernel when it ends. */
export interface RuntimeHold {
  release(): void;
}

export interface BackupInfo {
  readonly lineage: string;
  readonly head: LedgerHead;
  readonly digest: Digest;
  readonly bytes: number;
  readonly hasKeys: boolean;
}

export interface RestoreOptions {
  readonly actor: Actor;
  readonly because: string;
  /** A store that stands here is replaced (a copy stays as `store.db.replaced`); without it, `STORE_EXISTS`. */
  readonly replace?: boolean;
  /** Key files that came with the backup, by name ({@link openBackupKeys}). */
  readonly keys?: ReadonlyMap<KeyName, string>;
}

export interface RestoreInfo {
  readonly lineage: string;
  readonly head: LedgerHead;
  /**
   * Keys of this store that were not here and were made anew. Without the old `store.key` the sealed
   * records were dropped; with a new `runtime.agekey` secrets are set again.
   */
  readonly newKeys: readonly KeyName[];
  /** The runtime's public half after the restore. */
  readonly recipient: string;
}

export interface MigrateInfo {
  readonly from: string;
  readonly to: string;
  /** The copy of the old file, inside the state folder; null when nothing had to be done. */
  readonly copy: string | null;
}

export interface RenewInfo {
  /** The runtime's public half, after the renewal of `runtime.agekey`; null otherwise. */
  readonly recipient: string | null;
  /** False when stored conversations were given up, because the key that opened them is lost. */
  readonly recordsKept: boolean;
}
