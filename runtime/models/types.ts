import type { DiagnosticCode, Digest, Json, JsonObject } from "../../core/index.ts";

/** A model that is a file on this machine. */
export interface ModelFile {
  /** Relative to the models folder. */
  readonly path: string;
  /** What was reviewed; another file is not asked. */
  readonly digest: Digest | null;
  readonly contextTokens: number;
}

/** A conversation as the library takes it. */
export type Said =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly (string | SaidCall)[] };

export interface SaidCall {
  readonly type: "functionCall";
  readonly name: string;
  readonly params: Json;
  readonly result: Json;
}

export interface ModelQuestion {
  readonly history: readonly Said[];
  readonly functions: Readonly<Record<string, { readonly description: string; readonly params?: JsonObject }>>;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
}

/** What arrives of an answer; `end` or `failed` is last, exactly once. */
export type ModelPiece =
  | { readonly kind: "text" | "thinking"; readonly text: string }
  | { readonly kind: "call"; readonly name: string; readonly params: Json }
  | {
      readonly kind: "end";
      readonly finish: "stop" | "length" | "calls";
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
    }
  | ModelFailure;

export interface ModelFailure {
  readonly kind: "failed";
  readonly code: DiagnosticCode;
  /** About "the provider", without its end. */
  readonly detail: string;
  readonly remedy?: string;
  /** The library's own words, unjudged. */
  readonly words?: string;
  /** Trying the same again may help. */
  readonly isPassing?: boolean;
}

/** The models of this machine that are asked in process, each loaded once for everybody. */
export interface LocalModels {
  readonly ask: (file: ModelFile, question: ModelQuestion, signal: AbortSignal) => AsyncGenerator<ModelPiece, void>;
  /** Ends what is loaded; questions that run fail. */
  readonly close: () => Promise<void>;
}
