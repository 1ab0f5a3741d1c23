import type {
  Address,
  Clock,
  Diagnostic,
  Digest,
  Hold,
  Instant,
  JsonObject,
  Kinds,
  Made,
  Owner,
  Resource,
  Result,
} from "../../core/index.ts";
import type { DeclaredAtom, Pattern, ResourceType } from "../../trust/capability/index.ts";
import type { CallFacts, FinalVerdict, Policy, ReachFacts } from "../../trust/policy/index.ts";
import type { Active } from "../load/index.ts";
import type { StoreReader } from "../store/index.ts";

/** The part of a store that the runtime looks at. It must have been opened for writing: a reader sees one moment for ever. */
export type LiveStore = Pick<StoreReader, "mark" | "owners" | "active" | "rows" | "values" | "edits" | "holds">;

export interface LiveWorld {
  readonly store: LiveStore;
  readonly kinds: Kinds;
  readonly clock: Clock;
  /** The folder below which agents have their workspaces; absolute. */
  readonly workspaces: string;
  /** The policies that moltbot ships; absent: as they are installed. */
  readonly shipped?: Policy;
}

/** Conditions on every use of a grant, as numbers. */
export interface GrantConstraints {
  readonly approval: "always" | "once" | "never";
  readonly rate: { readonly count: number; readonly perMs: number } | null;
  readonly maxCalls: number | null;
  readonly timeoutMs: number | null;
  readonly maxRequestBytes: number | null;
  readonly maxResponseBytes: number | null;
}

/** One capability of one agent, ready to be compared with calls. */
export interface LiveGrant {
  readonly declared: DeclaredAtom;
  /** May end in `/*`: every tool of that server or plugin. */
  readonly tool: string;
  readonly action: string;
  /** Null for tools that act on nothing. */
  readonly resource: ResourceType | null;
  /** What it covers; null for tools that act on nothing. */
  readonly pattern: Pattern | null;
  readonly constraints: GrantConstraints;
  /** Who can get the agent to act, and what that comes to. */
  readonly reach: () => ReachFacts;
  /** What grant rules were asked; made once for each state. */
  readonly question: () => { readonly input: JsonObject; readonly digest: Digest };
  /** What grant rules say; asked once for each state. */
  readonly verdict: () => FinalVerdict;
}

/** What an agent may spend; null where nothing bounds it. */
export interface LiveBudgets {
  readonly tokensPerDay: number | null;
  readonly costPerDay: number | null;
  readonly costPerMessage: number | null;
  readonly tokensPerSession: number | null;
  readonly stepsPerMessage: number | null;
  readonly toolCallsPerSession: number | null;
  readonly repeatedToolCalls: number | null;
  readonly concurrentSessions: number | null;
  readonly timePerMessageMs: number | null;
}

export interface LiveAgent {
  readonly owner: Owner;
  readonly name: string;
  readonly address: Address;
  readonly resource: Resource;
  /** In force; those whose time is over are not among them. */
  readonly grants: readonly LiveGrant[];
  readonly budgets: LiveBudgets;
  /** Absolute path of its workspace folder, which may not exist yet; null where the manifest names none that can be. */
  readonly workspace: string | null;
  /** How deep its calls of other agents may nest, and how long one may take. */
  readonly delegation: { readonly maxDepth: number; readonly timeoutMs: number };
  /** How long one command or file operation may take where its grant does not say. */
  readonly timeoutMs: number;
  /** Why it has no tools whatever it was granted; null when it may use what it was granted. */
  readonly refused: Diagnostic | null;
  /** As whom policies know it: itself, or the declared agent that it is like. */
  readonly judgedAs: Resource;
  /** Changes whenever something does that its capabilities depend on. */
  readonly stamp: object;
}

/** An agent that was made by the API, beside what is declared. */
export interface LiveMade extends Made {
  readonly name: string;
  readonly address: Address;
  /** Of the row that it is recorded in. */
  readonly digest: Digest;
  /** Under what its conversations are kept. */
  readonly life: string;
  /** What was held back of it by name. */
  readonly holds: readonly Hold[];
  /** Why it does not run; null where it does, among the agents of its owner. */
  readonly problem: Diagnostic | null;
}

/** What runs for one owner. */
export interface LiveOwner {
  readonly owner: Owner;
  readonly project: string;
  readonly environment: string;
  /** What runs: what is declared, and agents beside it that were made by the API. */
  readonly active: Active;
  /** What is declared, alone. */
  readonly declared: Active;
  /** Agents that were made by the API, by name; those that may run are among the agents as well. */
  readonly made: ReadonlyMap<string, LiveMade>;
  /** By address: rows with edits, and agents made by the API. */
  readonly resources: ReadonlyMap<Address, Resource>;
  /** What is held back in effect: also what follows from others for agents made by the API. {@link declared} has those that were put. */
  readonly holds: readonly Hold[];
  readonly agents: ReadonlyMap<string, LiveAgent>;
  /** All bundles that judge calls of this owner, as one. */
  readonly policy: Policy;
  /** What call rules say of one call under one grant. What they do not read makes no difference, and equal questions are asked once. */
  readonly judgeCall: (agent: LiveAgent, grant: LiveGrant, facts: CallFacts) => FinalVerdict;
  /** The question that {@link judgeCall} asks, whole: what a record of the decision has the digest of. */
  readonly questionOf: (agent: LiveAgent, grant: LiveGrant, facts: CallFacts) => JsonObject;
  /** Whether any rule reads counters of the session: then a restart must not forget them. */
  readonly countsCalls: boolean;
  /** Whether using a model costs money, by its prices or by being somebody else's service. Of a provider that is not there: yes. */
  readonly isMetered: (provider: string, model: string) => boolean;
  /** What is wrong with what judges, for `status`: then it denies more, never less. */
  readonly remarks: readonly Diagnostic[];
  /** When this has to be put together again: something expires. Null: never. */
  readonly validUntil: Instant | null;
}

/** What is active now, for every owner. */
export interface LiveState {
  readonly owners: ReadonlyMap<Owner, LiveOwner>;
  /** Owners whose generation cannot be run, and why: they stop only themselves. */
  readonly broken: ReadonlyMap<Owner, readonly Diagnostic[]>;
  /** Agents that were made by the API beside an owner that is not active. */
  readonly stranded: readonly LiveMade[];
}

export interface Live {
  /**
   * What is active at this very moment. Where nothing changed since the last call this takes microseconds and
   * gives the same value; a change by any process is seen by the next call.
   */
  readonly state: () => Result<LiveState>;
  /** The agent as it is active now: `NOTHING_ACTIVE`, `AGENT_NOT_FOUND`, or what is wrong with its owner. Holds are not asked. */
  readonly agent: (owner: Owner, name: string) => Result<{ readonly owner: LiveOwner; readonly agent: LiveAgent }>;
  /** The present: never before a moment that was seen already, so that a clock set back revives nothing. */
  readonly now: () => Date;
  /** When this look at the store began: what is ephemeral is not older. */
  readonly startedAt: Date;
  /** Called after a change was noticed. @returns how to leave. */
  readonly onChange: (listener: (state: LiveState) => void) => () => void;
  /** Ends the threads of policies. The store stays open. */
  readonly close: () => void;
}
