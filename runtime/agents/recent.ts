import { LIMITS } from "../../core/index.ts";
import type { Message } from "./types.ts";

/** The newest messages that fit, beginning with a user's, so that no answer stands without its question. */
export function recent(history: readonly Message[]): { readonly kept: readonly Message[]; readonly omitted: number } {
  let bytes = 0;
  let start = history.length;
  while (start > 0) {
    bytes += bytesOf(history[start - 1]);
    if (bytes > LIMITS.historyBytes) break;
    start--;
  }
  while (start > 0 && start < history.length && history[start]?.role !== "user") start++;
  return { kept: history.slice(start), omitted: start };
}

export function bytesOf(message: Message | undefined): number {
  if (!message) return 0;
  if (message.role === "tool") return message.answers.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const calls = message.role === "assistant" ? (message.calls ?? []).reduce((sum, { input }) => sum + Buffer.byteLength(input), 0) : 0;
  return Buffer.byteLength(message.text) + calls;
}
