/**
 * The process of one model: it loads the library and the file, and answers one question at a time. It has no
 * environment, may not write or use a network as far as Node decides, and ends with its input.
 */
import process from "node:process";
import { LIMITS, type Json } from "../../../core/index.ts";
import { frameOf, frameReader } from "../../children/index.ts";
import type { Chat, Library } from "./library.ts";
import type { EngineStart, FromEngine, ToEngine } from "./messages.ts";

/** The smallest context worth having, in tokens. */
const LEAST_CONTEXT = 256;

let chat: Promise<Chat> | undefined;
const asked = new Map<number, AbortController>();

function send(message: FromEngine): void {
  process.stdout.write(frameOf(message));
}

async function load({ library, file, contextTokens, threads }: EngineStart): Promise<Chat> {
  const { getLlama, LlamaChat } = (await import(library)) as Library;
  const logger = (): void => undefined;
  const llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: "error",
    logger,
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
  const contextSize = { min: Math.min(LEAST_CONTEXT, contextTokens), max: contextTokens };
  const context = await model.createContext({ sequences: 1, contextSize, threads });
  return new LlamaChat({ contextSequence: context.getSequence() });
}

async function answer(on: Chat, { id, question }: Extract<ToEngine, { kind: "ask" }>, signal: AbortSignal): Promise<void> {
  const { history, functions, temperature, topP, maxTokens, stop } = question;
  const before = on.sequence.tokenMeter.getState();
  const { functionCalls = [], metadata } = await on.generateResponse(history, {
    signal,
    onResponseChunk: ({ type, segmentType, text }) => {
      if (text !== "" && (type === undefined || segmentType === "thought"))
        send({ kind: type === undefined ? "text" : "thinking", id, text });
    },
    temperature,
    topP,
    maxTokens,
    ...(stop.length === 0 ? {} : { customStopTriggers: stop }),
    ...(Object.keys(functions).length === 0
      ? {}
      : { functions, documentFunctionParams: true, maxParallelFunctionCalls: LIMITS.toolCallsPerAnswer }),
  });
  for (const { functionName, params } of functionCalls) send({ kind: "call", id, name: functionName, params: (params ?? {}) as Json });
  const after = on.sequence.tokenMeter.getState();
  const reason = metadata.stopReason;
  send({
    kind: "end",
    id,
    finish: functionCalls.length > 0 ? "calls" : reason === "maxTokens" ? "length" : "stop",
    inputTokens: after.usedInputTokens - before.usedInputTokens,
    outputTokens: after.usedOutputTokens - before.usedOutputTokens,
  });
}

async function take(message: ToEngine): Promise<void> {
  if (message.kind === "cancel") return asked.get(message.id)?.abort();
  if (message.kind === "start") {
    chat = load(message);
    await chat;
    return send({ kind: "ready" });
  }
  if (!chat) throw new Error("asked before it was started");
  const stop = new AbortController();
  asked.set(message.id, stop);
  try {
    await answer(await chat, message, stop.signal);
  } finally {
    asked.delete(message.id);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, LIMITS.providerErrorBytes) : "unknown";
}

const read = frameReader(LIMITS.localModelMessageBytes, (value) => {
  const message = value as ToEngine;
  const id = message.kind === "start" ? null : message.id;
  take(message).catch((error: unknown) => send({ kind: "failed", id, why: wordsOf(error) }));
});
process.stdin.on("data", (chunk: Buffer) => void (read(chunk) || process.exit(1)));
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
