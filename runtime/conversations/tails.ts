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
  const known = new Map<string, { readonly revision: number; readonly tail: readonly SessionEntry[] }>();
  const keep = ({ slot, head: { revision } }: StoredSession, tail: readonly SessionEntry[]): void => {
    known.delete(slot);
    if (tail.length > MOST_ENTRIES || tail.reduce((sum, entry) => sum + ("text" in entry ? entry.text.length : 0), 0) > MOST_CHARS) return;
    known.set(slot, { revision, tail });
    if (known.size > LIMITS.tailsKept) known.delete(known.keys().next().value ?? "");
  };
  return {
    of: (records, session) => {
      const before = known.get(session.slot);
      if (before && before.revision === session.head.revision && before.tail.at(-1)?.id === session.head.leaf) return ok(before.tail);
      const tail = readTail(records, session);
      if (tail.ok) keep(session, tail.value);
      return tail;
    },
    grown: (session, entries) => {
      const { slot, head } = session;
      const before = known.get(slot)?.tail ?? (entries[0]?.parent === null ? [] : undefined);
      const isSame = (known.get(slot)?.revision ?? head.revision) === head.revision;
      const fits =
        before && isSame && (before.at(-1)?.id ?? null) === entries[0]?.parent && !entries.some(({ kind }) => kind === "summary");
      if (fits) keep(session, [...before, ...entries]);
      else known.delete(slot);
    },
  };
}
