import { LIMITS, ok, type Instant, type Result } from "../../core/index.ts";
import { loadSession, slotOf, walkBack, type EntryKind, type Place, type SessionEntry } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
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

/** How far a search has come: a conversation, and the record in it that is looked at next. */
export interface SearchPlace extends Place {
  readonly createdAt: Instant;
  readonly session: string;
}

export interface Matches {
  readonly matches: readonly Match[];
  /** Where the next search goes on; null: there is no more. */
  readonly next: SearchPlace | null;
}

export interface SearchRequest {
  /** All of these words, in any case and any order, in one record. */
  readonly words: string;
  /** How many matches are enough. */
  readonly most: number;
  readonly from: SearchPlace | null;
}

const AROUND = 60;
/** Records that are opened before others get their turn. */
const AT_ONCE = 256;

interface Found {
  readonly slot: string;
  readonly createdAt: Instant;
  readonly session: string;
}

/**
 * Searches what was said with an agent, from the youngest conversation on and in each from its end. Records are
 * opened for it and nothing of them is kept: there is no index at rest. One search opens at most
 * {@link LIMITS.searchedRecords} and says where the next one goes on; what is said meanwhile moves no place.
 */
export async function search(state: State, live: LiveAgent, { words, most, from }: SearchRequest): Promise<Result<Matches>> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return ok({ matches: [], next: null });
  const ordered = await inOrder(state, live);
  if (!ordered.ok) return ordered;
  const matches: Match[] = [];
  let left = LIMITS.searchedRecords;
  for (const found of ordered.value) {
    if (from && isBefore(found, from)) continue;
    let place: Place | undefined = from?.session === found.session ? from : undefined;
    do {
      if (matches.length >= most || left <= 0) return ok({ matches, next: { ...found, ...(place ?? BEGINNING) } });
      const part = lookThrough(state, found, { wanted, matches, most, records: Math.min(AT_ONCE, left), place });
      if (!part.ok) return part;
      left -= part.value.read;
      place = part.value.next;
      await turn();
    } while (place);
  }
  return ok({ matches, next: null });
}

/** From the leaf of a conversation, wherever that is by then. */
const BEGINNING: Place = { wanted: null, end: 0 };

/** The conversations of an agent, the youngest first. When one began never changes, so neither does the order. */
async function inOrder(state: State, live: LiveAgent): Promise<Result<readonly Found[]>> {
  const names = state.journal.read((records) => records.names(slotOf(live.life, "")));
  if (!names.ok) return names;
  const all: Found[] = [];
  for (let at = 0; at < names.value.length; at += AT_ONCE) {
    const part = state.journal.read((records) => headsOf(records, names.value.slice(at, at + AT_ONCE), live));
    if (!part.ok) return part;
    all.push(...part.value);
    await turn();
  }
  return ok(all.sort((a, b) => (isBefore(a, b) ? -1 : 1)));
}

function headsOf(records: SealedRecords, slots: readonly string[], { owner }: LiveAgent): Result<readonly Found[]> {
  const found: Found[] = [];
  for (const slot of slots) {
    const session = loadSession(records, slot);
    if (!session.ok) return session;
    const head = session.value?.head;
    if (head?.owner === owner) found.push({ slot, createdAt: head.createdAt, session: head.id });
  }
  return ok(found);
}

/** Everybody else has a turn before it goes on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(a: Pick<Found, "createdAt" | "session">, b: Pick<Found, "createdAt" | "session">): boolean {
  return a.createdAt === b.createdAt ? a.session < b.session : a.createdAt > b.createdAt;
}

interface Look {
  readonly wanted: readonly string[];
  readonly matches: Match[];
  readonly most: number;
  readonly records: number;
  readonly place: Place | undefined;
}

/** A part of one conversation. */
function lookThrough(
  state: State,
  { slot, session: id }: Found,
  { wanted, matches, most, records: many, place }: Look,
): Result<{ readonly read: number; readonly next: Place | undefined }> {
  return state.journal.read((records) => {
    const session = loadSession(records, slot);
    if (!session.ok) return session;
    // Deleted since: there is nothing more of it.
    if (!session.value) return ok({ read: 1, next: undefined });
    let read = 0;
    let next: Place | undefined;
    const visit = (entry: SessionEntry, number: number): boolean => {
      const match = matchIn(entry, wanted, id);
      if (match) matches.push(match);
      const isEnough = ++read >= many || matches.length >= most;
      if (isEnough && entry.parent !== null) next = { wanted: entry.parent, end: number };
      return !isEnough;
    };
    const isBegun = place && place.wanted !== null;
    const walked = walkBack(records, session.value, visit, isBegun ? place : undefined);
    return walked.ok ? ok({ read: Math.max(1, read), next }) : walked;
  });
}

function matchIn(entry: SessionEntry, words: readonly string[], session: string): Match | undefined {
  const text = entry.kind === "call" ? `${entry.tool} ${JSON.stringify(entry.args)}` : entry.text;
  const lower = text.toLowerCase();
  if (!words.every((word) => lower.includes(word))) return undefined;
  const at = lower.indexOf(words[0] ?? "");
  const excerpt = text.slice(Math.max(0, at - AROUND), at + AROUND).replace(/\s+/g, " ");
  return { session, entry: entry.id, kind: entry.kind, at: entry.at, excerpt };
}
