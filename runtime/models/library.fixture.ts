/**
 * Speaks the part of the library's interface that is used, so that the process, its rules and its messages can be tried
 * without the library. What it does with a question stands in the model file: `echo`, `hang`, `die`, `refuse` or `call`.
 */
import fs from "node:fs";
import process from "node:process";
import type { Chat, Library } from "./worker/library.ts";

interface Context {
  readonly mode: string;
}

export const getLlama: Library["getLlama"] = () =>
  Promise.resolve({
    loadModel: ({ modelPath }) => {
      const mode = fs.readFileSync(modelPath, "utf8").split("\n")[0] ?? "";
      if (mode === "refuse") return Promise.reject(new Error("no GGUF magic"));
      const sequence = { mode, tokenMeter: { getState: () => ({ usedInputTokens: 3, usedOutputTokens: 2 }) } };
      return Promise.resolve({ createContext: () => Promise.resolve({ getSequence: () => sequence }) });
    },
  });

export class LlamaChat implements Chat {
  readonly sequence: Chat["sequence"];

  constructor({ contextSequence }: { readonly contextSequence: Chat["sequence"] }) {
    this.sequence = contextSequence;
  }

  readonly generateResponse: Chat["generateResponse"] = async (history, { signal, onResponseChunk, functions }) => {
    const { mode } = this.sequence as unknown as Context;
    if (mode === "die") process.kill(process.pid, "SIGSEGV");
    onResponseChunk({ text: JSON.stringify(await factsOf(history)) });
    if (mode === "hang") await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    const called = mode === "call" ? Object.keys(functions ?? {}).map((functionName) => ({ functionName, params: { a: 1 } })) : [];
    return { functionCalls: called, metadata: { stopReason: mode === "call" ? "functionCalls" : "eogToken" } };
  };
}

/** What the process can see and do. */
async function factsOf(history: unknown): Promise<unknown> {
  const denied = async (what: () => unknown): Promise<string> => {
    try {
      await what();
      return "allowed";
    } catch (error) {
      return (error as { readonly code?: string }).code ?? "refused";
    }
  };
  const write = await denied(() => fs.writeFileSync("written", "x"));
  return { pid: process.pid, env: Object.keys(process.env), cwd: process.cwd(), write, history };
}
