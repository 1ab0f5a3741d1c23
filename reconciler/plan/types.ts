import type { Atom, Gainers } from "../../trust/capability/index.ts";
import type { PlanDecision as Decision, PlanViolation as Violation } from "../../trust/policy/index.ts";
import type { Asked, BundleSigner } from "../../trust/signatures/index.ts";
import type { Address, DiagnosticCode, Digest, Instant, Json, Owner, Reload, Resource } from "../../core/index.ts";

export type { Atom, Decision, Violation };

/** An atom that more can use than before, or fewer; plans of older versions do not say who. */
export type GainedAtom = Atom & Partial<Gainers>;

/** What a plan does to one resource. */
export type Action = "create" | "update" | "replace" | "delete" | "adopt" | "move" | "forget" | "noop";

/** Why, for machines; `docs/plan.md` has a sentence on each. */
export type Reason =
  | "declared"
  | "fields-changed"
  | "immutable-changed"
  | "not-declared"
  | "destroy"
  | "adopt-requested"
  | "moved"
  | "forget-requested"
  | "drift-corrected"
  | "rollback"
  | "unchanged";

/** One field that differs. `before` and `after` are null where the field is absent. */
export interface FieldChange {
  /** Dotted for people, keyed lists by key: `spec.capabilities[http.fetch].permissions`. */
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  /** The values are digests of ciphertext or were left out: never shown as text. */
  readonly sensitive: boolean;
}

/** Noops are counted, not listed. */
export interface Change {
  readonly address: Address;
  readonly action: Exclude<Action, "noop">;
  readonly reason: Reason;
  /** What it costs the running system. */
  readonly reload: Reload;
  readonly fields: readonly FieldChange[];
  /** The whole resolved resource after the change, envelopes as digests; null for delete and forget. */
  readonly after: Resource | null;
  /** For a move: where it was. */
  readonly from?: Address;
  /** What it lacks to run: `secret value`, `skill loader`, `channel adapter`... Sorted. Absent when nothing. */
  readonly inert?: readonly string[];
}

export interface Drift {
  readonly address: Address;
  /** What the edit does to what is possible, by the effective sets. */
  readonly class: "neutral" | "narrowing" | "widening";
  readonly action: "correct" | "report" | "ignore";
  readonly fields: readonly FieldChange[];
}

export interface PlanHold {
  readonly id: string;
  readonly selector: Address | "*";
  readonly denied: "all" | readonly string[];
  readonly reason: string;
  readonly until: Instant | null;
}

export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly adopt: number;
  readonly move: number;
  readonly forget: number;
  readonly noop: number;
  readonly drift: number;
  readonly holds: number;
  readonly widened: number;
  readonly denied: number;
  readonly warned: number;
}

/** A non-fatal remark that belongs to the plan: inert resources, pending secrets, expiring grants. */
export interface PlanWarning {
  readonly code: DiagnosticCode;
  readonly address: Address | null;
  readonly message: string;
}

/** The hashed part: a pure function of configuration, recorded and observed state, policy, trust and version (I1). */
export interface PlanBody {
  /** moltbot's version. */
  readonly engine: string;
  readonly project: string;
  readonly environment: string;
  readonly inputs: {
    readonly resolved: Digest;
    readonly schema: Digest;
    readonly policy: Digest;
    readonly trust: Digest;
    readonly locks: Digest;
  };
  readonly target: {
    readonly type: string;
    /** Which store; null before the first apply. */
    readonly lineage: string | null;
    /** The active generation that was observed; 0 before the first apply. */
    readonly generation: number;
    /** Digest of what was observed: rows, edits, holds, pin. */
    readonly observed: Digest;
  };
  readonly summary: Summary;
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly holds: readonly PlanHold[];
  /** Of the effective sets: each changed atom once, with who gains or loses it. */
  readonly capabilities: {
    readonly added: readonly GainedAtom[];
    readonly removed: readonly GainedAtom[];
    readonly findings: readonly Json[];
  };
  readonly decisions: readonly Decision[];
  readonly violations: readonly Violation[];
  readonly warnings: readonly PlanWarning[];
  /** The earliest declared instant at which an answer in this plan flips; applying at or past it is STALE. */
  readonly validUntil: Instant | null;
}

/** Where a change was declared, for people. */
export interface ChangePosition {
  readonly address: Address;
  readonly file: string;
  readonly line: number;
}

/** Not hashed, and made again by apply: which commit, where in the files, who drifted what. */
export interface Evidence {
  readonly repository: {
    readonly commit: string | null;
    readonly tree: string | null;
    readonly ref: string | null;
    readonly dirty: boolean;
  };
  readonly signer: string | null;
  readonly positions: readonly ChangePosition[];
  readonly edits: readonly { readonly id: string; readonly address: Address; readonly actor: string; readonly at: Instant }[];
  readonly holds: readonly { readonly id: string; readonly actor: string; readonly at: Instant }[];
  readonly pin: { readonly generation: number; readonly because: string; readonly actor: string; readonly at: Instant } | null;
  /** How many objects on the target belong to no Project; absent where there are none. */
  readonly unmanaged?: number;
  readonly ledgerHead: { readonly seq: number; readonly hash: Digest } | null;
  readonly owner: Owner;
  /** For a rollback: the generation that is brought back. */
  readonly restores?: number;
  /** A generation that the running runtime has not answered for yet: the next apply settles it first. */
  readonly candidate?: { readonly generation: number; readonly actor: string; readonly at: Instant };
  /** What building the Project's policies again showed, and who says where they come from; absent where it has none. */
  readonly policies?: {
    readonly rebuilt?: "same" | "different" | "unchecked";
    readonly attested?: {
      readonly signer: string;
      readonly identity: string | null;
      readonly issuer: string | null;
      readonly opa: string;
      readonly at: string;
    };
  };
  /** The rules that ask people about this plan, and who has approved; absent where nobody is asked. */
  readonly approvals?: readonly {
    readonly when: "always" | "widening" | "delete" | "trust-weakened";
    readonly count: number;
    readonly teams: readonly string[];
    readonly approvedBy: readonly string[];
    /** Who is asked, for whoever is about to sign; absent in plans of older versions. */
    readonly people?: readonly Asked[];
  }[];
  /** Who signed each plugin and bundled skill that was verified, sorted by address; absent where there is none. */
  readonly bundles?: readonly ({ readonly address: Address } & Pick<BundleSigner, "identity" | "issuer" | "key"> & Partial<BundleSigner>)[];
  /** Where the rules stand that decisions name. */
  readonly rules?: Readonly<Record<string, { readonly file: string; readonly line: number }>>;
}

/** A plan as it is written: schemas/plan.schema.json. */
export interface Plan {
  readonly formatVersion: "1.0";
  readonly kind: "Plan";
  /** `sha256(JCS(body))`: what a saved plan binds. */
  readonly digest: Digest;
  /** What people approve: changes, drift, capabilities and decisions, without the parts an unrelated merge moves. */
  readonly effect: Digest;
  readonly body: PlanBody;
  readonly evidence: Evidence;
}
