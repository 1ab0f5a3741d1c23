import { fail, LIMITS, ok, type Result } from "../../core/index.ts";
import { loadSession, newSession, slotOf, tooMany, type StoredSession } from "../sessions/index.ts";
import type { SecurityEvent } from "../audit/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { isOver } from "./reset.ts";
import type { Lane, State } from "./state.ts";
import type { LiveAgent } from "./types.ts";

/** The session that a conversation is in now: the one it was in, or a new one where that is over or gone. */
export function currentSession(state: State, live: LiveAgent, { session, key }: Pick<Lane, "session" | "key">): Result<StoredSession> {
  const { sessions, timezone } = live.agent.conduct;
  if (session !== null && session !== "") {
    const found = state.journal.read((records) => loadSession(records, slotOf(live.life, session)));
    if (!found.ok) return found;
    const last = found.value?.head;
    if (found.value && last?.owner === live.owner && !isOver(sessions.reset, timezone, new Date(last.updatedAt), state.clock.now()))
      return ok(found.value);
  }
  return freshSession(state, live, key);
}

/** A session of which nothing is written yet; room is made for it where the agent says how many are kept. */
export function freshSession(state: State, live: LiveAgent, key: string | null): Result<StoredSession> {
  const { maxSessions } = live.agent.conduct.sessions;
  const most = Math.min(maxSessions ?? LIMITS.sessionsPerAgent, LIMITS.sessionsPerAgent);
  const room = state.journal.read((records) => makeRoom(state, records, live, most, maxSessions !== null));
  if (!room.ok) return room;
  const createdAt = state.clock.now().toISOString();
  const id = state.ids.next();
  const { audit } = state;
  const created: SecurityEvent = {
    kind: "session.created",
    owner: live.owner,
    correlation: id,
    actor: "runtime",
    agent: live.agent.name,
    session: id,
    decision: "none",
  };
  // Nothing waits for this one; it stands before whatever is recorded next.
  void (audit?.recordSoon ?? audit?.record)?.(created);
  return ok(newSession(live.life, { owner: live.owner, agent: live.agent.name, id, createdAt, key }));
}

/** `maxSessions`: the oldest go first. Without it, a full agent takes no new conversation. */
function makeRoom(state: State, records: SealedRecords, live: LiveAgent, most: number, mayDrop: boolean): Result<void> {
  const prefix = slotOf(live.life, "");
  const names = records.names(prefix);
  if (!names.ok) return names;
  const over = names.value.length - most + 1;
  if (over <= 0) return ok(undefined);
  if (!mayDrop) return fail(tooMany(live.agent.name, names.value.length));
  const found: StoredSession[] = [];
  for (const slot of names.value) {
    const session = loadSession(records, slot);
    if (!session.ok) return session;
    if (session.value && !state.stops.has(session.value.head.id)) found.push(session.value);
  }
  found.sort((a, b) => (a.head.updatedAt < b.head.updatedAt ? -1 : 1));
  return records.together((tx) => {
    for (const { slot } of found.slice(0, over)) {
      const removed = tx.remove(slot);
      if (!removed.ok) return removed;
    }
    return ok(undefined);
  });
}
