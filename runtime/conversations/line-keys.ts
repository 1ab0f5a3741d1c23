import { digestBytes, LIMITS, ok, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/**
 * The keys of the messages that a line took in, so that a second delivery is told. The newest stand in the line,
 * which is written several times for each message; older ones in a slot of their own, which is written for many.
 */
export interface LineKeys {
  /** Digests of the newest keys, the oldest of them first. */
  readonly seen: readonly string[];
  /** There are older ones. */
  readonly hasOlder?: true;
}

const KEY_BYTES = 16;
/** Keys in a line before the older half of them goes to the others. */
const NEWEST = 32;

export function keyDigest(text: string): string {
  return digestBytes(text).slice("sha256:".length, "sha256:".length + 2 * KEY_BYTES);
}

function slotOfKeys(line: string): string {
  return `keys/${line}`;
}

/** Whether a line took this key in lately. */
export function knowsKey(records: SealedRecords, line: string, { seen, hasOlder }: LineKeys, key: string): Result<boolean> {
  if (seen.includes(key)) return ok(true);
  if (!hasOlder) return ok(false);
  const older = records.get(slotOfKeys(line));
  if (!older.ok) return older;
  return ok(has(older.value?.head ?? new Uint8Array(), Buffer.from(key, "hex")));
}

function has(keys: Uint8Array, key: Buffer): boolean {
  const bytes = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength);
  for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) if (at % KEY_BYTES === 0) return true;
  return false;
}

/** The keys with one more; where they are many, the older ones are put away. */
export function withKey(records: SealedRecords, line: string, { seen, hasOlder }: LineKeys, key: string): Result<LineKeys> {
  const all = [...seen, key];
  if (all.length <= NEWEST) return ok({ seen: all, ...(hasOlder ? { hasOlder } : {}) });
  const older = hasOlder ? records.get(slotOfKeys(line)) : ok(null);
  if (!older.ok) return older;
  const newest = all.slice(-NEWEST / 2);
  const put = Buffer.concat([older.value?.head ?? new Uint8Array(), ...all.slice(0, -NEWEST / 2).map((each) => Buffer.from(each, "hex"))]);
  const most = (LIMITS.rememberedKeys - newest.length) * KEY_BYTES;
  const written = records.put(slotOfKeys(line), put.subarray(Math.max(0, put.length - most)));
  return written.ok ? ok({ seen: newest, hasOlder: true }) : written;
}

/** A line goes with its keys. */
export function removeLine(records: SealedRecords, line: string): Result<void> {
  const removed = records.remove(line);
  return removed.ok ? records.remove(slotOfKeys(line)) : removed;
}
