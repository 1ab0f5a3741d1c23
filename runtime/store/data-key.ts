import { ok, Secret } from "../../core/index.ts";
import { bytesOf, type Db } from "./db.ts";
import { guard, StoreFault } from "./faults.ts";
import type { Places } from "./files.ts";
import { metaOf } from "./head.ts";
import { keyCandidates, keyMismatch } from "./keys.ts";
import { noted, noteKey } from "./own-keys.ts";
import { seal, tryUnseal } from "./seal.ts";
import { lockedKey, stillLocked, storeKeyId } from "./store-key.ts";

/** The key that encrypts records: random, kept in the store, wrapped by `keys/store.key`. */

const slotOf = (lineage: string): string => `moltbot/data-key/${lineage}`;

function bytesOfKey(secret: Secret<string>): Secret<Uint8Array> {
  return new Secret(Buffer.from(secret.open(), "base64"));
}

export function wrapDataKey(storeKey: Secret<string>, lineage: string, dataKey: Secret<Uint8Array>): Uint8Array {
  return seal(bytesOfKey(storeKey), slotOf(lineage), dataKey.open());
}

/**
 * @param unlocked - The key itself, where its file is locked.
 * @throws StoreFault `KEY_MISSING`, `STORE_KEY_LOCKED`, or `KEY_MISMATCH` where the key is another store's.
 */
export function openDataKey(db: Db, places: Places, lineage: string, unlocked?: Secret<string>): Secret<Uint8Array> {
  for (const text of keyCandidates(places, "store.key")) {
    const key = keyIn(db, text, unlocked);
    const opened = key && unwrap(db, key, lineage);
    if (opened) return new Secret(opened);
  }
  throw keyMismatch("store.key");
}

/** What a key file holds, or what unlocking it gave; undefined where it is another key than the store's. */
function keyIn(db: Db, text: Secret<string>, unlocked: Secret<string> | undefined): Secret<string> | undefined {
  const locked = lockedKey(text.open());
  if (!locked) return text;
  if (locked.id !== noted(db, "store_key")) return undefined;
  if (!unlocked) throw new StoreFault(stillLocked(locked.form, "nothing was given to unlock it"));
  return unlocked;
}

const LOST: ReadonlySet<string> = new Set(["KEY_MISSING", "KEY_MISMATCH", "STORE_CORRUPT"]);

/**
 * The same, undefined where its key is lost, damaged or another's: for what goes on without the records.
 * A key that is merely unsafe or unreadable today is no reason to give anything up.
 */
export function openDataKeyIfPossible(db: Db, places: Places, lineage: string, unlocked?: Secret<string>): Secret<Uint8Array> | undefined {
  const opened = guard(() => ok(openDataKey(db, places, lineage, unlocked)));
  if (opened.ok) return opened.value;
  if (opened.diagnostics.every(({ code }) => LOST.has(code))) return undefined;
  throw new StoreFault(...opened.diagnostics);
}

/** Whether a key file's text is that of the key in use: a locked one by its id. */
export function isStoreKeyInUse(db: Db, text: Secret<string>, lineage: string): boolean {
  const locked = lockedKey(text.open());
  return locked ? locked.id === noted(db, "store_key") : unwrap(db, text, lineage) !== undefined;
}

/** Notes which key wraps the data key from now on. */
export function noteStoreKey(db: Db, key: Secret<string>): void {
  noteKey(db, "store_key", storeKeyId(key));
}

function unwrap(db: Db, storeKey: Secret<string>, lineage: string): Uint8Array | undefined {
  return tryUnseal(bytesOfKey(storeKey), slotOf(lineage), bytesOf(metaOf(db, "data_key"), "wrapped data key"));
}
