import type { Clock, Digest, Ids, Instant, Json, JsonObject, Owner, Result, Secret } from "../../core/index.ts";
import type { Pattern } from "../../trust/capability/index.ts";
import type { Audit } from "../audit/index.ts";
import type { Bus } from "../events/index.ts";
import type { Live, LiveAgent, LiveOwner } from "../live/index.ts";
import type { Labels, Role, Run } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";

declare const GENUINE: unique symbol;

/**
 * The right to ask for one tool in one session of one agent, from one generation, until it expires or is
 * revoked. Only the gate makes one, and only the very object it made counts: a copy is nothing.
 */
export interface Capability {
  readonly [GENUINE]: true;
  readonly tool: string;
}

/** A tool as a model is shown it. */
export interface OfferedTool {
  /** `http.fetch`, `plugin:crm/lookup`, `agent:triage`. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly input: JsonObject;
  readonly capability: Capability;
}

/**
 * A secret that the host adds to a request of somebody who is not to see it. The call says by name that it goes along,
 * so policies and approvals see that; the value is opened when the call is carried out, and not before.
 */
export interface Credential {
  /** `<plugin>/<name>`. */
  readonly name: string;
  /** In lower case; whoever asks cannot set it. */
  readonly header: string;
  /** Before the value; may be empty. */
  readonly prefix: string;
  /** The requests it goes along with. */
  readonly patterns: readonly Pattern[];
  readonly open: () => Promise<Result<Secret<Uint8Array>>>;
}

/**
 * A call in its one canonical form. Everything from here on (grant, policy, approval, execution, receipt)
 * uses this value and none reads the arguments again, so what was approved is what runs.
 */
export interface CanonicalCall {
  readonly tool: string;
  readonly action: string;
  /** What is acted on, in the form of `canonicalResource`; null for tools that act on nothing. */
  readonly resource: string | null;
  /** Facts that policies see (`input.arguments`); no secrets. */
  readonly facts: JsonObject;
  /** Exactly what runs: argv, working folder, environment, body, ... */
  readonly effect: JsonObject;
  /** Over tool, action, resource and effect: what an approval covers. */
  readonly digest: Digest;
  /** One line for the person who is asked; shown escaped. */
  readonly summary: string;
}

/** What a tool may use beside its arguments. */
export interface ToolScope {
  readonly run: Run;
  /** Absolute path of the agent's workspace folder; it exists. */
  readonly workspace: string;
  readonly limits: { readonly timeoutMs: number; readonly maxRequestBytes: number; readonly maxResponseBytes: number };
  /**
   * Asks the gate whether a further effect of the same call is granted: the target of a redirect, a file
   * behind a link. Refused means: stop, without the effect.
   *
   * @param its - What policies see of it and what runs, where that is not what the call itself has.
   */
  readonly also: (action: string, resource: string, its?: Pick<CanonicalCall, "facts" | "effect">) => Result<void>;
  /** What the host holds for whoever asks; the call says which of it goes along. */
  readonly credentials: readonly Credential[];
}

/** What a tool gave back, before the result filter. */
export interface ToolOutput {
  /** For the model. */
  readonly text: string;
  readonly labels: Labels;
  /** For the receipt: sizes, statuses, exit codes; no content, no secrets. */
  readonly facts: JsonObject;
}

/** One tool. It is run by the gate and by nobody else. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: JsonObject;
  /** Pure, and total for any JSON: what has no canonical form is a diagnostic. A tool that sends no credentials need not look at them. */
  readonly canonicalise: (args: Json, run: Run, credentials?: readonly Credential[]) => Result<CanonicalCall>;
  readonly run: (call: CanonicalCall, scope: ToolScope, signal: AbortSignal) => Promise<Result<ToolOutput>>;
}

/** What the model is told. */
export interface ToolResult {
  readonly text: string;
  readonly labels: Labels;
  /** Hash of the audit record that is its receipt. */
  readonly receipt: Digest;
}

/** The one way to an effect. */
export interface Gate {
  /** The tools an agent may ask for in this run, as of now. Empty when it has none, or is held. */
  readonly offer: (run: Run) => Result<readonly OfferedTool[]>;
  /**
   * Capability, grant, policy, constraints, approval, sandbox, result filter, receipt: in this order, and
   * the first no ends it without effect. A `no` is a diagnostic that the model may read. Waits for a person
   * where the grant asks for approval.
   *
   * @param credentials - What the host may add for whoever asks; absent: nothing.
   */
  readonly execute: (capability: Capability, args: Json, run: Run, credentials?: readonly Credential[]) => Promise<Result<ToolResult>>;
  /** What is in the conversation of a session so far. */
  readonly labelsOf: (session: string) => Labels;
  /**
   * Text came into a session from outside: its labels join those of the session, for good.
   * @param to - Writes it in a transaction of the caller's; absent: in one of its own.
   */
  readonly labelled: (session: string, labels: Labels, to?: SealedRecords) => Result<void>;
}

/** Everything that policies were asked about one call: with the bundle, enough to ask it again. */
export interface AskedQuestion {
  /** What the audit names it by: over the call and the digest of the grant. */
  readonly digest: Digest;
  readonly owner: Owner;
  /** The generation that was active. */
  readonly generation: number;
  /** What grant rules were asked about the grant. */
  readonly grant: JsonObject;
  /** What call rules were asked about the call. */
  readonly call: JsonObject;
}

/** What the gate needs of the world. */
export interface GateWorld {
  readonly live: Live;
  readonly records: SealedRecords;
  readonly audit: Audit;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Every tool that an agent could be granted, as of now. */
  readonly tools: (place: { readonly owner: LiveOwner; readonly agent: LiveAgent; readonly run: Run }) => readonly Tool[];
  /** Values of secrets that were opened for an owner so far: they are masked wherever a result quotes them. */
  readonly secrets?: (owner: Owner) => readonly Secret<Uint8Array>[];
  /** Told of a question when its decision is in the audit, for whoever wants to ask it again; nobody waits for what it does. */
  readonly asked?: (question: AskedQuestion) => void;
}

/** A restriction of a capability token. All of them hold together, so adding one can only narrow. */
export type Caveat =
  | { readonly actions: readonly string[] }
  /** A pattern of the tool's resource type. */
  | { readonly resource: string }
  | { readonly until: Instant };

/** Capabilities across a process border: short-lived, signed with a key that never leaves this process. */
export interface Tokens {
  /** A token for a capability of this run. */
  readonly mint: (capability: Capability, run: Run) => Result<string>;
  /** The capability that a token stands for, in the run it was minted in. */
  readonly accept: (token: string, run: Run) => Result<Capability>;
}

export type ApprovalState = "asked" | "given" | "refused" | "expired" | "used";

/** One call that waits for a person, or waited. */
export interface Approval {
  readonly id: string;
  readonly state: ApprovalState;
  readonly owner: Owner;
  readonly agent: string;
  readonly session: string;
  readonly run: string;
  /** On whose behalf; null when nobody is known. */
  readonly principal: { readonly id: string; readonly person: string | null } | null;
  /** {@link Run.behind}: sorted. */
  readonly behind: readonly string[];
  readonly channel: string | null;
  readonly generation: number;
  readonly grant: string;
  readonly tool: string;
  readonly action: string;
  readonly resource: string | null;
  readonly summary: string;
  /** Exactly what would run. */
  readonly effect: JsonObject;
  /** {@link CanonicalCall.digest}. */
  readonly digest: Digest;
  /** `once`: the answer holds for every call under this grant in this session. */
  readonly mode: "always" | "once";
  /** The least role that may answer. */
  readonly role: Role;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly answer: { readonly by: string; readonly via: Approver["via"]; readonly at: Instant; readonly reason: string | null } | null;
}

/** Who answers an approval. Established by the API, a channel or the machine itself; never read from text. */
export interface Approver {
  readonly id: string;
  /** The member's name; null for whoever is none. */
  readonly person: string | null;
  readonly role: Role | null;
  readonly verified: boolean;
  /** `cli`: on this machine, with the state folder open; `channel`: by the platform's own means, such as a button. */
  readonly via: "cli" | "api" | "channel";
}

export interface ApprovalAnswer {
  readonly answer: "given" | "refused";
  readonly by: Approver;
  readonly reason: string | null;
}

export interface Approvals {
  /** Oldest first; what ran out is left out. */
  readonly list: () => Result<readonly Approval[]>;
  readonly answer: (id: string, answer: ApprovalAnswer) => Result<Approval>;
}

/** What one request to a model used. Null where the provider did not say. */
export interface Usage {
  readonly provider: string;
  readonly model: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** How far one budget of a day is used. */
export interface BudgetUse {
  readonly owner: Owner;
  readonly agent: string;
  readonly budget: "tokensPerDay" | "costPerDay";
  readonly used: number;
  readonly limit: number;
}

export interface Budgets {
  /** What agents with a budget of the day have used today; what cannot be read is left out. */
  readonly today: (most: number) => readonly BudgetUse[];
  /** A run begins: `BUDGET_SPENT` when as many sessions run as may, or the day is spent. */
  readonly begin: (run: Run) => Result<{ readonly end: () => void }>;
  /** Before each request to a model. @param model - What is going to be asked. */
  readonly mayAsk: (run: Run, model: Pick<Usage, "provider" | "model">) => Result<void>;
  /** After it. @returns what it cost; null where that is not known. */
  readonly spent: (run: Run, usage: Usage) => Result<{ readonly currency: string; readonly amount: number } | null>;
}

/** The gate of a running gateway. */
export interface RuntimeGate extends Gate {
  readonly tokens: Tokens;
  readonly approvals: Approvals;
  readonly budgets: Budgets;
  /** One capability ends now. */
  readonly revoke: (capability: Capability) => void;
  /** A run ends: its capabilities are deleted, and what waits for a person in its name is not done any more. */
  readonly finish: (run: string) => void;
  /** Everything the gate keeps about a session goes. */
  readonly forget: (session: string) => Result<void>;
  readonly close: () => void;
}
