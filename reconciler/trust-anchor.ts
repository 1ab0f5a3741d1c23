import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, isObject, LIMITS, ok, problem, shown, type Diagnostic, type Json, type JsonObject, type Result } from "../core/index.ts";

/** Whom a host believes before anything was applied there, and from then on that commits are signed. */
export interface TrustAnchor {
  readonly formatVersion: "1.0";
  readonly kind: "TrustAnchor";
  /** In the form of a Project's `spec.trust`, files embedded. */
  readonly trust: JsonObject;
  /** The commit up to which the operator vouches for the history; null for nothing. */
  readonly since: string | null;
  /** The generation, as `<owner>@<number>`, whose own list is not to be believed any more; null for none. */
  readonly over: string | null;
  readonly actor: string;
  readonly at: string;
}

/** In the state folder, beside the record; 0600. */
export const ANCHOR_FILE = "trust-anchor.json";

const OTHERS = 0o077;
/** A path is told whole: half of one cannot be looked for. */
const MAX_PATH_CHARS = 4_096;

/**
 * The anchor of a state folder; null where there is none.
 *
 * @returns `TRUST_ANCHOR_INVALID` for one that others could have written or that cannot be read: without
 *   it less would be verified, so it is never passed over. `STORE_UNAVAILABLE` where its folder is closed to us.
 */
export function readAnchor(dir: string): Result<TrustAnchor | null> {
  const file = join(dir, ANCHOR_FILE);
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return ok(null);
  } catch (error) {
    return fail(notReached(file, "read", error));
  }
  const text = readOwnFile(file);
  if (typeof text !== "string") return fail(text);
  const value = parsed(text);
  const isAnchor = isObject(value) && value["formatVersion"] === "1.0" && value["kind"] === "TrustAnchor" && isObject(value["trust"]);
  const since = isObject(value) ? (value["since"] ?? null) : null;
  if (!isAnchor || (since !== null && typeof since !== "string")) return fail(unusable(file, "is not what `moltbot trust init` writes"));
  const over = value["over"] ?? null;
  if (over !== null && typeof over !== "string") return fail(unusable(file, "is not what `moltbot trust init` writes"));
  return ok({ ...(value as unknown as TrustAnchor), since, over });
}

/** The text of a file that nobody else could have written, opened once. */
function readOwnFile(file: string): string | Diagnostic {
  let handle: number;
  try {
    // Never through a link, and never waiting for a FIFO.
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return unusable(file, "cannot be opened, or is a link");
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile() || stats.uid !== process.getuid?.()) return unusable(file, "is no regular file of this user");
    if ((stats.mode & OTHERS) !== 0) return unusable(file, "can be read or written by others (chmod 600)");
    return stats.size > LIMITS.anchorBytes ? unusable(file, "is too large") : readFileSync(handle, "utf8");
  } catch {
    return unusable(file, "cannot be read");
  } finally {
    closeSync(handle);
  }
}

function unusable(file: string, why: string): Diagnostic {
  return problem("TRUST_ANCHOR_INVALID", {
    detail: `${shown(file, MAX_PATH_CHARS)} ${why}.`,
    remedy: "Make it again, and compare the fingerprints it shows:\n  moltbot trust init --replace",
    context: { file },
  });
}

/** @returns `TRUST_ANCHOR_EXISTS` when there is one and it may not be replaced. */
export function writeAnchor(dir: string, anchor: TrustAnchor, mayReplace: boolean): Result<string> {
  const file = join(dir, ANCHOR_FILE);
  try {
    if (!mayReplace && lstatSync(file, { throwIfNoEntry: false })) return fail(anchorExists(file));
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const next = `${file}.${process.pid}.next`;
    writeFileSync(next, `${JSON.stringify(anchor, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
    renameSync(next, file);
    return ok(file);
  } catch (error) {
    return fail(notReached(file, "written", error));
  }
}

export function anchorExists(file: string): Diagnostic {
  return problem("TRUST_ANCHOR_EXISTS", {
    detail: `${shown(file, MAX_PATH_CHARS)} is there already.`,
    remedy: "Look at it, then replace it if that is meant:\n  moltbot trust show\n  moltbot trust init --replace",
    context: { file },
  });
}

/** @returns whether there was one. */
export function removeAnchor(dir: string): Result<boolean> {
  const file = join(dir, ANCHOR_FILE);
  try {
    if (!lstatSync(file, { throwIfNoEntry: false })) return ok(false);
    rmSync(file);
    return ok(true);
  } catch (error) {
    return fail(notReached(file, "removed", error));
  }
}

function notReached(file: string, what: "read" | "written" | "removed", error: unknown): Diagnostic {
  const why = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return problem("STORE_UNAVAILABLE", {
    detail: `${shown(file, MAX_PATH_CHARS)} could not be ${what} (${why}).`,
    remedy: "Run as the user that owns the state folder, or name another one with --state DIR.",
    context: { file },
  });
}

/**
 * A file that names who is believed: an anchor as `trust init` stores it, an armored OpenPGP keyring, or an
 * allowed_signers file.
 */
export function readAnchorFile(file: string): Result<Pick<TrustAnchor, "trust" | "since">> {
  const text = smallText(file);
  if (text === undefined) {
    return fail(
      problem("SIGNERS_INVALID", {
        detail: `${shown(file, MAX_PATH_CHARS)} is no readable file of at most ${LIMITS.anchorBytes} bytes.`,
        remedy: "Name an allowed_signers file, an armored keyring, or an anchor of another host.",
        context: { file },
      }),
    );
  }
  const value = text.trimStart().startsWith("{") ? parsed(text) : undefined;
  if (isObject(value) && value["kind"] === "TrustAnchor" && isObject(value["trust"])) {
    return ok({ trust: value["trust"], since: typeof value["since"] === "string" ? value["since"] : null });
  }
  const key = text.includes("-----BEGIN PGP PUBLIC KEY BLOCK-----") ? "openpgp" : "allowedSigners";
  return ok({ trust: { [key]: text }, since: null });
}

function smallText(file: string): string | undefined {
  try {
    const stats = lstatSync(file);
    const isSmall = (stats.isFile() || stats.isSymbolicLink()) && stats.size <= LIMITS.anchorBytes;
    return isSmall ? new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)) : undefined;
  } catch {
    return undefined;
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
