import type { Diagnostic } from "../../core/index.ts";
import type { LoadedAgent, LoadedProvider } from "../load/index.ts";
import type { Vault } from "../vault/index.ts";

/** One thing said in a conversation. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly text: string;
}

/** A piece of an answer as it arrives. */
export interface Delta {
  readonly kind: "text" | "thinking";
  readonly text: string;
}

/** Why the model stopped: it was done, met the length limit, was filtered, or something else. */
export type Finish = "stop" | "length" | "filtered" | "other";

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
  readonly failed: readonly FailedChoice[];
  /** Older messages that were not sent, because the conversation is longer than {@link LIMITS.historyBytes}. */
  readonly omitted: number;
}

export interface TurnRequest {
  readonly agent: LoadedAgent;
  readonly providers: ReadonlyMap<string, LoadedProvider>;
  readonly vault: Vault;
  /** What was said before, oldest first. */
  readonly history: readonly Message[];
  readonly message: string;
  readonly signal: AbortSignal;
  /** Called with each piece as it arrives, in order; known credentials are masked already. */
  readonly onDelta: (delta: Delta) => void;
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
