import fs from "node:fs";
import path from "node:path";
import { shown } from "../../core/index.ts";
import { corrupt, fault } from "./faults.ts";
import { exists, makeFolder, placesOf, statOf, type Places } from "./files.ts";

const WRITABLE_BY_OTHERS = 0o022;

/**
 * Checks a state folder before anything in it is believed.
 *
 * @returns its places; undefined where there is no such folder.
 * @throws StoreFault `STORE_UNSAFE` when it is a link, somebody else's, or writable by others.
 */
export function checkStateDir(dir: string): Places | undefined {
  const stats = statOf(dir);
  if (!stats) return undefined;
  if (!stats.isDirectory()) {
    const found = stats.isSymbolicLink() ? "a symbolic link" : "not a folder";
    throw unsafe(dir, `is ${found}`, "Name the real folder: --state DIR");
  }
  checkOwned(dir, stats, `chmod 700 ${dir}`);
  const places = placesOf(dir);
  for (const file of [places.store, places.wal, places.head]) checkOwnFile(file);
  return places;
}

/** The same for writing: the folder is made, 0700, where there is none. Its parent must exist. */
export function makeStateDir(dir: string): Places {
  const found = checkStateDir(dir);
  if (found) {
    requireWritable(dir);
    return found;
  }
  makeFolder(dir);
  return placesOf(dir);
}

export function requireWritable(dir: string): void {
  fs.accessSync(dir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
}

/**
 * Whether there is a store. One that vanished while its keys or its last seen ledger head are still here
 * is corrupt, not a first start. `ready`: a whole one waits to be moved into place (install.ts).
 */
export function storePresence(places: Places): "present" | "absent" | "ready" {
  if (exists(places.store)) return "present";
  if (exists(placesOf(places.ready).store)) return "ready";
  const left = [places.keys, places.head, places.wal].find(exists);
  if (left === undefined) return "absent";
  throw corrupt(`The state folder has "${path.basename(left)}" but no "store.db": the store was removed or lost.`);
}

function checkOwnFile(file: string): void {
  const stats = statOf(file);
  if (!stats) return;
  if (!stats.isFile()) throw corrupt(`"${path.basename(file)}" in the state folder is not a regular file.`);
  checkOwned(file, stats, `chmod 600 ${file}`);
}

function checkOwned(place: string, stats: fs.Stats, remedy: string): void {
  const me = process.geteuid?.();
  if (me !== undefined && stats.uid !== me) {
    throw unsafe(
      place,
      `belongs to user ${stats.uid}, and this process runs as user ${me}`,
      "Run as the user that owns it, or correct its owner.",
    );
  }
  // Windows has no such bits: everything there looks writable.
  if (process.platform !== "win32" && (stats.mode & WRITABLE_BY_OTHERS) !== 0) {
    throw unsafe(place, `has mode ${(stats.mode & 0o7777).toString(8)}: others may write to it`, `Correct it:\n${remedy}`);
  }
}

function unsafe(place: string, what: string, remedy: string): Error {
  return fault("STORE_UNSAFE", `${shown(place)} ${what}, so what it says cannot be relied on.`, { remedy });
}
