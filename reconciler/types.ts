import type { Actor, Address, Clock, Diagnostic, Digest, Generation, Ids, Kinds, Owner, Resource, Result } from "../core/index.ts";
import type { Policy } from "../trust/policy/index.ts";
import type { OfferedApproval } from "./approving.ts";
import type { Plan } from "./plan/types.ts";
import type { StoreKeyChoice } from "./record/types.ts";
import type { Readings } from "./readings.ts";
import type { Target } from "./targets/types.ts";

/** What every command names. */
export interface Query {
  /** The folder that holds moltbot.yaml. */
  readonly repo: string;
  /** A git revision; absent for the work tree. */
  readonly ref?: string;
  readonly environment?: string;
  /** The state folder; default `.moltbot` beside moltbot.yaml. */
  readonly state?: string;
  /** The state folder is for this one Project, though it is named: a loop's own. */
  readonly isOwnState?: boolean;
  /** Plan only these addresses and what they need. */
  readonly targets?: readonly string[];
  /** Plan everything but these. */
  readonly excludes?: readonly string[];
  /** Take these addresses over from another owner. */
  readonly adopt?: readonly { readonly address: Address; readonly from: Owner }[];
  /** A file that says whom to believe, in place of the state folder's trust anchor. */
  readonly trustAnchor?: string;
  /** Why a commit may be applied that does not build on the last applied one. */
  readonly allowOlder?: string;
  /** Files given as approvals of the plan. */
  readonly approvals?: readonly OfferedApproval[];
  /** Drift of these is reported, not corrected: something else undoes every correction. */
  readonly leaveDrift?: readonly Address[];
  /** Somebody reads {@link Planned.notices}, such as a report: there may be thousands, so they are not made for nobody. */
  readonly notices?: boolean;
}

/** A step of work, for a progress line. */
export interface Progress {
  readonly stage: "load" | "validate" | "resolve" | "observe" | "verify" | "plan" | "lock" | "apply" | "record" | "wait";
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}

/** What the engine needs from outside, as values and small ports. */
export interface World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly actor: Actor;
  readonly kinds: Kinds;
  /** moltbot's own version. */
  readonly version: string;
  readonly signal: AbortSignal;
  readonly progress: (event: Progress) => void;
  /** What earlier runs finished, for commands that only show; absent where all is made from the beginning. Apply never looks there. */
  readonly cache?: Cache;
  /** What files said when they were read before by this process; absent where each is read once. */
  readonly readings?: Readings;
  /** Absent: a store that is made keeps its key in a plain file, and none is unlocked. */
  readonly storeKeys?: StoreKeyChoice;
  /** Where the device keys are that requests to gateways are signed with: the one that is named, else those of a folder. Absent: there is none. */
  readonly deviceKeys?: () => { readonly named: string | undefined; readonly folder: string };
  /** The policies in force; absent for those that moltbot ships. */
  readonly policy?: Policy;
  /** Targets in place of the built-in ones, by type and state folder; tests bring their own. */
  readonly targets?: Readonly<Record<string, (dir: string) => Target>>;
}

/** A place for what was finished. It may lose it at any time, but what it gives back is whole. */
export interface Cache {
  /** Of the program: another build never takes over what this one finished. */
  readonly tool: Digest;
  read(name: string): Uint8Array | undefined;
  write(name: string, bytes: Uint8Array): void;
}

export interface Validated {
  readonly project: string;
  readonly environment: string;
  readonly resources: readonly Resource[];
  readonly files: number;
}

/** A tree that is valid in each of its environments. */
export interface ValidatedAll {
  readonly environments: readonly Validated[];
}

export interface Planned {
  readonly plan: Plan;
  readonly warnings: readonly Diagnostic[];
  /** Why the plan may not be applied, whoever confirms it; `plan` ends with their outcome. */
  readonly blockers: readonly Diagnostic[];
  /** What apply will ask to have said explicitly, such as the delete budget. */
  readonly confirmations: readonly Diagnostic[];
  /** What policy says without denying. The plan shows it; reports have it as warnings. Empty unless the query asks. */
  readonly notices: readonly Diagnostic[];
}

/** What an apply did. */
export interface Applied {
  readonly outcome: "applied" | "nothing-to-do" | "already-applied";
  readonly plan: Plan;
  /** The generation that is active now; null when there is none yet. */
  readonly generation: Generation | null;
  /** What policy said without denying: reports have it, as those of a plan do. */
  readonly notices: readonly Diagnostic[];
}

export interface ApplyChoices {
  /** Asked with the plan in hand; a failed result ends the apply before any effect. */
  readonly confirm: (planned: Planned) => Promise<Result<void>>;
  /** What `--allow-deletes N` said. */
  readonly allowDeletes?: number;
  readonly lockTimeoutMs: number;
}
