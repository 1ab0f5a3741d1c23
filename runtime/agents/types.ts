import type { Diagnostic, Json, JsonObject, Result } from "../../core/index.ts";
import type { LoadedAgent, LoadedProvider } from "../load/index.ts";
import type { LocalModels } from "../models/index.ts";
import type { Vault } from "../vault/index.ts";

/** A tool call as a model wrote it: nothing of it is believed yet. */
export interface ToolCall {
  /** The model's own name for it, unique in its answer. */
  readonly id: string;
  readonly tool: string;
  /** Text that should be JSON. */
  readonly input: string;
}

/** What a model is told of a call of its own. */
export interface ToolAnswer {
  readonly call: string;
  readonly tool: string;
  readonly text: string;
  readonly isError: boolean;
}

/** A picture or another file for a model that can see it. */
export interface Media {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One thing said in a conversation. */
export type Message =
  | { readonly role: "user"; readonly text: string; readonly media?: readonly Media[] }
  | {
      readonly role: "assistant";
      readonly text: string;
      readonly calls?: readonly ToolCall[];
      /** What the same model must be given back as it was while it uses tools, such as signed thinking. */
      readonly carry?: Carry;
    }
  | { readonly role: "tool"; readonly answers: readonly ToolAnswer[] };

/** Opaque to everybody but the provider that made it. */
export interface Carry {
  readonly provider: string;
  readonly model: string;
  readonly parts: readonly JsonObject[];
}

/** A tool as a model is shown it. */
export interface ShownTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly input: JsonObject;
}

/** A piece of an answer as it arrives. */
export interface Delta {
  readonly kind: "text" | "thinking";
  readonly text: string;
}

/** Why the answer ended: the model was done, met the length limit, was filtered, wants tools, a budget was spent, or something else. */
export type Finish = "stop" | "length" | "filtered" | "calls" | "budget" | "other";

export interface Usage {
  /** Null where the provider does not say. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** One provider that was asked before the one that answered, and why it did not. */
export interface FailedChoice {
  readonly provider: string;
  readonly model: string;
  readonly code: Diagnostic["code"];
  readonly detail: string;
}

/** One complete answer. */
export interface Turn {
  readonly text: string;
  readonly provider: string;
  readonly model: string;
  readonly finish: Finish;
  readonly usage: Usage;
  /** What it cost by the declared prices; null where they or the usage are not known. */
  readonly cost: { readonly currency: string; readonly amount: number } | null;
  readonly latency: { readonly firstTextMs: number | null; readonly totalMs: number };
  /** How many requests were made in all, retries and fallbacks included. */
  readonly requests: number;
  /** How many answers of models it took: one, and one more for each round of tools. */
  readonly steps: number;
  readonly toolCalls: number;
  readonly failed: readonly FailedChoice[];
  /** Older messages that were not sent, because the conversation is longer than {@link LIMITS.historyBytes}. */
  readonly omitted: number;
}

/** How one tool call ended. */
export interface CallOutcome {
  readonly answer: ToolAnswer;
  readonly outcome: "done" | "denied" | "failed";
}

/** The tools of one run; implemented over the gate by runtime/conversations. */
export interface ToolBox {
  /** What is offered as of now: asked for anew at each step. */
  readonly offer: () => Result<readonly ShownTool[]>;
  /** Called before the first tool of an answer runs, with what the model said beside: recorded, durably. A failure ends the run. */
  readonly beforeCalls: (said: string, calls: readonly ParsedCall[]) => Promise<Result<void>>;
  /** The model asked for a tool that it was not offered: nothing runs, and that it was asked for is recorded. */
  readonly notOffered?: (call: ToolCall) => Promise<void>;
  /** Runs one tool. Never rejects: what went wrong is for the model. */
  readonly run: (call: ParsedCall) => Promise<CallOutcome>;
  /** Called when all tools of an answer have ended. */
  readonly afterCalls: (outcomes: readonly CallOutcome[]) => Promise<Result<void>>;
}

/** A call whose tool is offered and whose arguments are JSON. */
export interface ParsedCall {
  readonly id: string;
  readonly tool: string;
  readonly args: Json;
}

/** What an agent may still spend; counts what it spends. Implemented by the gate. */
export interface Allowance {
  /** Before each request. A failure goes to the next fallback, which may cost nothing; after the last it ends the run. */
  readonly mayAsk: (model: Asking) => Result<void>;
  readonly spent: (model: Asking, usage: Usage) => void;
}

export interface Asking {
  readonly provider: string;
  readonly model: string;
}

export interface TurnRequest {
  readonly agent: LoadedAgent;
  readonly providers: ReadonlyMap<string, LoadedProvider>;
  readonly vault: Vault;
  /** What was said before, oldest first. */
  readonly history: readonly Message[];
  readonly message: string;
  readonly media?: readonly Media[];
  /** The model files of this machine; absent: none are asked here. */
  readonly models?: LocalModels | undefined;
  readonly signal: AbortSignal;
  /** Called with each piece as it arrives, in order; known credentials are masked already. */
  readonly onDelta: (delta: Delta) => void;
  /** Absent: the agent has no tools. */
  readonly tools?: ToolBox;
  readonly allowance?: Allowance;
  /** What happens on the way, for whoever watches. */
  readonly onAsked?: (asked: { readonly provider: string; readonly model: string; readonly ms: number; readonly ok: boolean }) => void;
}

/** The world as a turn needs it; the default is the real one. */
export interface TurnPorts {
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** The wall clock, for dates a provider names. */
  readonly wallClock: () => Date;
  /** From 0 up to 1. */
  readonly random: () => number;
}
