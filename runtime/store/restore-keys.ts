import { ok } from "../../core/index.ts";
import { recipientOf } from "./age-identity.ts";
import { unwrapsDataKey } from "./data-key.ts";
import { textOf, type Db } from "./db.ts";
import { guard, StoreFault } from "./faults.ts";
import { exists, makeFolder, readSmall, writeDurably, type Places } from "./files.ts";
import { metaOf } from "./head.ts";
import { checkKeyFile, KEY_NAMES, keyFile, ledgerKeyOf, ledgerPublicKey, loadKey, writeNewKey } from "./keys.ts";
import { declaredIn } from "./ledger-table.ts";
import type { KeyName } from "./types.ts";

/** A backup has no keys. Those of the same store that are still here are used again; the others are made. */
export interface RestoredKeys {
  /** Names the folder the whole set is in: the one that stands, or a new one that will replace it. */
  readonly places: Places;
  readonly made: readonly KeyName[];
}

const MAX_KEY_FILE = 4_096;

export function keysFor(db: Db, places: Places, built: Places): RestoredKeys {
  const made = KEY_NAMES.filter((name) => !belongs(db, places, name));
  if (made.length === 0) return { places: { ...built, keys: places.keys }, made };
  makeFolder(built.keys);
  for (const name of KEY_NAMES) {
    if (made.includes(name)) writeNewKey(built.keys, name);
    else writeDurably(keyFile(built.keys, name), readSmall(keyFile(places.keys, name), MAX_KEY_FILE));
  }
  return { places: built, made };
}

/** Whether the key that stands here is the one the backup's own ledger names. Unsafe ones stop the restore. */
function belongs(db: Db, places: Places, name: KeyName): boolean {
  const file = keyFile(places.keys, name);
  if (!exists(file)) return false;
  checkKeyFile(file, name);
  const loaded = guard(() => ok(loadKey(places.keys, name)));
  if (!loaded.ok) {
    if (loaded.diagnostics.every(({ code }) => code === "STORE_CORRUPT")) return false;
    throw new StoreFault(...loaded.diagnostics);
  }
  const key = loaded.value;
  if (name === "store.key") return unwrapsDataKey(db, key, textOf(metaOf(db, "lineage"), "lineage"));
  if (name === "ledger.key") return ledgerPublicKey(ledgerKeyOf(key)) === declaredIn(db, "ledgerKey");
  return recipientOf(key.open()) === declaredIn(db, "recipient");
}
