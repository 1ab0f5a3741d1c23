import type { SessionEntry } from "../sessions/index.ts";

/** A token is at least so many characters of ordinary text; no tokenizer of every model is at hand, and being early costs little. */
const CHARS_PER_TOKEN = 3.5;

export function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}

/** About how many tokens a model reads for these records. */
export function tokensOf(entries: readonly SessionEntry[]): number {
  return entries.reduce((sum, entry) => sum + tokensIn(entry.kind === "call" ? JSON.stringify(entry.args) : entry.text), 0);
}
