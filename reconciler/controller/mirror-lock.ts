import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, problem, shown, type Result } from "../../core/index.ts";

const POLL_MS = 50;

/**
 * Acts while no other process makes or fetches this mirror. The kernel frees the lock (`BEGIN EXCLUSIVE`
 * on a database with nothing in it) when a process ends, however it ends: there are no dead locks to clear.
 *
 * @param folder - The mirror's own; made where it is missing.
 * @returns `MIRROR_LOCKED` when somebody else held it all the time.
 */
export async function whileMirrorIsFree<T>(
  folder: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
  act: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const deadline = performance.now() + timeoutMs;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    let lock = take(join(folder, "lock.db"));
    while (!lock && performance.now() < deadline && !signal.aborted) {
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
      lock = take(join(folder, "lock.db"));
    }
    if (!lock) return fail(lockedBy(folder));
    try {
      return await act();
    } finally {
      lock.close();
    }
  } catch (error) {
    return fail(unusable(folder, error));
  }
}

/** @returns undefined while somebody else holds it. */
function take(file: string): DatabaseSync | undefined {
  // Made by us, so that its mode is ours whatever the process's mask is.
  closeSync(openSync(file, "a", 0o600));
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return db;
  } catch (error) {
    db.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

function lockedBy(folder: string): ReturnType<typeof problem> {
  return problem("MIRROR_LOCKED", {
    detail: `Another process is fetching into the mirror ${shown(folder)}.`,
    remedy: "One loop for each state folder is enough; a second one waits for the first.",
    context: { folder },
  });
}

function unusable(folder: string, error: unknown): ReturnType<typeof problem> {
  return problem("STORE_UNAVAILABLE", {
    detail: `The mirror ${shown(folder)} cannot be used: ${shown(error instanceof Error ? error.message : "unknown reason")}.`,
    remedy: "Check who owns the state folder, and that there is room.",
    context: { folder },
  });
}
