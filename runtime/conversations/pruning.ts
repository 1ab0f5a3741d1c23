import type { AgentConduct } from "../load/index.ts";
import type { SessionEntry } from "../sessions/index.ts";
import { tokensOf } from "./estimate.ts";

/** What is left of a shortened result at each of its ends. */
const END_CHARS = 1_500;

/**
 * Old tool results, shortened or left out (`Agent.contextPruning`): only where the provider's cache has expired
 * anyway, only from a share of the context on, and never those of the last answers. The session keeps them. Pure.
 */
export function pruned(
  entries: readonly SessionEntry[],
  pruning: AgentConduct["pruning"],
  window: number,
  now: Date,
): readonly SessionEntry[] {
  const last = entries.at(-1);
  if (!pruning.isOn || !last || now.getTime() - Date.parse(last.at) < pruning.ttlMs) return entries;
  const share = tokensOf(entries) / window;
  if (share < pruning.softTrimRatio) return entries;
  const isHard = share >= pruning.hardClearRatio;
  const protectedFrom = answersFromEnd(entries, pruning.keepLastAnswers);
  return entries.map((entry, i) => {
    if (entry.kind !== "result" || i >= protectedFrom || entry.text.length < pruning.minToolChars) return entry;
    return { ...entry, text: isHard ? "[An old result, left out.]" : shortened(entry.text) };
  });
}

/** Where the last so many answers begin: behind the answer before them. */
function answersFromEnd(entries: readonly SessionEntry[], count: number): number {
  let left = count;
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i]?.kind === "user") left--;
    if (left < 0) return i + 1;
    if (left === 0 && entries[i]?.kind === "user") return i;
  }
  return 0;
}

function shortened(text: string): string {
  if (text.length <= END_CHARS * 2) return text;
  return `${text.slice(0, END_CHARS)}\n[... ${text.length - END_CHARS * 2} characters left out ...]\n${text.slice(-END_CHARS)}`;
}
