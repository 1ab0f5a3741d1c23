import type { Address, Digest } from "../../core/index.ts";
import type { TlsExceptions } from "../net/index.ts";
import type { LoadedPlugin } from "./plugin.ts";
import type { LoadedChannel } from "./channel-types.ts";

/** Which value of which Secret. */
export interface SecretRef {
  readonly secret: string;
  readonly key: string;
}

/** Where one value of a Secret comes from. Bytes of an envelope are read by digest, at first use. */
export type SecretSource =
  | { readonly kind: "age"; readonly envelope: Digest; readonly recipients: readonly string[] | null }
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "pending" };

/** A model of a provider, and how to ask it. Absent settings are the provider's own. */
export interface ModelChoice {
  readonly provider: string;
  readonly model: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly thinking?: "off" | "minimal" | "low" | "medium" | "high";
  readonly timeoutMs?: number;
}

export interface LoadedAgent {
  readonly name: string;
  /** The system prompt: the agent's own, then its skills'. Empty when it has none. */
  readonly system: string;
  /** The model first, then the fallbacks. */
  readonly choices: readonly [ModelChoice, ...ModelChoice[]];
  readonly showThinking: boolean;
  /** How long one message may take in all; null when only each model's timeout bounds it. */
  readonly timePerMessageMs: number | null;
  readonly conduct: AgentConduct;
}

/** How an agent conducts conversations. What is null has no bound of its own. */
export interface AgentConduct {
  /** IANA name. */
  readonly timezone: string;
  /** For summaries and the like; null: the agent's own model. */
  readonly utility: ModelChoice | null;
  readonly budgets: {
    readonly tokensPerDay: number | null;
    readonly costPerDay: number | null;
    readonly costPerMessage: number | null;
    readonly tokensPerSession: number | null;
    readonly stepsPerMessage: number | null;
    readonly toolCallsPerSession: number | null;
    readonly repeatedToolCalls: number | null;
    readonly concurrentSessions: number | null;
  };
  readonly sessions: {
    readonly scope: "main" | "peer" | "channel-peer" | "account-channel-peer";
    readonly reset: { readonly mode: "daily" | "idle" | "never"; readonly hour: number; readonly idleMs: number | null };
    readonly resetCommands: readonly string[];
    readonly maxMessages: number | null;
    readonly maxSessions: number | null;
    readonly retentionMs: number | null;
  };
  readonly compaction: { readonly mode: "default" | "safeguard" | "off"; readonly reserveTokens: number | null };
  readonly pruning: {
    readonly isOn: boolean;
    readonly ttlMs: number;
    readonly keepLastAnswers: number;
    readonly softTrimRatio: number;
    readonly hardClearRatio: number;
    readonly minToolChars: number;
  };
  /** How many earlier messages of a room it sees. */
  readonly groupHistory: number | null;
  readonly delegation: {
    /** Agents it may call; a call also needs the grant. */
    readonly to: readonly string[];
    readonly maxConcurrent: number;
    readonly maxDepth: number;
    readonly timeoutMs: number;
    readonly archiveAfterMs: number;
    readonly model: ModelChoice | null;
    readonly isPreferred: boolean;
  };
  readonly showToolCalls: boolean;
}

/** The protocols the runtime speaks. */
export const SPOKEN = ["echo", "openai-compatible", "ollama", "llama-cpp", "anthropic"] as const;
export type SpokenProtocol = (typeof SPOKEN)[number];

export interface Prices {
  readonly currency: string;
  /** For a million tokens. */
  readonly input: number | null;
  readonly output: number | null;
}

/** What is known of a model. */
export interface ModelFacts {
  readonly digest: Digest | null;
  readonly prices: Prices | null;
  /** Tokens that a conversation may have, question and answer together. */
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  /** The file that answers in process; null where a server is asked. */
  readonly file: string | null;
  /** How it is asked where the agent does not say. */
  readonly defaults: Omit<ModelChoice, "provider" | "model">;
}

export interface ProviderLimits {
  readonly concurrency: number | null;
  readonly requests: { readonly count: number; readonly perMs: number } | null;
  readonly tokensPerMinute: number | null;
}

export interface LoadedProvider {
  readonly name: string;
  /** Null: declared, but the runtime does not speak it; {@link LoadedProvider.lacks} says so. */
  readonly protocol: SpokenProtocol | null;
  /** The base address, without a trailing slash; null for `echo`. */
  readonly endpoint: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string | SecretRef }[];
  readonly credentials: SecretRef | null;
  /** The account that is logged in to; null where a key is used, or nothing. */
  readonly oauth: {
    readonly issuer: string;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly tls: TlsExceptions;
  } | null;
  /** The hosts that its Project connects to with less than TLS 1.3. */
  readonly tls: TlsExceptions;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** How often to try again, and the first pause. */
  readonly retries: number;
  readonly backoffMs: number;
  readonly models: ReadonlyMap<string, ModelFacts>;
  /** Upper bounds on what is asked of it, by this process; null: none. */
  readonly limits: ProviderLimits;
  /** Why it cannot be asked; empty when it can. */
  readonly lacks: readonly string[];
}

/** A generation as the runtime runs it: everything built, nothing started. */
export interface LoadedGeneration {
  readonly agents: ReadonlyMap<string, LoadedAgent>;
  readonly providers: ReadonlyMap<string, LoadedProvider>;
  readonly plugins: ReadonlyMap<string, LoadedPlugin>;
  /** By Secret's name, then key. */
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, SecretSource>>;
  readonly channels: ReadonlyMap<string, LoadedChannel>;
  readonly tls: TlsExceptions;
  /** What each resource lacks to be run or enforced in full; only those that lack something. Sorted. */
  readonly lacks: ReadonlyMap<Address, readonly string[]>;
}
