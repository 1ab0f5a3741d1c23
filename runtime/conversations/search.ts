import { LIMITS, ok, type Instant, type Result } from "../../core/index.ts";
import { loadSession, slotOf, walkBack, type EntryKind, type SessionEntry } from "../sessions/index.ts";
import type { State } from "./state.ts";
import type { LiveAgent } from "./types.ts";

/** One record that has what was searched for. */
export interface Match {
  readonly session: string;
  readonly entry: string;
  readonly kind: EntryKind;
  readonly at: Instant;
  /** The words around the first place. */
  readonly excerpt: string;
}

export interface Matches {
  /** Newest first. */
  readonly matches: readonly Match[];
  /** False: there was more than one search reads. */
  readonly isWhole: boolean;
}

const AROUND = 60;
const AT_ONCE = 32;

/**
 * Searches what was said with an agent for all of some words, whatever their case. Records are opened for it and
 * nothing of them is kept: there is no index at rest. Bounded by {@link LIMITS.searchedSessions} and
 * {@link LIMITS.searchedRecords}.
 */
export async function search(state: State, live: LiveAgent, query: string, most: number): Promise<Result<Matches>> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const names = state.journal.read((records) => records.names(slotOf(live.life, "")));
  if (!names.ok) return names;
  const matches: Match[] = [];
  let left = LIMITS.searchedRecords;
  for (const [i, slot] of names.value.slice(0, LIMITS.searchedSessions).entries()) {
    if (words.length === 0 || left <= 0) break;
    if (i % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const read = state.journal.read((records): Result<void> => {
      const session = loadSession(records, slot);
      if (!session.ok) return session;
      if (session.value?.head.owner !== live.owner) return ok(undefined);
      const { id } = session.value.head;
      return walkBack(records, session.value, (entry) => {
        const found = matchIn(entry, words, id);
        if (found) matches.push(found);
        return --left > 0;
      });
    });
    if (!read.ok) return read;
  }
  const isWhole = left > 0 && names.value.length <= LIMITS.searchedSessions;
  matches.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return ok({ matches: matches.slice(0, most), isWhole });
}

function matchIn(entry: SessionEntry, words: readonly string[], session: string): Match | undefined {
  const text = entry.kind === "call" ? `${entry.tool} ${JSON.stringify(entry.args)}` : entry.text;
  const lower = text.toLowerCase();
  if (!words.every((word) => lower.includes(word))) return undefined;
  const at = lower.indexOf(words[0] ?? "");
  const excerpt = text.slice(Math.max(0, at - AROUND), at + AROUND).replace(/\s+/g, " ");
  return { session, entry: entry.id, kind: entry.kind, at: entry.at, excerpt };
}
