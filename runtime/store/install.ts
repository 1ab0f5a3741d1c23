import fs from "node:fs";
import { broken, fault } from "./faults.ts";
import { exists, makeFolder, placesOf, removeFolder, renameDurably, syncFile, type Places } from "./files.ts";

/**
 * Putting a new or restored store in place. It is built in `new/`; when it is whole and on disk, `new/`
 * becomes `ready/`, and from then on every step can be made up for: its keys, its seen head and, last,
 * its database move to where they belong. Killed before `ready/`, nothing happened; killed after it, the
 * next opening for writing finishes.
 */
export function startBuilding(places: Places): Places {
  clearBuilding(places);
  makeFolder(places.building);
  return placesOf(places.building);
}

export function install(places: Places): void {
  const built = placesOf(places.building);
  // Closing folds the log into the database. Where that failed (a full disk) the log is still there, and
  // the database without it is damaged: what was built is not whole.
  if (exists(built.wal)) throw fault("STORE_UNAVAILABLE", "The new store could not be written completely; it is not used.");
  syncFile(built.store);
  renameDurably(places.building, places.ready);
  moveIntoPlace(places);
}

/** Whatever stands in the way is kept under another name. */
export function moveIntoPlace(places: Places): void {
  const ready = placesOf(places.ready);
  setAside(places);
  if (exists(ready.keys)) {
    if (exists(places.keys)) renameDurably(places.keys, freeName(places.keysReplaced));
    renameDurably(ready.keys, places.keys);
  }
  if (exists(ready.head)) renameDurably(ready.head, places.head);
  renameDurably(ready.store, places.store);
  clearBuilding(places);
}

/** A store that is replaced, with its log: neither must ever meet the other's counterpart. */
function setAside(places: Places): void {
  if (exists(places.store)) {
    for (const suffix of ["", "-wal"]) fs.rmSync(`${places.replaced}${suffix}`, { force: true });
    renameDurably(places.store, places.replaced);
  }
  if (exists(places.wal)) renameDurably(places.wal, `${places.replaced}-wal`);
  fs.rmSync(places.shm, { force: true });
}

/** Only called when nothing in there is, or can still come, in force. */
export function clearBuilding(places: Places): void {
  removeFolder(places.building);
  removeFolder(places.ready);
}

const MAX_NAMES = 1_000;

/** Keys are never overwritten by a restore, however many there were. */
function freeName(base: string): string {
  for (let n = 1; n <= MAX_NAMES; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!exists(name)) return name;
  }
  throw broken("a thousand replaced key folders");
}
