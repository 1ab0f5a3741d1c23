import { LIMITS } from "../../core/index.ts";
import type { Message } from "./types.ts";

/** The newest messages that fit, beginning with a user's, so that no answer stands without its question. */
export function recent(history: readonly Message[]): { readonly kept: readonly Message[]; readonly omitted: number } {
  // A character has at most three bytes: most conversations are far too short to be counted exactly.
  if (history.reduce((sum, message) => sum + charsOf(message), 0) * 3 <= LIMITS.historyBytes) return { kept: history, omitted: 0 };
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

function charsOf(message: Message): number {
  return sizeOf(message, (text) => text.length);
}

export function bytesOf(message: Message | undefined): number {
  return message ? sizeOf(message, (text) => Buffer.byteLength(text)) : 0;
}

function sizeOf(message: Message, size: (text: string) => number): number {
  if (message.role === "tool") return message.answers.reduce((sum, { text }) => sum + size(text), 0);
  const calls = message.role === "assistant" ? (message.calls ?? []).reduce((sum, { input }) => sum + size(input), 0) : 0;
  return size(message.text) + calls;
}
