import fs from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { canonicalJson, fail, isObject, ok, problem, shown, type Diagnostic, type Json, type Result } from "../../core/index.ts";
import { corrupt, guard, isBusy, sqliteCode } from "./faults.ts";
import { exists, readSmall, statOf, writeDurably, type Places } from "./files.ts";
import { checkStateDir, makeStateDir } from "./state-dir.ts";
import type { ApplyLock, LockHolder, RuntimeHold } from "./types.ts";

/**
 * Exclusion by locks the kernel holds for us: `BEGIN EXCLUSIVE` on a database with nothing in it. The lock
 * ends with the process that took it, however it ends; no clock and no process number is asked.
 */

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** A gateway that starts waits this long for a passing look by {@link isRuntimeHeld}. */
const HOLD_WAIT_MS = 1_000;
const MAX_INFO_BYTES = 4_096;
const NOT_A_DATABASE = 26;

/** The apply lock. `lock.json` says who holds it, for people only. */
export async function lockForApply(
  dir: string,
  holder: LockHolder,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Result<ApplyLock>> {
  const places = guard(() => ok(makeStateDir(dir)));
  if (!places.ok) return places;
  const deadline = performance.now() + options.timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const taken = guard(() => ok(take(places.value.lock, 0)));
    if (!taken.ok) return taken;
    if (taken.value) return lockHeldBy(taken.value, places.value, holder);
    const leftMs = deadline - performance.now();
    if (leftMs <= 0 || options.signal?.aborted === true) return fail(lockedBy(places.value));
    await pause(Math.min(pauseMs, leftMs), options.signal);
  }
}

/** Makes this process the one running gateway of a store. */
export function holdRuntime(dir: string): Result<RuntimeHold> {
  return guard(() => {
    const places = makeStateDir(dir);
    const held = take(places.runtime, HOLD_WAIT_MS);
    if (held) return ok({ release: () => held.close() });
    return fail(
      problem("RUNTIME_HELD", {
        detail: `A gateway already runs on the state folder ${shown(dir)}.`,
        remedy: "Stop that one first, or name another folder:\n--state DIR",
      }),
    );
  });
}

/** Whether some gateway runs on this store now. Makes nothing. */
export function isRuntimeHeld(dir: string): Result<boolean> {
  return guard(() => {
    const places = checkStateDir(dir);
    if (!places || !exists(places.runtime)) return ok(false);
    const free = take(places.runtime, 0);
    free?.close();
    return ok(free === undefined);
  });
}

/** State folders whose apply lock this process holds: for these, "somebody is applying" means us. */
const heldHere = new Set<string>();

/** Runs while nobody else applies; undefined when somebody does. */
export function whileUnlocked<T>(places: Places, act: () => T): T | undefined {
  if (heldHere.has(fs.realpathSync(places.dir))) return act();
  const lock = take(places.lock, 0);
  if (!lock) return undefined;
  try {
    return act();
  } finally {
    lock.close();
  }
}

/**
 * Two that take a lock at the same instant may each see the other half way there (SQLite's SHARED against PENDING) and
 * both be told that it is held; with a moment's patience one of them gets it.
 */
const SAME_INSTANT_MS = 50;

/** @returns the open connection that holds the lock, undefined when somebody else does */
function take(file: string, waitMs: number): DatabaseSync | undefined {
  const stats = statOf(file);
  if (stats && !stats.isFile()) throw corrupt(`The lock file ${shown(file)} is not a regular file.`);
  // Made by us, so that its mode is ours whatever the process's mask is.
  if (!stats) fs.closeSync(fs.openSync(file, "a", 0o600));
  const db = new DatabaseSync(file, { timeout: Math.max(waitMs, SAME_INSTANT_MS) });
  try {
    // Nothing is ever written: with a journal in memory no file appears, and a kill leaves none behind.
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return db;
  } catch (error) {
    db.close();
    if (isBusy(error)) return undefined;
    if (sqliteCode(error) === NOT_A_DATABASE)
      throw corrupt(`The lock file ${shown(file)} was overwritten. Remove it while nothing of moltbot runs.`, error);
    throw error;
  }
}

function lockHeldBy(db: DatabaseSync, places: Places, holder: LockHolder): Result<ApplyLock> {
  const written = guard(() => ok(writeDurably(places.lockInfo, `${canonicalJson({ ...holder })}\n`)));
  if (!written.ok) {
    db.close();
    return written;
  }
  const name = fs.realpathSync(places.dir);
  heldHere.add(name);
  return ok({
    release: () => {
      if (!heldHere.delete(name)) return;
      // First the note, then the lock: the next holder's note is never the one that is removed.
      guard(() => ok(fs.rmSync(places.lockInfo, { force: true })));
      db.close();
    },
  });
}

function lockedBy(places: Places): Diagnostic {
  const holder = readHolder(places);
  const who = holder
    ? `${shown(holder.actor)} on ${shown(holder.host)} (process ${holder.pid}) has been applying since ${shown(holder.since)}.`
    : "Another process is applying; it has not said yet who it is.";
  return problem("APPLY_LOCKED", {
    detail: `${who} Only one apply runs on a state folder at a time.`,
    remedy: "Wait for it:\nmoltbot apply --lock-timeout 60",
    context: holder ? { host: holder.host, pid: holder.pid, actor: holder.actor, since: holder.since } : {},
  });
}

/** For information only: whatever is wrong with the file, the lock itself is what counts. */
function readHolder(places: Places): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readSmall(places.lockInfo, MAX_INFO_BYTES));
    return isObject(value) && isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: { readonly [key: string]: Json }): value is LockHolder & { readonly [key: string]: Json } {
  const { host, pid, actor, since } = value;
  return typeof host === "string" && typeof pid === "number" && typeof actor === "string" && typeof since === "string";
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, signal ? { signal } : {});
  } catch {
    // Interrupted: the caller looks once more and then says who holds the lock.
  }
}
