import type { Digest, Json, JsonObject, Result } from "../../core/index.ts";
import type { Labels, Run } from "../run/index.ts";

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
   */
  readonly also: (action: string, resource: string) => Result<void>;
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
  /** Pure, and total for any JSON: what has no canonical form is a diagnostic. */
  readonly canonicalise: (args: Json, run: Run) => Result<CanonicalCall>;
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
   */
  readonly execute: (capability: Capability, args: Json, run: Run) => Promise<Result<ToolResult>>;
  /** What is in the conversation of a session so far. */
  readonly labelsOf: (session: string) => Labels;
  /** Text came into a session from outside: its labels join those of the session, for good. */
  readonly labelled: (session: string, labels: Labels) => Result<void>;
}
