import { LIMITS, ok, type Result } from "../../core/index.ts";
import { readTail, type SessionEntry, type StoredSession } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** Ends of conversations as they were read last, each good for as long as its last record is the session's leaf. */
export interface Tails {
  readonly of: (records: SealedRecords, session: StoredSession) => Result<readonly SessionEntry[]>;
  /** More was written behind the end that is known. */
  readonly grown: (session: StoredSession, entries: readonly SessionEntry[]) => void;
}

/** What an entry takes beside its text, about. */
const ENTRY_CHARS = 256;

interface Tail {
  readonly revision: number;
  readonly tail: readonly SessionEntry[];
  readonly chars: number;
}

/** As many as {@link LIMITS.tailsKept} and {@link LIMITS.tailsChars} let; those used longest ago go. */
export function newTails(): Tails {
  const known = new Map<string, Tail>();
  let chars = 0;
  const drop = (slot: string): void => {
    chars -= known.get(slot)?.chars ?? 0;
    known.delete(slot);
  };
  const keep = ({ slot, head: { revision } }: StoredSession, tail: readonly SessionEntry[], size: number): void => {
    drop(slot);
    known.set(slot, { revision, tail, chars: size });
    chars += size;
    for (const oldest of known.keys()) {
      if (known.size <= LIMITS.tailsKept && chars <= LIMITS.tailsChars) break;
      drop(oldest);
    }
  };
  return {
    of: (records, session) => {
      const before = known.get(session.slot);
      if (before && before.revision === session.head.revision && before.tail.at(-1)?.id === session.head.leaf) return ok(before.tail);
      const tail = readTail(records, session);
      if (tail.ok) keep(session, tail.value, charsOf(tail.value));
      return tail;
    },
    grown: (session, entries) => {
      const kept = known.get(session.slot);
      // A tail that outgrew what a model is told is read again, now and then, and begins later then.
      const size = (kept?.chars ?? 0) + charsOf(entries);
      const before = follows(kept, session, entries);
      if (before && size <= 2 * LIMITS.historyBytes) keep(session, [...before, ...entries], size);
      else drop(session.slot);
    },
  };
}

/** The end that new entries follow, where it is known. */
function follows(kept: Tail | undefined, { head }: StoredSession, entries: readonly SessionEntry[]): readonly SessionEntry[] | undefined {
  const [first] = entries;
  if (kept && kept.revision !== head.revision) return undefined;
  const before = kept?.tail ?? (first?.parent === null ? [] : undefined);
  const isNext = (before?.at(-1)?.id ?? null) === first?.parent;
  return isNext && !entries.some(({ kind }) => kind === "summary") ? before : undefined;
}

function charsOf(entries: readonly SessionEntry[]): number {
  return entries.reduce((sum, entry) => sum + ENTRY_CHARS + ("text" in entry ? entry.text.length : 0), 0);
}
