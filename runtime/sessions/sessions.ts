import {
  fail,
  LIMITS,
  mapResult,
  ok,
  problem,
  shown,
  type Clock,
  type Diagnostic,
  type Ids,
  type Instant,
  type Owner,
  type Result,
} from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { NewEntry, SessionEntry } from "./entry.ts";
import { appendTo, damaged, loadSession, newSession, readAll, readTail, slotOf, type Change, type StoredSession } from "./tree.ts";
import { decodeHead, type SessionHead } from "./head.ts";

/** One conversation as a list shows it. */
export interface SessionInfo {
  readonly id: string;
  readonly agent: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly exchanges: number;
  readonly title: string;
}

/** A conversation that is open: its end is known, its content is read when asked for. */
export interface Session {
  readonly id: string;
  readonly agent: string;
  /** Nothing is written before the first record. */
  readonly isNew: boolean;
  /** What a model is to be told of it, oldest first ({@link readTail}). */
  readonly tail: () => Result<readonly SessionEntry[]>;
  /** All of it, oldest first. */
  readonly all: () => Result<readonly SessionEntry[]>;
  /** Writes records behind its end in one transaction, durably, and encrypted. */
  readonly append: (entries: readonly NewEntry[], change?: Change) => Result<SessionInfo>;
  /** As it stands in its slot, for those who write to it in a larger transaction. */
  readonly stored: StoredSession;
}

/** The conversations of one owner's agents. */
export interface Sessions {
  /** Newest first. */
  readonly list: (agent: string) => Result<readonly SessionInfo[]>;
  /** The conversation that was used last; null when there is none. */
  readonly latest: (agent: string) => Result<Session | null>;
  /** `SESSION_INVALID` when this owner's agent has none of that id. */
  readonly resume: (agent: string, id: string) => Result<Session>;
  /** @param key - What it is the conversation of. */
  readonly begin: (agent: string, key?: string) => Result<Session>;
  /** Drops a conversation for good. */
  readonly forget: (agent: string, id: string) => Result<void>;
}

export interface SessionsWorld {
  /** Opens the sealed records for as long as `work` runs. */
  readonly withRecords: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>;
  readonly owner: Owner;
  /** Under what an agent's conversations are kept: its name, or what it was moved from. */
  readonly lifeOf: (agent: string) => Result<string>;
  readonly clock: Clock;
  readonly ids: Ids;
}

const ID = /^[a-z0-9]{8,64}$/;

export function openSessions(place: SessionsWorld): Sessions {
  return {
    list: (agent) => list(place, agent),
    latest: (agent) => {
      const infos = list(place, agent);
      if (!infos.ok) return infos;
      const [newest] = infos.value;
      return newest ? resume(place, agent, newest.id) : ok(null);
    },
    resume: (agent, id) => resume(place, agent, id),
    begin: (agent, key) => begin(place, agent, key),
    forget: (agent, id) => {
      const session = resume(place, agent, id);
      return session.ok ? place.withRecords((records) => records.remove(session.value.stored.slot)) : session;
    },
  };
}

function list({ withRecords, owner, lifeOf }: SessionsWorld, agent: string): Result<readonly SessionInfo[]> {
  const life = lifeOf(agent);
  if (!life.ok) return life;
  const slots = withRecords((records) => records.list(slotOf(life.value, ""), { limit: LIMITS.sessionsPerAgent }));
  if (!slots.ok) return slots;
  const infos: SessionInfo[] = [];
  for (const slot of slots.value) {
    const head = decodeHead(slot.head, slot.entries);
    if (!head) return fail(damaged(slot.slot));
    if (head.owner === owner) infos.push(infoOf({ ...head, agent }));
  }
  return ok(infos.sort((a, b) => (a.updatedAt === b.updatedAt ? (a.id < b.id ? -1 : 1) : a.updatedAt < b.updatedAt ? 1 : -1)));
}

function resume(place: SessionsWorld, agent: string, id: string): Result<Session> {
  const life = place.lifeOf(agent);
  if (!life.ok) return life;
  const found = ID.test(id) ? place.withRecords((records) => loadSession(records, slotOf(life.value, id))) : ok(null);
  if (!found.ok) return found;
  // Another owner's conversation is not told apart from none.
  if (found.value === null || found.value.head.owner !== place.owner || found.value.head.id !== id) return fail(unknownSession(agent, id));
  return ok(sessionOn(place, { ...found.value, head: { ...found.value.head, agent } }, false));
}

function begin(place: SessionsWorld, agent: string, key: string | undefined): Result<Session> {
  const life = place.lifeOf(agent);
  if (!life.ok) return life;
  const names = place.withRecords((records) => records.names(slotOf(life.value, "")));
  if (!names.ok) return names;
  if (names.value.length >= LIMITS.sessionsPerAgent) return fail(tooMany(agent, names.value.length));
  const createdAt = place.clock.now().toISOString();
  const id = place.ids.next();
  return ok(sessionOn(place, newSession(life.value, { owner: place.owner, agent, id, createdAt, key: key ?? null }), true));
}

function sessionOn(place: SessionsWorld, stored: StoredSession, isNew: boolean): Session {
  const { id, agent } = stored.head;
  const now = (records: SealedRecords): Result<StoredSession> => mapResult(loadSession(records, stored.slot), (found) => found ?? stored);
  const over = <T>(read: (records: SealedRecords, session: StoredSession) => Result<T>): Result<T> =>
    place.withRecords((records) => {
      const session = now(records);
      return session.ok ? read(records, session.value) : session;
    });
  return {
    id,
    agent,
    isNew,
    stored,
    tail: () => over(readTail),
    all: () => over(readAll),
    append: (entries, change) => {
      const at = place.clock.now().toISOString();
      const done = place.withRecords((records) => records.together((tx) => appendTo(tx, stored, entries, { at, ids: place.ids }, change)));
      return mapResult(done, ({ session }) => infoOf({ ...session.head, agent }));
    },
  };
}

export function infoOf({ id, agent, createdAt, updatedAt, title, exchanges }: SessionHead): SessionInfo {
  return { id, agent, createdAt, updatedAt, exchanges, title };
}

export function tooMany(agent: string, count: number): Diagnostic {
  return problem("SESSION_FULL", {
    detail: `Agent/${agent} has ${count} conversations, the most it may have.`,
    remedy: `moltbot chat ${agent} --forget ID`,
  });
}

export function unknownSession(agent: string, id: string): Diagnostic {
  return problem("SESSION_INVALID", {
    detail: `Agent/${agent} has no conversation ${shown(id)}.`,
    remedy: `moltbot chat ${agent} --sessions`,
    context: { address: `Agent/${agent}` },
  });
}
