import { ok, type Result } from "../../core/index.ts";
import { loadSession, slotOf } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { removeLine } from "./line-keys.ts";
import { loadLine } from "./line.ts";
import type { State } from "./state.ts";
import type { LiveAgent } from "./types.ts";
import { removeUndelivered, undeliveredAnswers } from "./undelivered.ts";

/** Slots that one step looks at, so that messages are answered meanwhile. */
const AT_ONCE = 64;

/**
 * Drops conversations whose time is over: `sessions.retention` after their last message, `delegation.archiveAfter`
 * after a finished call; and lines that lead to a conversation which is gone. What runs or waits stays.
 */
export async function sweep(state: State): Promise<Result<number>> {
  if (state.mayForget?.() === false) return ok(0);
  const all = state.agents.all();
  if (!all.ok) return all;
  let dropped = 0;
  for (const live of all.value) {
    for (const look of [sessionsOf, linesOf]) {
      const gone = await dropWhere(state, live, look);
      if (!gone.ok) return gone;
      dropped += gone.value;
    }
  }
  const gone = await dropStray(state);
  if (!gone.ok) return gone;
  return ok(dropped + gone.value);
}

/** Answers that nobody got go with their conversation. */
async function dropStray(state: State): Promise<Result<number>> {
  return await state.journal.write((records) => {
    const all = undeliveredAnswers(records);
    if (!all.ok) return all;
    let dropped = 0;
    for (const { id, life, answer } of all.value) {
      const session = answer.session === "" ? undefined : loadSession(records, slotOf(life, answer.session));
      if (!session?.ok || session.value !== null) continue;
      const removed = removeUndelivered(records, id);
      if (!removed.ok) return removed;
      dropped++;
    }
    return ok(dropped);
  });
}

interface Look {
  readonly prefix: string;
  readonly isOver: (records: SealedRecords, slot: string) => Result<boolean>;
  readonly remove: (records: SealedRecords, slot: string) => Result<void>;
}

function sessionsOf(state: State, live: LiveAgent): Look {
  const { retentionMs } = live.agent.conduct.sessions;
  const now = state.clock.now().getTime();
  return {
    prefix: slotOf(live.life, ""),
    remove: (records, slot) => records.remove(slot),
    isOver: (records, slot) => {
      const session = loadSession(records, slot);
      if (!session.ok) return session;
      const head = session.value?.head;
      if (!head || state.stops.has(head.id)) return ok(false);
      const isOld = retentionMs !== null && now - Date.parse(head.updatedAt) >= retentionMs;
      return ok(isOld || (head.until !== null && now >= Date.parse(head.until)));
    },
  };
}

function linesOf(state: State, live: LiveAgent): Look {
  return {
    prefix: `line/${live.life}/`,
    remove: removeLine,
    isOver: (records, slot) => {
      if (state.lanes.has(slot)) return ok(false);
      const line = loadLine(records, slot);
      if (!line.ok || !line.value) return line.ok ? ok(false) : line;
      const { session, pending, out } = line.value;
      if (pending.length > 0 || out.length > 0 || session === null || session === "") return ok(false);
      const found = loadSession(records, slotOf(live.life, session));
      return found.ok ? ok(found.value === null) : found;
    },
  };
}

async function dropWhere(state: State, live: LiveAgent, look: (state: State, live: LiveAgent) => Look): Promise<Result<number>> {
  const { prefix, isOver, remove } = look(state, live);
  const names = state.journal.read((records) => records.names(prefix));
  if (!names.ok) return names;
  let dropped = 0;
  for (let at = 0; at < names.value.length && !state.isStopping; at += AT_ONCE) {
    const done = await state.journal.write((records) => {
      let count = 0;
      for (const slot of names.value.slice(at, at + AT_ONCE)) {
        const over = isOver(records, slot);
        // One that is damaged stops only itself.
        if (!over.ok || !over.value) continue;
        const removed = remove(records, slot);
        if (!removed.ok) return removed;
        count++;
      }
      return ok(count);
    });
    if (!done.ok) return done;
    dropped += done.value;
  }
  if (dropped > 0)
    state.audit?.record({
      kind: "session.deleted",
      owner: live.owner,
      correlation: state.ids.next(),
      actor: "runtime",
      agent: live.agent.name,
      decision: "none",
      facts: { dropped },
    });
  return ok(dropped);
}
