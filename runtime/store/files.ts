import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { corrupt } from "./faults.ts";

/** Files outside SQLite, written so that they are whole or absent, whatever is killed or cut. All synchronous. */

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Where the files of one state folder are. */
export function placesOf(dir: string) {
  return {
    dir,
    store: path.join(dir, "store.db"),
    wal: path.join(dir, "store.db-wal"),
    shm: path.join(dir, "store.db-shm"),
    head: path.join(dir, "head.json"),
    keys: path.join(dir, "keys"),
    /** A store while it is being made or restored. */
    building: path.join(dir, "new"),
    /** The same, whole: what is left is to move it into place. */
    ready: path.join(dir, "ready"),
    replaced: path.join(dir, "store.db.replaced"),
    keysReplaced: path.join(dir, "keys.replaced"),
    lock: path.join(dir, "lock.db"),
    lockInfo: path.join(dir, "lock.json"),
    runtime: path.join(dir, "runtime.db"),
  } as const;
}

export type Places = ReturnType<typeof placesOf>;

/**
 * A whole new file under its name, or nothing: a temporary file in the same folder, its bytes and its
 * name each forced to disk. An error on the way removes it again and is thrown; it is never retried.
 */
export function writeDurably(file: string, bytes: Uint8Array | string): void {
  const temporary = temporaryName(file);
  try {
    const fd = fs.openSync(temporary, "wx", FILE_MODE);
    try {
      fs.writeFileSync(fd, bytes);
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    renameDurably(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

export function renameDurably(from: string, to: string): void {
  fs.renameSync(from, to);
  syncFolder(path.dirname(to));
  if (path.dirname(from) !== path.dirname(to)) syncFolder(path.dirname(from));
}

/** Forces a folder's names to disk. Windows opens no folders, and keeps names with their files. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

export function syncFile(file: string): void {
  const fd = fs.openSync(file, "r");
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** A folder whose content was all moved out; one that is in use stays. */
export function removeIfEmpty(folder: string): void {
  if (exists(folder) && fs.readdirSync(folder).length === 0) fs.rmSync(folder, { recursive: true, force: true });
}

export function makeFolder(folder: string): void {
  fs.mkdirSync(folder, { mode: FOLDER_MODE });
  // The process's mask may have taken bits away, never added any; the owner needs all of its own.
  fs.chmodSync(folder, FOLDER_MODE);
  syncFolder(path.dirname(folder));
}

/** What stands at a path, links not followed; undefined where nothing does. */
export function statOf(file: string): fs.Stats | undefined {
  return fs.lstatSync(file, { throwIfNoEntry: false });
}

export function exists(file: string): boolean {
  return statOf(file) !== undefined;
}

/** A small file of our own, read once; larger than `limit` it is not what we wrote. */
export function readSmall(file: string, limit: number): string {
  const stats = statOf(file);
  if (!stats?.isFile()) throw corrupt(`"${path.basename(file)}" in the state folder is missing or not a regular file.`);
  if (stats.size > limit) throw corrupt(`"${path.basename(file)}" in the state folder is larger than anything moltbot writes there.`);
  return fs.readFileSync(file, "utf8");
}

const TEMPORARY = /\.(\d+)-[0-9a-f]{12}\.tmp(-journal|-wal|-shm)?$/;

/** A name for a file that is still being written: it says by which process, so that {@link sweepTemporary} can tell. */
export function temporaryName(file: string): string {
  return `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
}

/** Removes temporary files that killed processes left in a folder; those of a living one stay. */
export function sweepTemporary(folder: string): void {
  for (const entry of exists(folder) ? fs.readdirSync(folder) : []) {
    const writer = TEMPORARY.exec(entry);
    if (writer && !isAlive(Number(writer[1]))) fs.rmSync(path.join(folder, entry), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
