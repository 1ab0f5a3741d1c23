import { resolve } from "node:path";
import { fail, firstUnsafe, ok, problem, shown, type Result } from "../../core/index.ts";
import type { Reach } from "./git.ts";

/** A repository elsewhere, in a form that git can only read as an address. */
export interface Address {
  readonly url: string;
  readonly reach: Exclude<Reach, "none">;
  /** Whom credentials belong to; empty for a local path. */
  readonly host: string;
}

const MAX_ADDRESS_CHARS = 2048;
const HOST = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
const USER = "[A-Za-z0-9_][A-Za-z0-9._-]*";
const PATH = "[A-Za-z0-9._~/@+,=-]+";
const HTTPS = new RegExp(`^https://(?:${USER}@)?(${HOST})(?::\\d{1,5})?/${PATH}$`);
const SSH = new RegExp(`^ssh://(?:${USER}@)?(${HOST})(?::\\d{1,5})?/${PATH}$`);
const SCP = new RegExp(`^${USER}@(${HOST}):(?!:)(?!-)${PATH}$`);

/**
 * Only `https://`, `ssh://`, `user@host:path`, and (from the command line) a path on this machine.
 * Everything else git knows, helper transports above all, could run a program.
 */
export function parseAddress(text: string, allowLocal: boolean): Result<Address> {
  const why = refusalOf(text);
  if (why !== undefined) return refused(text, why);
  const remote = HTTPS.exec(text) ?? SSH.exec(text) ?? (isLocalPath(text) || text.includes("://") ? null : SCP.exec(text));
  if (remote) return ok({ url: text, reach: "network", host: remote[1]?.toLowerCase() ?? "" });
  if (!isLocalPath(text)) return refused(text, "its scheme or form is not one of those");
  return allowLocal
    ? ok({ url: resolve(text), reach: "local", host: "" })
    : refused(text, "a local path is only taken from the command line");
}

function refusalOf(text: string): string | undefined {
  if (text === "" || text.length > MAX_ADDRESS_CHARS) return `it has ${text.length} characters`;
  if (text.startsWith("-")) return "it starts with `-`, like an option";
  const unsafe = firstUnsafe(text);
  if (unsafe !== undefined) return `it holds the character ${unsafe}`;
  if (/^[A-Za-z0-9+.-]*::/.test(text)) return "it names a helper that git would run";
  if (/:\/\/[^/]*:[^/]*@/.test(text)) return "it holds a password, which every list of processes would show";
  return undefined;
}

function isLocalPath(text: string): boolean {
  return /^(?:\/|\.\.?(?:\/|$))/.test(text) || !text.includes(":");
}

function refused(text: string, why: string): Result<never> {
  return fail(
    problem("REF_UNSAFE", {
      detail: `${shown(withoutPassword(text))} is not allowed as a repository address: ${why}.`,
      remedy: "Allowed are https://HOST/PATH, ssh://USER@HOST/PATH, USER@HOST:PATH, and on the command line a local path.",
    }),
  );
}

function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@:]*):[^/@]*@/, "$1:***@");
}
