import { createHash } from "node:crypto";
import { ok, type Json, type Owner, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** A small durable value of one channel, sealed. */
export interface Notes {
  readonly get: () => Result<Json>;
  readonly set: (value: Json) => Result<void>;
  /** Reads and writes as one transaction; undefined leaves it as it is. */
  readonly change: <T>(change: (before: Json) => { readonly after?: Json; readonly value: T }) => Result<T>;
}

/** Whose notes: names of any length and alphabet become one slot. */
export function slotOf(kind: "notes" | "pairing", owner: Owner, ...names: readonly string[]): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([owner, ...names]))
    .digest("hex");
  return `channels/${kind}/${hash.slice(0, 40)}`;
}

export function notesAt(records: () => SealedRecords, slot: string): Notes {
  return {
    get: () => {
      const found = records().get(slot);
      return found.ok ? ok(found.value ? decode(found.value.head) : null) : found;
    },
    set: (value) => records().put(slot, encode(value)),
    change: (change) =>
      records().change(slot, (before) => {
        const { after, value } = change(before ? decode(before.head) : null);
        return { head: after === undefined ? null : encode(after), value };
      }),
  };
}

function encode(value: Json): Uint8Array {
  return Buffer.from(JSON.stringify(value), "utf8");
}

/** Sealed bytes are what we wrote; what a later version wrote and we cannot read counts as nothing. */
export function decode(bytes: Uint8Array): Json {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")) as Json;
  } catch {
    return null;
  }
}
