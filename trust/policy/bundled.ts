import fs from "node:fs";
import path from "node:path";
import { digestBytes, digestJson, fail, LIMITS, ok, problem, type Digest, type Result } from "../../core/index.ts";
import { loadPolicy } from "./load.ts";
import { parseLock } from "./lock.ts";
import type { Policy } from "./types.ts";

const FOLDER = "policies";
const BUNDLE = "bundle.wasm";
const LOCK = "policies.lock.json";

/** A compiled bundle and what locks it, as their files have them. */
export interface PolicyFiles {
  readonly bundle: Uint8Array;
  readonly lock: Uint8Array;
}

/**
 * Reads and checks the policies that moltbot ships. An effect: the only file access of this room.
 *
 * @returns `POLICY_LOCK` when the files are not there or cannot be read, and what {@link loadPolicy} says.
 */
export function loadBuiltinPolicy(folder: string | undefined = builtinFolder()): Result<Policy> {
  const files = builtinPolicyFiles(folder);
  if (!files.ok) return files;
  const lock = parseLock(Buffer.from(files.value.lock).toString("utf8"));
  return lock.ok ? loadPolicy(files.value.bundle, lock.value) : lock;
}

/** The bytes of the policies that moltbot ships, unchecked. */
export function builtinPolicyFiles(folder: string | undefined = builtinFolder()): Result<PolicyFiles> {
  if (folder === undefined) return unreadable("the folder `policies` is not where moltbot is installed");
  try {
    const lock = fs.readFileSync(path.join(folder, LOCK));
    const file = path.join(folder, BUNDLE);
    const { size } = fs.statSync(file);
    if (size > LIMITS.policyBytes) {
      return fail(
        problem("POLICY_LIMIT", { detail: `${BUNDLE} has ${size} bytes; ${LIMITS.policyBytes} are allowed (limits.policyBytes).` }),
      );
    }
    return ok({ bundle: fs.readFileSync(file), lock });
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : "it cannot be read");
  }
}

/** Over the shipped policies as their files stand now, without loading them; undefined where they cannot be read. */
export function builtinPolicyDigest(folder: string | undefined = builtinFolder()): Digest | undefined {
  try {
    return folder === undefined
      ? undefined
      : digestJson([LOCK, BUNDLE].map((name) => digestBytes(fs.readFileSync(path.join(folder, name)))));
  } catch {
    return undefined;
  }
}

/** Beside this file's package, whether it runs from source or from `dist/`. */
export function builtinFolder(): string | undefined {
  for (let at = import.meta.dirname, parent = path.dirname(at); at !== parent; at = parent, parent = path.dirname(at)) {
    const folder = path.join(at, FOLDER);
    if (fs.existsSync(path.join(folder, LOCK)) || fs.existsSync(path.join(folder, BUNDLE))) return folder;
    if (fs.existsSync(path.join(at, "package.json"))) return undefined;
  }
  return undefined;
}

function unreadable(why: string): Result<never> {
  return fail(
    problem("POLICY_LOCK", {
      detail: `The built-in policies cannot be read: ${why}.`,
      remedy: "Install moltbot again, or build them:\n  moltbot policy build",
    }),
  );
}
