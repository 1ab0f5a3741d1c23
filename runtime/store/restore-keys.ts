import { ok } from "../../core/index.ts";
import { isKeyInUse, presentType } from "./check-keys.ts";
import { textOf, type Db } from "./db.ts";
import { guard, StoreFault } from "./faults.ts";
import { exists, makeFolder, readSmall, writeDurably, type Places } from "./files.ts";
import { metaOf } from "./head.ts";
import { checkKeyFile, KEY_NAMES, keyFile, keyIn, loadKey, MAX_KEY_FILE, writeNewKey, type NewKeys } from "./keys.ts";
import type { KeyName } from "./types.ts";

/** Keys of the same store that are still here are used again, then those that came with the backup; the others are made. */
export interface RestoredKeys {
  /** Names the folder the whole set is in: the one that stands, or a new one that will replace it. */
  readonly places: Places;
  readonly made: readonly KeyName[];
}

/**
 * @param given - Key files that came with the backup, by name: used where none that belongs stands here.
 * @param wish - What a new `store.key` and a new `runtime.agekey` are to be; absent: a plain file, and of the type that the one before had.
 */
export function keysFor(db: Db, places: Places, built: Places, given: ReadonlyMap<KeyName, string>, wish: NewKeys = {}): RestoredKeys {
  const from = new Map(KEY_NAMES.map((name) => [name, originOf(db, places, name, given.get(name))]));
  const made = KEY_NAMES.filter((name) => from.get(name) === "made");
  if (KEY_NAMES.every((name) => from.get(name) === "standing")) return { places: { ...built, keys: places.keys }, made };
  makeFolder(built.keys);
  for (const name of KEY_NAMES) {
    if (from.get(name) === "made") writeNewKey(built.keys, name, "", { runtime: presentType(db), ...wish });
    else if (from.get(name) === "brought") writeDurably(keyFile(built.keys, name), given.get(name) ?? "");
    else writeDurably(keyFile(built.keys, name), readSmall(keyFile(places.keys, name), MAX_KEY_FILE));
  }
  return { places: built, made };
}

/** The key that stands here, the one that came along, or a new one. */
function originOf(db: Db, places: Places, name: KeyName, given: string | undefined): "standing" | "brought" | "made" {
  if (belongs(db, places, name)) return "standing";
  return isBrought(db, name, given) ? "brought" : "made";
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
  return isKeyInUse(db, name, loaded.value, lineageOf(db));
}

/** Whether the key file that came along is the one the backup's own ledger names. */
function isBrought(db: Db, name: KeyName, text: string | undefined): boolean {
  const key = text === undefined ? undefined : keyIn(name, text);
  return key !== undefined && isKeyInUse(db, name, key, lineageOf(db));
}

function lineageOf(db: Db): string {
  return textOf(metaOf(db, "lineage"), "lineage");
}
