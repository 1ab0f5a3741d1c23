import type { ModelQuestion, Said } from "../types.ts";

/** What is used of `node-llama-cpp`: it is an optional peer, so its types are not at hand. */
export interface Library {
  readonly getLlama: (options: {
    readonly gpu: false;
    readonly build: "never";
    readonly skipDownload: true;
    readonly progressLogs: false;
    readonly logLevel: "error";
    readonly logger: () => void;
    readonly maxThreads: number;
  }) => Promise<{ readonly loadModel: (options: { readonly modelPath: string; readonly gpuLayers: 0 }) => Promise<Model> }>;
  readonly LlamaChat: new (options: { readonly contextSequence: Sequence }) => Chat;
}

export interface Model {
  readonly createContext: (options: {
    readonly sequences: 1;
    readonly contextSize: { readonly min: number; readonly max: number };
    readonly threads: number;
  }) => Promise<{ readonly getSequence: () => Sequence }>;
}

interface Sequence {
  readonly tokenMeter: { readonly getState: () => Meter };
}

export interface Meter {
  readonly usedInputTokens: number;
  readonly usedOutputTokens: number;
}

export interface Chat {
  readonly sequence: Sequence;
  readonly generateResponse: (
    history: readonly Said[],
    options: {
      readonly signal: AbortSignal;
      readonly onResponseChunk: (chunk: {
        readonly type?: "segment" | undefined;
        readonly segmentType?: string;
        readonly text: string;
      }) => void;
      readonly temperature: number;
      readonly topP: number;
      readonly maxTokens: number;
      readonly customStopTriggers?: readonly string[];
      readonly functions?: ModelQuestion["functions"];
      readonly documentFunctionParams?: boolean;
      readonly maxParallelFunctionCalls?: number;
    },
  ) => Promise<{
    readonly functionCalls?: readonly { readonly functionName: string; readonly params: unknown }[];
    readonly metadata: { readonly stopReason: string };
  }>;
}
