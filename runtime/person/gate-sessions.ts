import { fail, isObject, ok, problem, type Json, type Result } from "../../core/index.ts";
import { slotOfSession } from "../gate/index.ts";
import { loadSession } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { isOnly, sessionSlots } from "./conversations.ts";
import type { Keeper, PersonIds } from "./types.ts";

/**
 * What the gate counted and labelled of conversations that only this person had. It is found through the
 * conversations, so it goes before them; of those with others it stays, as it tells nothing of one of them.
 */
export const gateSessionKeeper: Keeper = {
  name: "gate sessions",
  find: (records, ids) => {
    const sessions = sessionsOfAlone(records, ids);
    if (!sessions.ok) return sessions;
    const found = [];
    for (const session of sessions.value) {
      const slot = records.get(slotOfSession(session));
      if (!slot.ok) return slot;
      if (slot.value === null) continue;
      const content = contentOf(slot.value.head);
      if (content === undefined) return fail(problem("STORE_CORRUPT", { detail: "What the gate keeps of a conversation cannot be read." }));
      found.push({ place: `gate session ${session}`, content });
    }
    return ok(found);
  },
  remove: (records, ids) => {
    const sessions = sessionsOfAlone(records, ids);
    if (!sessions.ok) return sessions;
    let count = 0;
    for (const session of sessions.value) {
      const slot = records.get(slotOfSession(session));
      if (!slot.ok) return slot;
      if (slot.value === null) continue;
      const removed = records.remove(slotOfSession(session));
      if (!removed.ok) return removed;
      count++;
    }
    return ok(count);
  },
};

/** Ids of conversations that only this person had. */
export function sessionsOfAlone(records: SealedRecords, ids: PersonIds): Result<readonly string[]> {
  const slots = sessionSlots(records);
  if (!slots.ok) return slots;
  const found: string[] = [];
  for (const slot of slots.value) {
    const session = loadSession(records, slot);
    if (!session.ok) return session;
    if (session.value && isOnly(session.value.head.people, ids)) found.push(session.value.head.id);
  }
  return ok(found);
}

function contentOf(bytes: Uint8Array): { readonly [key: string]: Json } | undefined {
  try {
    const json = JSON.parse(Buffer.from(bytes).toString("utf8")) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
