import type { Address, Digest } from "../../core/index.ts";

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

export interface LoadedProvider {
  readonly name: string;
  /** Null: declared, but the runtime does not speak it; {@link LoadedProvider.lacks} says so. */
  readonly protocol: SpokenProtocol | null;
  /** The base address, without a trailing slash; null for `echo`. */
  readonly endpoint: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string | SecretRef }[];
  readonly credentials: SecretRef | null;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** How often to try again, and the first pause. */
  readonly retries: number;
  readonly backoffMs: number;
  readonly models: ReadonlyMap<string, { readonly digest: Digest | null; readonly prices: Prices | null }>;
  /** Why it cannot be asked; empty when it can. */
  readonly lacks: readonly string[];
}

/** A generation as the runtime runs it: everything built, nothing started. */
export interface LoadedGeneration {
  readonly agents: ReadonlyMap<string, LoadedAgent>;
  readonly providers: ReadonlyMap<string, LoadedProvider>;
  /** By Secret's name, then key. */
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, SecretSource>>;
  /** What each resource lacks to be run or enforced in full; only those that lack something. Sorted. */
  readonly lacks: ReadonlyMap<Address, readonly string[]>;
}
