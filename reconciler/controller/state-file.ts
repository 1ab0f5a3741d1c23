import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, isObject, ok, problem, type Json, type Result } from "../../core/index.ts";
import { FRESH_STATE, stateUnreadable, type LoopState } from "./loop.ts";

/** Beside the record: which revision the loop tried last, and which the target was brought to. */
export const LOOP_FILE = "watch.json";

const MAX_STATE_BYTES = 64 * 1024;

/** @returns null where no loop has run; `STORE_CORRUPT` when the file cannot be read as what it should be. */
export function readLoopState(dir: string): Result<LoopState | null> {
  const file = join(dir, LOOP_FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return isMissing(error) ? ok(null) : fail(stateUnreadable(file));
  }
  const value = text.length > MAX_STATE_BYTES ? null : parse(text);
  const isState = isObject(value) && value["formatVersion"] === "1.0" && typeof value["failures"] === "number";
  return isState ? ok({ ...FRESH_STATE, ...(value as unknown as LoopState) }) : fail(stateUnreadable(file));
}

/** Replaces the file in one step, so that it is never seen half written. */
export function writeLoopState(dir: string, state: LoopState): Result<void> {
  const file = join(dir, LOOP_FILE);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const next = `${file}.${process.pid}.next`;
    const handle = openSync(next, "w", 0o600);
    try {
      writeSync(handle, `${JSON.stringify(state, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(next, file);
    syncFolder(dirname(file));
    return ok(undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message : "the write failed";
    return fail(problem("STORE_UNAVAILABLE", { detail: `The state of the loop could not be written: ${why}.` }));
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
