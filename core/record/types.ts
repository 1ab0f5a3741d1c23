import type { Address } from "../address.ts";
import type { Digest } from "../digest.ts";
import type { Json, JsonObject } from "../json.ts";

/** `<project>/<environment>`: whose rows these are. */
export type Owner = `${string}/${string}`;

/**
 * The owner of what no Project manages: objects that were forgotten, and agents that were made by the API. They
 * stay as they are, are counted, and are taken over with `adopt`. No Project and environment may be called so.
 */
export const UNMANAGED: Owner = "unmanaged/unmanaged";

/** Who did it, for people and reports: `user@host`, or what `--actor` said. */
export type Actor = string;

/** An instant, RFC 3339 UTC with milliseconds. */
export type Instant = string;

export type GenerationStatus = "candidate" | "active" | "superseded" | "rejected";

/** Why a generation exists. */
export type GenerationReason = "apply" | "rollback" | "destroy" | "restore" | "adopt" | "forget" | "api";

/** One generation of one owner: what was made active, by whom, from what. Never changed but for status. */
export interface Generation {
  readonly owner: Owner;
  /** Counts from 1 for each owner. */
  readonly number: number;
  readonly status: GenerationStatus;
  readonly reason: GenerationReason;
  /** Free text: why a rollback or destroy was made; null otherwise. */
  readonly because: string | null;
  /** Over the sorted (address, digest) pairs of its rows; checked at load. */
  readonly digest: Digest;
  /** Digest of the plan that made it. */
  readonly plan: Digest;
  /** `inputs.resolved` of that plan. */
  readonly resolved: Digest;
  /** Digest of the schemas the rows conform to. */
  readonly schema: Digest;
  /** The moltbot version that wrote it. */
  readonly engine: string;
  readonly commit: string | null;
  readonly dirty: boolean;
  readonly actor: Actor;
  readonly createdAt: Instant;
  readonly resources: number;
  /**
   * Digest of the stored list of what it is proved with: its plan, the approvals it was given, the commits
   * that were verified. Absent where nothing was kept.
   */
  readonly evidence?: Digest;
  /** For a rollback: the generation whose resources it brought back. */
  readonly restores?: number;
  /** Only a part of what its commit declares was applied (`--target`, `--exclude`); absent where everything was. */
  readonly isPartial?: true;
  /**
   * Under what the conversations of an address are kept, where it is not its name: it was moved there, or
   * the name had an owner before that is gone. Absent where each is kept under its name.
   */
  readonly lives?: Readonly<Record<Address, string>>;
}

/** A recorded patch on a live resource, made outside git. Drift is exactly the set of edits. */
export interface Edit {
  readonly id: string;
  readonly owner: Owner;
  readonly address: Address;
  /** Field by field: a JSON Pointer into the resource and its new value; `remove` drops it. */
  readonly patch: readonly ({ readonly pointer: string; readonly value: Json } | { readonly pointer: string; readonly remove: true })[];
  readonly actor: Actor;
  readonly at: Instant;
}

/** Subtracts from what may happen, until lifted or expired. Generations and rollbacks never touch it. */
export interface Hold {
  readonly id: string;
  readonly owner: Owner;
  /** An address, or `*` for every resource of the owner. */
  readonly selector: Address | "*";
  readonly denied: "all" | readonly string[];
  readonly reason: string;
  readonly actor: Actor;
  readonly at: Instant;
  readonly until: Instant | null;
  /** What whoever made it was: lifting it over the API needs no less. Absent: made by the owner of the machine. */
  readonly role?: "viewer" | "operator" | "editor" | "owner";
}

/** After a rollback: which configurations may not come back by themselves. */
export interface Pin {
  readonly owner: Owner;
  /** The generation that was restored. */
  readonly generation: number;
  readonly because: string;
  readonly actor: Actor;
  readonly at: Instant;
  /** `resolved` digests that are refused while the pin holds. */
  readonly refused: readonly Digest[];
}

/** The claim of one apply; a number that only grows. A write with an older one is refused. */
export interface Fence {
  readonly owner: Owner;
  readonly number: number;
  readonly plan: Digest;
}

export type LedgerKind =
  | "created"
  | "intent"
  | "candidate"
  | "answer"
  | "receipt"
  | "rejected"
  | "abandoned"
  | "refused"
  | "waived"
  | "edit"
  | "hold"
  | "unhold"
  | "pin"
  | "unpin"
  | "migrated"
  | "restored"
  | "epoch"
  /** How far the audit of the gateway had come: `seq` and `hash` of its newest record; `seq` 0 when it begins anew. */
  | "audit";

/** One link of the hash chain: `hash = sha256(JCS(all other fields))`, `prev` is the hash before it. */
export interface LedgerRecord {
  readonly formatVersion: "1.0";
  /** Counts from 1. */
  readonly seq: number;
  readonly prev: Digest | null;
  readonly at: Instant;
  readonly kind: LedgerKind;
  readonly owner: Owner | null;
  readonly actor: Actor;
  readonly body: JsonObject;
  readonly hash: Digest;
}

export interface LedgerHead {
  readonly seq: number;
  readonly hash: Digest;
}

/** A ledger that verifies. */
export interface LedgerCheck {
  readonly records: number;
  readonly head: LedgerHead | null;
  /** Heads seen elsewhere that a recorded restore stepped back over. */
  readonly restoredOver: readonly { readonly seq: number; readonly over: LedgerHead }[];
}
