import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, isArray, isObject, ok, problem, shown, type Diagnostic, type Json, type Result } from "../core/index.ts";

/** How far the watch loop has come; written after every round, shown by `status`. */
export interface LoopState {
  readonly formatVersion: "1.0";
  /** The repository that is followed; null for the files on the disk. */
  readonly source: { readonly url: string; readonly branch: string } | null;
  /** The last revision that was tried, when, and how that ended. */
  readonly attempted: {
    readonly id: string;
    readonly label: string;
    readonly at: string;
    readonly outcome: "applied" | "nothing-to-do" | "already-applied" | "failed";
    readonly codes: readonly string[];
  } | null;
  /** The last revision that the target was brought to, and when. */
  readonly applied: { readonly id: string; readonly label: string; readonly at: string; readonly generation: number } | null;
  /** Rounds in a row that failed. */
  readonly failures: number;
  /** What the last round failed with, also where the source itself could not be read; null after a good one. */
  readonly failing: { readonly at: string; readonly codes: readonly string[] } | null;
}

export const FRESH_STATE: LoopState = {
  formatVersion: "1.0",
  source: null,
  attempted: null,
  applied: null,
  failures: 0,
  failing: null,
};

/** Beside the record: which revision the loop tried last, and which the target was brought to. */
export const LOOP_FILE = "watch.json";

const MAX_STATE_BYTES = 64 * 1024;

/** @returns null where no loop has run; `STORE_CORRUPT` when the file cannot be read as what it should be; `STORE_UNAVAILABLE` when it is closed to us. */
export function readLoopState(dir: string): Result<LoopState | null> {
  const file = join(dir, LOOP_FILE);
  let value: Json;
  try {
    const stats = lstatSync(file);
    value = stats.isFile() && stats.size <= MAX_STATE_BYTES ? parse(readFileSync(file, "utf8")) : null;
  } catch (error) {
    if (isMissing(error)) return ok(null);
    return fail(isClosed(error) ? stateClosed(file) : stateUnreadable(file));
  }
  return isState(value) ? ok({ ...FRESH_STATE, ...(value as unknown as LoopState) }) : fail(stateUnreadable(file));
}

/** Everything that is shown has the type that the views rely on; fields of a later version are let through. */
function isState(value: Json): boolean {
  if (!isObject(value) || value["formatVersion"] !== "1.0" || typeof value["failures"] !== "number") return false;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ["source", ["url", "branch"]],
    ["attempted", ["id", "label", "at", "outcome"]],
    ["applied", ["id", "label", "at"]],
    ["failing", ["at"]],
  ];
  return parts.every(([name, fields]) => {
    const part = value[name] ?? null;
    return part === null || (isObject(part) && fields.every((field) => typeof part[field] === "string") && hasCodes(name, part));
  });
}

/** `codes` where the part has them, `generation` where it has that. */
function hasCodes(name: string, part: { readonly [key: string]: Json }): boolean {
  if (name === "applied") return typeof part["generation"] === "number";
  const codes = part["codes"];
  return name === "source" || (isArray(codes) && codes.every((code) => typeof code === "string"));
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}

function stateClosed(file: string): Diagnostic {
  return problem("STORE_UNAVAILABLE", {
    detail: `${shown(file)} may not be read by this user.`,
    remedy: "Run as the user that owns the state folder, or name another one with --state DIR.",
    context: { file },
  });
}

/** A loop state that cannot be read is our own file gone wrong. */
function stateUnreadable(file: string): Diagnostic {
  return problem("STORE_CORRUPT", {
    detail: `${shown(file)} is not a readable loop state.`,
    remedy: "Remove it: the loop starts again from what is applied.",
    context: { file },
  });
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
