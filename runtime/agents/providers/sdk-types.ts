import type { createOpenAICompatible } from "@ai-sdk/openai-compatible";

/** The SDK's interface of a model, version 4, by what one of its providers gives: it has a package of its own that is not a dependency of ours. */
export type SdkModel = ReturnType<ReturnType<typeof createOpenAICompatible>["chatModel"]>;
export type CallOptions = Parameters<SdkModel["doStream"]>[0];
export type Prompt = CallOptions["prompt"];
export type StreamPart = Awaited<ReturnType<SdkModel["doStream"]>>["stream"] extends ReadableStream<infer P> ? P : never;
