import { createHash } from "node:crypto";
import { fail, LIMITS, ok, problem, shown, type Clock, type Result } from "../../../core/index.ts";
import type { Labels } from "../../run/index.ts";
import type { SealedRecords, SealedSlot } from "../../store/index.ts";
import { newWords, type Hit, type Words } from "./index-words.ts";
import type { MemoryPlace } from "./place.ts";

/** One thing that is remembered. */
export interface MemoryEntry {
  readonly name: string;
  readonly text: string;
  readonly at: string;
  /** What was in the conversation that wrote it. */
  readonly labels: Labels;
  /** Everybody whose conversations wrote it: with one of them it is deleted. */
  readonly people: readonly string[];
}

/** Memories, encrypted at rest as conversations are: one sealed record an entry. */
export interface Memories {
  readonly read: (place: MemoryPlace, name: string) => Result<MemoryEntry>;
  /** Null removes. */
  readonly write: (place: MemoryPlace, name: string, text: string | null, labels: Labels) => Result<{ readonly bytes: number }>;
  readonly find: (place: MemoryPlace, query: string) => Result<readonly (Hit & { readonly labels: Labels })[]>;
}

interface Opened {
  /** Of the store: another one means that another process wrote. */
  readonly version: string;
  readonly entries: Map<string, { readonly entry: MemoryEntry; readonly bytes: number }>;
  readonly words: Words;
}

export function newMemories(records: () => SealedRecords, clock: Clock): Memories {
  const all = new Map<string, Opened>();
  const openedAt = (place: MemoryPlace): Result<Opened> => {
    const version = records().version();
    if (!version.ok) return version;
    const known = all.get(place.prefix);
    if (known?.version === version.value) return ok(dropOld(records(), known, place, clock));
    known?.words.close();
    all.delete(place.prefix);
    const slots = records().list(place.prefix, { limit: LIMITS.memoryEntries });
    if (!slots.ok) return slots;
    const opened: Opened = { version: version.value, entries: new Map(), words: newWords() };
    for (const slot of slots.value) take(opened, slot);
    // Those used longest ago go.
    for (const [prefix, { words }] of all) {
      if (all.size < LIMITS.memoriesOpen) break;
      words.close();
      all.delete(prefix);
    }
    all.set(place.prefix, opened);
    return ok(dropOld(records(), opened, place, clock));
  };
  return {
    read: (place, name) => {
      const opened = openedAt(place);
      if (!opened.ok) return opened;
      const found = standing(records(), opened.value, place, name);
      if (!found.ok) return found;
      return found.value ? ok(found.value) : fail(problem("MEMORY_NOT_FOUND", { detail: `Nothing is remembered as ${shown(name)}.` }));
    },
    write: (place, name, text, labels) => {
      const opened = openedAt(place);
      if (!opened.ok) return opened;
      const { entries, words } = opened.value;
      const slot = slotOf(place, name);
      if (text === null) {
        const removed = records().remove(slot);
        if (!removed.ok) return removed;
        entries.delete(name);
        words.set(name, null);
        return ok({ bytes: 0 });
      }
      const before = standing(records(), opened.value, place, name);
      if (!before.ok) return before;
      const people = [...new Set([...(before.value?.people ?? []), ...place.people])];
      const entry: MemoryEntry = { name, text, at: clock.now().toISOString(), labels, people };
      const bytes = Buffer.from(JSON.stringify(entry));
      const full = whyFull(opened.value, place, name, bytes.length, Buffer.byteLength(text));
      if (full !== null) return fail(problem("MEMORY_FULL", { detail: `The memory takes no more: ${full}. Nothing was changed.` }));
      const kept = records().put(slot, bytes);
      if (!kept.ok) return kept;
      entries.set(name, { entry, bytes: bytes.length });
      words.set(name, `${name}\n${text}`);
      return ok({ bytes: bytes.length });
    },
    find: (place, query) => {
      const opened = openedAt(place);
      if (!opened.ok) return opened;
      const hits: (Hit & { readonly labels: Labels })[] = [];
      for (const hit of opened.value.words.find(query, LIMITS.searchHits)) {
        const found = standing(records(), opened.value, place, hit.name);
        if (!found.ok) return found;
        if (found.value) hits.push({ ...hit, labels: found.value.labels });
      }
      return ok(hits);
    },
  };
}

/** An entry that is still in the store: who deletes somebody's data does not go through here. */
function standing(records: SealedRecords, { entries, words }: Opened, place: MemoryPlace, name: string): Result<MemoryEntry | undefined> {
  const known = entries.get(name);
  if (!known) return ok(undefined);
  const slot = records.get(slotOf(place, name));
  if (!slot.ok) return slot;
  if (slot.value) return ok(known.entry);
  entries.delete(name);
  words.set(name, null);
  return ok(undefined);
}

function whyFull({ entries }: Opened, { maxBytes }: MemoryPlace, name: string, bytes: number, textBytes: number): string | null {
  if (textBytes > LIMITS.memoryEntryBytes) return `one entry has ${LIMITS.memoryEntryBytes} bytes at most (limits.memoryEntryBytes)`;
  const before = entries.get(name);
  if (!before && entries.size >= LIMITS.memoryEntries) return `it has ${LIMITS.memoryEntries} entries (limits.memoryEntries)`;
  const all = [...entries.values()].reduce((sum, each) => sum + each.bytes, 0) - (before?.bytes ?? 0) + bytes;
  return all > maxBytes ? `it would hold ${all} bytes; \`memory.maxBytes\` is ${maxBytes}` : null;
}

function take({ entries, words }: Opened, { head }: SealedSlot): void {
  // Sealed by us and bound to its slot: what opens is what was written.
  const read = JSON.parse(Buffer.from(head).toString("utf8")) as Omit<MemoryEntry, "people"> & Partial<MemoryEntry>;
  const entry: MemoryEntry = { ...read, people: read.people ?? [] };
  entries.set(entry.name, { entry, bytes: head.byteLength });
  words.set(entry.name, `${entry.name}\n${entry.text}`);
}

/** What is older than it may be is not there any more, and is removed for good. */
function dropOld(records: SealedRecords, opened: Opened, place: MemoryPlace, clock: Clock): Opened {
  if (place.retentionMs === null) return opened;
  const oldest = clock.now().getTime() - place.retentionMs;
  for (const [name, { entry }] of opened.entries) {
    if (Date.parse(entry.at) > oldest) continue;
    opened.entries.delete(name);
    opened.words.set(name, null);
    // Where it cannot be removed now, it is the next time.
    records.remove(slotOf(place, name));
  }
  return opened;
}

function slotOf({ prefix }: MemoryPlace, name: string): string {
  return `${prefix}${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
}
