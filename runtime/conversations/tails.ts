import { LIMITS, ok, type Result } from "../../core/index.ts";
import { readTail, type SessionEntry, type StoredSession } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** Ends of conversations as they were read last, each good for as long as its last record is the session's leaf. */
export interface Tails {
  readonly of: (records: SealedRecords, session: StoredSession) => Result<readonly SessionEntry[]>;
  /** More was written behind the end that is known. */
  readonly grown: (session: StoredSession, entries: readonly SessionEntry[]) => void;
}

/** Longer ones are read again: memory is for the many that are short. */
const MOST_ENTRIES = 200;
const MOST_CHARS = 64 * 1024;

export function newTails(): Tails {
  const known = new Map<string, readonly SessionEntry[]>();
  const keep = (slot: string, tail: readonly SessionEntry[]): void => {
    known.delete(slot);
    if (tail.length > MOST_ENTRIES || tail.reduce((sum, entry) => sum + ("text" in entry ? entry.text.length : 0), 0) > MOST_CHARS) return;
    known.set(slot, tail);
    if (known.size > LIMITS.tailsKept) known.delete(known.keys().next().value ?? "");
  };
  return {
    of: (records, session) => {
      const before = known.get(session.slot);
      if (before && before.at(-1)?.id === session.head.leaf) return ok(before);
      const tail = readTail(records, session);
      if (tail.ok) keep(session.slot, tail.value);
      return tail;
    },
    grown: ({ slot }, entries) => {
      const before = known.get(slot) ?? (entries[0]?.parent === null ? [] : undefined);
      if (!before) return;
      const fits = (before.at(-1)?.id ?? null) === entries[0]?.parent && !entries.some(({ kind }) => kind === "summary");
      if (fits) keep(slot, [...before, ...entries]);
      else known.delete(slot);
    },
  };
}
