import { isArray, isObject, LIMITS, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { removeLine } from "../conversations/index.ts";
import { redactIn, loadSession, readAll, type SessionEntry } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { mentions } from "./slots.ts";
import type { Keeper, Kept, PersonIds } from "./types.ts";

/**
 * What somebody said and was answered. A conversation that only this person had goes as a whole; where others
 * spoke too, what this person asked and all that the agent did for it is emptied, and its place in the tree
 * stays, so that what others said still follows what it followed.
 */
export const conversationKeepers: readonly Keeper[] = [
  { name: "conversations", find: findSaid, remove: removeSaid },
  { name: "queues", find: findWaiting, remove: removeWaiting },
];

/** Slots of all conversations. */
export function sessionSlots(records: SealedRecords): Result<readonly string[]> {
  return records.names("session/");
}

function findSaid(records: SealedRecords, ids: PersonIds): Result<readonly Kept[]> {
  const slots = sessionSlots(records);
  if (!slots.ok) return slots;
  const found: Kept[] = [];
  for (const slot of slots.value) {
    const session = loadSession(records, slot);
    if (!session.ok) return session;
    if (!session.value?.head.people.some((person) => ids.has(person))) continue;
    const entries = readAll(records, session.value);
    if (!entries.ok) return entries;
    const { agent, id, createdAt, title } = session.value.head;
    const theirs = runsOf(entries.value, ids);
    const isAlone = isOnly(session.value.head.people, ids);
    const said = entries.value.filter((entry) => isAlone || isTheirs(entry, theirs, ids));
    found.push({ place: `session ${agent}/${id}`, content: { createdAt, title: isAlone ? title : "", entries: said as unknown as Json } });
  }
  return ok(found);
}

/** Whether nobody else is in a conversation; the schedules that speak in it speak for somebody. */
export function isOnly(people: readonly string[], ids: PersonIds): boolean {
  return people.some((each) => ids.has(each)) && people.every((each) => ids.has(each) || each.startsWith("schedule:"));
}

/** Runs that this person's messages began. */
function runsOf(entries: readonly SessionEntry[], ids: PersonIds): ReadonlySet<string> {
  return new Set(entries.filter((entry) => isAsked(entry, ids)).map(({ run }) => run ?? ""));
}

function isTheirs(entry: SessionEntry, runs: ReadonlySet<string>, ids: PersonIds): boolean {
  return isAsked(entry, ids) || (entry.run !== null && runs.has(entry.run));
}

/** Asked by them, or by a schedule that was made for them. */
function isAsked(entry: SessionEntry, ids: PersonIds): boolean {
  if (entry.kind !== "user") return false;
  return (entry.from !== null && ids.has(entry.from)) || (entry.about ?? []).some((each) => ids.has(each));
}

function removeSaid(records: SealedRecords, ids: PersonIds): Result<number> {
  const slots = sessionSlots(records);
  if (!slots.ok) return slots;
  let count = 0;
  for (const slot of slots.value) {
    const session = loadSession(records, slot);
    if (!session.ok) return session;
    const people = session.value?.head.people ?? [];
    if (!session.value || !people.some((person) => ids.has(person))) continue;
    count++;
    const isAlone = isOnly(people, ids);
    const entries = isAlone ? ok([]) : readAll(records, session.value);
    if (!entries.ok) return entries;
    const theirs = runsOf(entries.value, ids);
    // A summary may tell what they said: it is emptied with it.
    const done = isAlone
      ? records.remove(slot)
      : redactIn(records, session.value, ids, (entry) => entry.kind === "summary" || isTheirs(entry, theirs, ids));
    if (!done.ok) return done;
  }
  return ok(count);
}

interface LineHead {
  readonly json: JsonObject;
  readonly entries: readonly (readonly [number, JsonObject])[];
}

function lineAt(records: SealedRecords, slot: string): Result<LineHead> {
  const head = records.get(slot);
  if (!head.ok) return head;
  const read = records.read(slot, { limit: LIMITS.recordsRead });
  if (!read.ok) return read;
  const first = (head.value?.trimmed ?? 0) + 1;
  const json = parsed(head.value?.head ?? new Uint8Array()) ?? {};
  const entries = read.value.map((bytes, i) => [first + i, parsed(bytes) ?? {}] as const);
  return ok({ json, entries });
}

function parsed(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json = JSON.parse(Buffer.from(bytes).toString("utf8")) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The line of a conversation is this person's where its key names one of the ids, or all that waits in it does. */
function lineIs(line: LineHead, ids: PersonIds): "theirs" | "theirs in part" | "others" {
  const key = typeof line.json["key"] === "string" ? line.json["key"].split("/").map(decodeURIComponent) : [];
  const isRoom = key[0] === "room";
  if (!isRoom && key.some((part) => ids.has(part))) return "theirs";
  return line.entries.some(([, entry]) => mentions(entry, ids)) ? "theirs in part" : "others";
}

function findWaiting(records: SealedRecords, ids: PersonIds): Result<readonly Kept[]> {
  const names = records.names("line/");
  if (!names.ok) return names;
  const found: Kept[] = [];
  for (const slot of names.value) {
    const line = lineAt(records, slot);
    if (!line.ok) return line;
    const whose = lineIs(line.value, ids);
    if (whose === "others") continue;
    const waiting = line.value.entries.map(([, entry]) => entry).filter((entry) => whose === "theirs" || mentions(entry, ids));
    found.push({ place: `queue ${slot.split("/")[1] ?? ""}`, content: { key: line.value.json["key"] ?? null, waiting } });
  }
  return ok(found);
}

function removeWaiting(records: SealedRecords, ids: PersonIds): Result<number> {
  const names = records.names("line/");
  if (!names.ok) return names;
  let count = 0;
  for (const slot of names.value) {
    const line = lineAt(records, slot);
    if (!line.ok) return line;
    const whose = lineIs(line.value, ids);
    if (whose === "others") continue;
    count++;
    const done = whose === "theirs" ? removeLine(records, slot) : withoutThem(records, slot, line.value, ids);
    if (!done.ok) return done;
  }
  return ok(count);
}

/** Their messages leave the line; answers to them are told by their run only, and go with the delivery. */
function withoutThem(records: SealedRecords, slot: string, { json, entries }: LineHead, ids: PersonIds): Result<unknown> {
  const gone = new Set(entries.filter(([, entry]) => mentions(entry, ids)).map(([number]) => number));
  const keep = (list: Json | undefined): readonly Json[] =>
    (isArray(list) ? list : []).filter((each) => !(isObject(each) && typeof each["n"] === "number" && gone.has(each["n"])));
  const head = { ...json, pending: keep(json["pending"]), out: keep(json["out"]) };
  return records.update(slot, {
    head: Buffer.from(JSON.stringify(head)),
    replace: new Map([...gone].map((number) => [number, Buffer.from("{}")])),
  });
}
