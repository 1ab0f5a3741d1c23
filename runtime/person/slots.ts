import { isArray, isObject, LIMITS, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Keeper, Kept, PersonIds } from "./types.ts";

/** Approvals that somebody's message led to, or that somebody answered. */
export const approvalKeeper: Keeper = slotKeeper("approvals", "gate/approval/");

/**
 * A keeper of slots that are about one thing each: a slot whose JSON names the person, anywhere as a whole
 * text, is about that person and goes as a whole.
 */
export function slotKeeper(name: string, prefix: string): Keeper {
  const about = (records: SealedRecords, ids: PersonIds): Result<readonly { readonly slot: string; readonly kept: Kept }[]> => {
    const names = records.names(prefix);
    if (!names.ok) return names;
    const found: { readonly slot: string; readonly kept: Kept }[] = [];
    for (const slot of names.value) {
      const whole = contentOf(records, slot);
      if (!whole.ok) return whole;
      if (mentions(whole.value, ids)) found.push({ slot, kept: { place: `${name} ${slot.slice(prefix.length)}`, content: whole.value } });
    }
    return ok(found);
  };
  return {
    name,
    find: (records, ids) => {
      const found = about(records, ids);
      return found.ok ? ok(found.value.map(({ kept }) => kept)) : found;
    },
    remove: (records, ids) => {
      const found = about(records, ids);
      if (!found.ok) return found;
      for (const { slot } of found.value) {
        const removed = records.remove(slot);
        if (!removed.ok) return removed;
      }
      return ok(found.value.length);
    },
  };
}

function contentOf(records: SealedRecords, slot: string): Result<JsonObject> {
  const head = records.get(slot);
  if (!head.ok) return head;
  const entries = records.read(slot, { limit: LIMITS.recordsRead });
  if (!entries.ok) return entries;
  const json = entries.value.map(jsonOf);
  return ok({ head: jsonOf(head.value?.head ?? new Uint8Array()), ...(json.length === 0 ? {} : { entries: json }) });
}

function jsonOf(bytes: Uint8Array): Json {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as Json;
  } catch {
    return null;
  }
}

/** Whether any text of a value is one of the ids. */
export function mentions(value: Json, ids: PersonIds): boolean {
  if (typeof value === "string") return ids.has(value);
  if (isArray(value)) return value.some((each) => mentions(each, ids));
  return isObject(value) && Object.entries(value).some(([key, each]) => ids.has(key) || mentions(each, ids));
}

/**
 * Who is paired with a channel, or asked to be: the person's entries leave the lists of a slot, the others stay.
 * Channels know a sender by the platform's id alone, which is what stands behind the first colon of ours.
 */
export const pairingKeeper: Keeper = {
  name: "pairing",
  find: (records, ids) => {
    const found = pairings(records, ids);
    return found.ok ? ok(found.value.map(({ slot, theirs }) => ({ place: `pairing ${slot}`, content: { entries: theirs } }))) : found;
  },
  remove: (records, ids) => {
    const found = pairings(records, ids);
    if (!found.ok) return found;
    for (const { slot, rest } of found.value) {
      const put = records.put(slot, Buffer.from(JSON.stringify(rest)));
      if (!put.ok) return put;
    }
    return ok(found.value.length);
  },
};

function pairings(
  records: SealedRecords,
  ids: PersonIds,
): Result<readonly { readonly slot: string; readonly theirs: readonly Json[]; readonly rest: Json }[]> {
  const names = records.names("channels/pairing/");
  if (!names.ok) return names;
  const senders = new Set([...ids].flatMap((id) => [id, id.slice(id.indexOf(":") + 1)]));
  const found: { readonly slot: string; readonly theirs: readonly Json[]; readonly rest: Json }[] = [];
  for (const slot of names.value) {
    const head = records.get(slot);
    if (!head.ok) return head;
    const theirs: Json[] = [];
    const rest = without(jsonOf(head.value?.head ?? new Uint8Array()), senders, theirs);
    if (theirs.length > 0) found.push({ slot, theirs, rest });
  }
  return ok(found);
}

function without(value: Json, senders: ReadonlySet<string>, theirs: Json[]): Json {
  const isTheirs = (each: Json): boolean => isObject(each) && typeof each["sender"] === "string" && senders.has(each["sender"]);
  if (isArray(value)) {
    theirs.push(...value.filter(isTheirs));
    return value.filter((each) => !isTheirs(each)).map((each) => without(each, senders, theirs));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, without(each, senders, theirs)]));
}
