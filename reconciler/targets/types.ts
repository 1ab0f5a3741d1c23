import type {
  Actor,
  Address,
  Diagnostic,
  Digest,
  Fence,
  Generation,
  GenerationReason,
  Owner,
  Pin,
  Resource,
  Result,
} from "../../core/index.ts";
import type { LiveState, Recorded } from "../diff/types.ts";
import type { Plan } from "../plan/types.ts";
import type { RecordPort } from "../record/types.ts";

/** Bytes that a plan names by digest, from the same planning run; undefined for any other digest. */
export type Values = (digest: Digest) => Uint8Array | undefined;

/** What one commit says about itself besides the plan. */
export interface CommitFacts {
  readonly actor: Actor;
  readonly reason: GenerationReason;
  readonly because: string | null;
  /** Every desired row; those the target has with the same digest stay as they are. */
  readonly rows: ReadonlyMap<Address, Digest>;
  /** The whole desired state in full, for the load check. */
  readonly resources: readonly Resource[];
  /** Addresses taken over from another owner. */
  readonly adopted: readonly { readonly address: Address; readonly from: Owner }[];
  /** Addresses that leave this owner and stay as they are, unmanaged; they are not among the rows. */
  readonly released: readonly Address[];
  /** What the generation is proved with later. */
  readonly evidence: { readonly list: Digest; readonly values: ReadonlyMap<Digest, Uint8Array> };
  /** Who signed what is applied, for the ledger; empty where it comes from the record. */
  readonly provenance: Readonly<Record<string, string>>;
  /** How long a running runtime may take to answer for the candidate. */
  readonly applyTimeoutMs: number;
  /** Set (a rollback), end (null) or leave (undefined) the pin. */
  readonly pin?: Pin | null;
}

/** One unit of work against a target that cannot commit everything at once. */
export interface Step {
  /** The same for every attempt at the same step of the same plan: the target's idempotency key. */
  readonly key: string;
  readonly address: Address;
  readonly action: "create" | "update" | "replace" | "delete" | "move" | "adopt";
  /** For a move: where it was. */
  readonly from?: Address;
  readonly after: Resource | null;
  /** The digest the target shows once the step is done; null when the resource is gone. */
  readonly digest: Digest | null;
  /** Addresses whose steps must have succeeded before this one. */
  readonly needs: readonly Address[];
}

/** How one step ended. */
export interface StepResult {
  readonly address: Address;
  readonly action: Step["action"];
  readonly status: "done" | "failed" | "not-tried";
}

/** What observing yields: the live state as a value, and a way to read the few recorded resources a diff needs. */
export interface Observation {
  readonly live: LiveState;
  readonly read: (addresses: readonly Address[]) => Promise<Result<Recorded>>;
}

/** A held claim on a target: nobody else applies until it is released. */
export interface Lock {
  release(): void | Promise<void>;
}

interface TargetBase {
  readonly type: string;
  /** Excludes every other applier, waiting at most `timeoutMs`; `APPLY_LOCKED` names the holder. */
  lock(actor: Actor, timeoutMs: number, signal: AbortSignal): Promise<Result<Lock>>;
  /** What the record says besides the live state: history, ledger, backup. */
  readonly record: RecordPort;
  /** `desired` are the addresses whose owners matter. Reads only. */
  observe(owner: Owner, desired: Iterable<Address>, signal: AbortSignal): Promise<Result<Observation>>;
  /**
   * The load check: for each resource that cannot run or be enforced here, what it lacks. Pure.
   *
   * @returns every problem with what cannot be built at all, its `address` and `pointer` in the context.
   */
  assess(resources: readonly Resource[]): Result<ReadonlyMap<Address, readonly string[]>>;
  /**
   * Brings back content beside the record that was lost or changed, for what is active as it is. For an
   * apply that has nothing else to do.
   *
   * @returns whose content was brought back.
   */
  mend?(resources: readonly Resource[], values: Values): Promise<Result<readonly Address[]>>;
  /** What is wrong with content beside the record, of resources that are active as they are. Reads only. */
  inspect?(resources: readonly Resource[]): Promise<readonly Diagnostic[]>;
}

/** A live system, seen through the verbs the engine needs. */
export type Target = TargetBase &
  (
    | {
        readonly mode: "atomic";
        /** Claims the target: transaction (1) of an apply. */
        claim(owner: Owner, plan: Digest, actor: Actor): Promise<Result<Fence>>;
        /**
         * Brings the target to the plan in one step, or not at all: transaction (2). Bytes that do not
         * hash to the digest they are asked for are refused.
         */
        commit(plan: Plan, values: Values, facts: CommitFacts, fence: Fence, signal: AbortSignal): Promise<Result<Generation>>;
        /** Gives a claim back without effect. */
        release(fence: Fence, why: string): Promise<Result<void>>;
      }
    | {
        readonly mode: "stepwise";
        /** Claims the target: a lease on the target's own clock, whose epoch is part of every write. */
        claim(owner: Owner, plan: Digest, actor: Actor): Promise<Result<Fence>>;
        /**
         * Carries out one step, once for each key: a repeated key has no second effect.
         * `FENCE_LOST` when the claim is not ours any more; `TARGET_UNAVAILABLE` when it cannot be told whether it acted.
         */
        execute(step: Step, values: Values, fence: Fence, signal: AbortSignal): Promise<Result<void>>;
        /** Records what was done: the generation, or with open steps as far as it came. Ends the claim. */
        conclude(plan: Plan, facts: CommitFacts, steps: readonly StepResult[], fence: Fence): Promise<Result<Generation>>;
      }
  );
