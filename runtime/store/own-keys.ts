import { textOf, type Db } from "./db.ts";
import { metaOf } from "./head.ts";

/**
 * Which keys the store was last made to use, as far as one can say without telling a key: the runtime's
 * public half and the store key's id. Noted beside the ledger, which names them too, so that opening a store
 * can hold its key files against it without reading the whole ledger.
 */
export type NotedKey = "recipient" | "store_key" | "rotated_at";

export function noteKey(db: Db, name: NotedKey, value: string): void {
  db.run("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", name, value);
}

/** Undefined in a store of a version that noted nothing. */
export function noted(db: Db, name: NotedKey): string | undefined {
  const value = metaOf(db, name);
  return value === undefined ? undefined : textOf(value, `noted ${name}`);
}
