import { fail, LIMITS, ok, problem, shown, unreachable, type Diagnostic, type Ids, type Instant, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { decodeEntries, encodeEntries, type NewEntry, type SessionEntry } from "./entry.ts";
import { decodeHead, encodeHead, type SessionHead } from "./head.ts";

/** A session as it stands in its slot. */
export interface StoredSession {
  readonly slot: string;
  readonly head: SessionHead;
  /** Sealed entries that were written to the slot; one holds the records of one transaction. */
  readonly entries: number;
  /** How many of them were dropped from its beginning. */
  readonly trimmed: number;
}

/** What is done to a session in one transaction, besides its new records. */
export interface Change {
  /** So many of the last transactions stay, the ones before are dropped; absent: all. */
  readonly keep?: number;
  readonly until?: Instant | null;
}

const TITLE_CHARS = 80;
/** How many entries are decrypted at a time on the way back from the end. */
const BLOCK = 32;

export function slotOf(life: string, id: string): string {
  return `session/${life}/${id}`;
}

/** Null where there is none. */
export function loadSession(records: SealedRecords, slot: string): Result<StoredSession | null> {
  const found = records.get(slot);
  if (!found.ok) return found;
  if (found.value === null) return ok(null);
  const head = decodeHead(found.value.head, found.value.entries);
  return head ? ok({ slot, head, entries: found.value.entries, trimmed: found.value.trimmed }) : fail(damaged(slot));
}

/** A session of which nothing is written yet. */
export function newSession(life: string, head: Pick<SessionHead, "owner" | "agent" | "id" | "createdAt" | "key">): StoredSession {
  const empty = {
    updatedAt: head.createdAt,
    title: "",
    leaf: null,
    exchanges: 0,
    people: [],
    revision: 0,

    until: null,
  };
  return { slot: slotOf(life, head.id), head: { ...head, ...empty }, entries: 0, trimmed: 0 };
}

/**
 * Puts records behind the session's leaf, each following the one before it. What the slot holds now counts,
 * not what the caller saw: of two writers, both are kept.
 */
export function appendTo(
  records: SealedRecords,
  session: StoredSession,
  news: readonly NewEntry[],
  { at, ids }: { readonly at: Instant; readonly ids: Ids },
  change: Change = {},
): Result<{ readonly session: StoredSession; readonly entries: readonly SessionEntry[] }> {
  const now = loadSession(records, session.slot);
  if (!now.ok) return now;
  const { head, entries: count, trimmed } = now.value ?? session;
  if (count - trimmed >= LIMITS.sessionExchanges) return fail(full(head.agent));
  let parent = head.leaf;
  const entries = news.map((entry): SessionEntry => {
    const placed = { ...entry, id: ids.next(), parent, at };
    parent = placed.id;
    return placed;
  });
  const after = headAfter(head, entries, at, change);
  const last = count + (entries.length === 0 ? 0 : 1);
  const dropped = Math.max(trimmed, change.keep === undefined ? 0 : last - Math.max(1, change.keep));
  const written = records.update(session.slot, {
    append: entries.length === 0 ? [] : [encodeEntries(entries)],
    head: encodeHead(after),
    dropBefore: dropped + 1,
  });
  return written.ok ? ok({ session: { slot: session.slot, head: after, entries: last, trimmed: dropped }, entries }) : written;
}

function headAfter(head: SessionHead, entries: readonly SessionEntry[], at: Instant, change: Change): SessionHead {
  const said = entries.filter((entry) => entry.kind === "user");
  const people = new Set([...head.people, ...said.flatMap(({ from, about = [] }) => (from === null ? about : [from, ...about]))]);
  return {
    ...head,
    updatedAt: at,
    // The first message names the conversation, whoever of two writers was first.
    title: head.title || (said[0]?.text ?? "").replace(/\s+/g, " ").trim().slice(0, TITLE_CHARS),
    leaf: entries.at(-1)?.id ?? head.leaf,
    exchanges: head.exchanges + (isAnswer(entries.at(-1)) ? 1 : 0),
    people: people.size === head.people.length ? head.people : [...people].sort(),
    until: change.until === undefined ? head.until : change.until,
  };
}

/** Records written together end in what was answered, or in something that is none. */
function isAnswer(entry: SessionEntry | undefined): boolean {
  return entry?.kind === "assistant";
}

/**
 * What a model is to be told of a session, oldest first: the newest summary and what came after the part it
 * stands for, or as much of the end as {@link LIMITS.historyBytes} takes.
 */
export function readTail(records: SealedRecords, session: StoredSession): Result<readonly SessionEntry[]> {
  const found: SessionEntry[] = [];
  let summary: Extract<SessionEntry, { kind: "summary" }> | undefined;
  let bytes = 0;
  const walked = walkBack(records, session, (entry) => {
    if (entry.id === summary?.upTo) return false;
    if (entry.kind === "summary") {
      // An older summary is a part of what the newer one stands for.
      summary ??= entry;
      return true;
    }
    found.push(entry);
    bytes += entry.kind === "call" ? 256 : Buffer.byteLength(entry.text);
    return bytes <= LIMITS.historyBytes;
  });
  if (!walked.ok) return walked;
  // Cut off in the middle, it begins with a question: no answer stands without one.
  if (bytes > LIMITS.historyBytes) while (found.length > 0 && found.at(-1)?.kind !== "user") found.pop();
  return ok([...(summary ? [summary] : []), ...found.reverse()]);
}

/** Everything from the root to the leaf, oldest first. */
export function readAll(records: SealedRecords, session: StoredSession): Result<readonly SessionEntry[]> {
  const found: SessionEntry[] = [];
  const walked = walkBack(records, session, (entry) => found.push(entry) > 0);
  return walked.ok ? ok(found.reverse()) : walked;
}

/** A place on the way from a leaf to the root: the record to visit next, and the last entry of the slot that can hold it. */
export interface Place {
  readonly wanted: string | null;
  readonly end: number;
}

/**
 * Visits the records from the leaf to the root, each the parent of the one before, until one is enough.
 *
 * @param visit - With the number of the entry that holds the record.
 * @param from - Where to begin instead. What is written later follows what was there, so a place stays what it is.
 */
export function walkBack(
  records: SealedRecords,
  { slot, head, entries }: StoredSession,
  visit: (entry: SessionEntry, number: number) => boolean,
  from: Place = { wanted: head.leaf, end: entries },
): Result<void> {
  let { wanted } = from;
  for (let end = Math.min(from.end, entries); end > 0 && wanted !== null; end -= BLOCK) {
    const start = Math.max(1, end - BLOCK + 1);
    const block = records.read(slot, { from: start, limit: end - start + 1 });
    if (!block.ok) return block;
    // A slot whose beginning was dropped gives fewer, and they are the last ones.
    const first = end - block.value.length + 1;
    for (let i = block.value.length - 1; i >= 0 && wanted !== null; i--) {
      const group = decodeEntries(block.value[i] ?? new Uint8Array(), first + i);
      if (!group) return fail(damaged(slot));
      for (const entry of group.toReversed()) {
        if (entry.id !== wanted) continue;
        wanted = entry.parent;
        if (!visit(entry, first + i)) return ok(undefined);
      }
    }
  }
  return ok(undefined);
}

export function full(agent: string): Diagnostic {
  return problem("SESSION_FULL", {
    detail: `The conversation has ${LIMITS.sessionExchanges} exchanges, the most it may have.`,
    remedy: `moltbot chat ${agent} --new`,
  });
}

export function damaged(slot: string): Diagnostic {
  return problem("STORE_CORRUPT", {
    detail: `The conversation ${shown(slot)} is sealed correctly but does not hold what a conversation holds.`,
  });
}

/** Empties records and takes people off a session; the tree keeps its shape. */
export function redactIn(
  records: SealedRecords,
  { slot, head, entries }: StoredSession,
  ids: ReadonlySet<string>,
  isGone: (entry: SessionEntry) => boolean,
): Result<void> {
  const replace = new Map<number, Uint8Array>();
  for (let from = 1; from <= entries; from += BLOCK) {
    const block = records.read(slot, { from, limit: BLOCK });
    if (!block.ok) return block;
    const last = Math.min(entries, from + BLOCK - 1);
    for (const [i, bytes] of block.value.entries()) {
      const number = last - block.value.length + 1 + i;
      const group = decodeEntries(bytes, number);
      if (!group) return fail(damaged(slot));
      if (group.some(isGone)) replace.set(number, encodeEntries(group.map((entry) => (isGone(entry) ? emptied(entry) : entry))));
    }
  }
  const people = head.people.filter((person) => !ids.has(person));
  const done = records.update(slot, { head: encodeHead({ ...head, people, title: "", revision: head.revision + 1 }), replace });
  return done.ok ? ok(undefined) : done;
}

const DELETED = "[deleted]";

function emptied(entry: SessionEntry): SessionEntry {
  switch (entry.kind) {
    case "user":
      return { ...entry, text: DELETED, from: null, about: [], attachments: [] };
    case "call":
      return { ...entry, args: {} };
    case "assistant":
      return { ...entry, text: DELETED };
    case "result":
    case "summary":
    case "notice":
      return { ...entry, text: DELETED };
    default:
      return unreachable(entry);
  }
}
