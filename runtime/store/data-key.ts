import { ok, Secret } from "../../core/index.ts";
import { bytesOf, type Db } from "./db.ts";
import { guard, StoreFault } from "./faults.ts";
import type { Places } from "./files.ts";
import { metaOf } from "./head.ts";
import { keyCandidates, keyMismatch } from "./keys.ts";
import { seal, tryUnseal } from "./seal.ts";

/** The key that encrypts records: random, kept in the store, wrapped by `keys/store.key`. */

const slotOf = (lineage: string): string => `moltbot/data-key/${lineage}`;

function bytesOfKey(secret: Secret<string>): Secret<Uint8Array> {
  return new Secret(Buffer.from(secret.open(), "base64"));
}

export function wrapDataKey(storeKey: Secret<string>, lineage: string, dataKey: Secret<Uint8Array>): Uint8Array {
  return seal(bytesOfKey(storeKey), slotOf(lineage), dataKey.open());
}

/** @throws StoreFault `KEY_MISSING`, or `KEY_MISMATCH` where the key is another store's. */
export function openDataKey(db: Db, places: Places, lineage: string): Secret<Uint8Array> {
  for (const key of keyCandidates(places, "store.key")) {
    const opened = unwrap(db, key, lineage);
    if (opened) return new Secret(opened);
  }
  throw keyMismatch("store.key");
}

const LOST: ReadonlySet<string> = new Set(["KEY_MISSING", "KEY_MISMATCH", "STORE_CORRUPT"]);

/**
 * The same, undefined where its key is lost, damaged or another's: for what goes on without the records.
 * A key that is merely unsafe or unreadable today is no reason to give anything up.
 */
export function openDataKeyIfPossible(db: Db, places: Places, lineage: string): Secret<Uint8Array> | undefined {
  const opened = guard(() => ok(openDataKey(db, places, lineage)));
  if (opened.ok) return opened.value;
  if (opened.diagnostics.every(({ code }) => LOST.has(code))) return undefined;
  throw new StoreFault(...opened.diagnostics);
}

export function unwrapsDataKey(db: Db, storeKey: Secret<string>, lineage: string): boolean {
  return unwrap(db, storeKey, lineage) !== undefined;
}

function unwrap(db: Db, storeKey: Secret<string>, lineage: string): Uint8Array | undefined {
  return tryUnseal(bytesOfKey(storeKey), slotOf(lineage), bytesOf(metaOf(db, "data_key"), "wrapped data key"));
}
