import { fail, LIMITS, ok, problem, shown, type Json, type JsonObject, type Result } from "../../../core/index.ts";
import { matches } from "../../../trust/capability/index.ts";
import type { CanonicalCall, Credential } from "../../gate/index.ts";
import { maskFor } from "../../vault/index.ts";
import { objectIn } from "../place.ts";
import type { Target } from "./target.ts";

const HERE: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Those that go along with a request there. */
export function goingAlong(credentials: readonly Credential[], target: Target): readonly Credential[] {
  const isSafe = target.protocol === "https:" || HERE.has(target.host);
  return isSafe ? credentials.filter(({ patterns }) => patterns.some((each) => matches(each, target.resource))) : [];
}

/** What a call says of them: what is sent where, for whoever approves it. The values are no part of it. */
export function saidOf(credentials: readonly Credential[]): Json {
  return credentials.map(({ name, header, prefix }) => ({ name, header, ...(prefix === "" ? {} : { prefix }) }));
}

/** A header among these that only the host sets. */
export function takenHeader(headers: Json | undefined, credentials: readonly Credential[]): Credential | undefined {
  const names = new Set(Object.keys(objectIn(headers)).map((each) => each.toLowerCase()));
  return credentials.find(({ header }) => names.has(header));
}

/** The credentials of a call that runs: which of them it was decided with, and their values once they are needed. */
export interface CallCredentials {
  /**
   * What goes along with the next request of the call: only what the call was decided with, only to the origin of its
   * first request, and once that was left nothing any more.
   */
  readonly to: (target: Target) => readonly Credential[];
  readonly headersOf: (going: readonly Credential[]) => Promise<Result<Readonly<Record<string, string>>>>;
  /** Whether words of the other side quote a value that was sent. */
  readonly isQuotedIn: (words: string) => boolean;
  readonly sent: () => readonly string[];
}

export function credentialsOf({ effect }: CanonicalCall, offered: readonly Credential[], first: Target): CallCredentials {
  const names = namesIn(effect);
  const decided = offered.filter(({ name }) => names.has(name));
  const values = new Map<string, string>();
  let isThere = true;
  return {
    to: (target) => {
      isThere &&= originOf(target) === originOf(first);
      return isThere ? goingAlong(decided, target) : [];
    },
    headersOf: async (going) => {
      const headers: Record<string, string> = {};
      for (const credential of going) {
        const value = values.get(credential.name) ?? (await valueOf(credential));
        if (typeof value !== "string") return value;
        values.set(credential.name, value);
        headers[credential.header] = credential.prefix + value;
      }
      return ok(headers);
    },
    isQuotedIn: (words) => {
      const plain = decoded(words);
      return [...values.values()].some((value) => {
        const mask = maskFor([value]);
        return [words, plain].some((each) => each.includes(value) || (mask.words(each) ?? each) !== each);
      });
    },
    sent: () => [...values.keys()],
  };
}

function namesIn({ credentials }: JsonObject): ReadonlySet<Json | undefined> {
  return new Set(Array.isArray(credentials) ? credentials.map((each) => objectIn(each as Json)["name"]) : []);
}

function originOf({ protocol, host, port }: Target): string {
  return `${protocol}//${host}:${port}`;
}

function decoded(words: string): string {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** As a header can carry it: without the line break that files and `echo` end with. */
async function valueOf({ name, open }: Credential): Promise<string | Result<never>> {
  const opened = await open();
  if (!opened.ok) return opened;
  const text = Buffer.from(opened.value.open())
    .toString("utf8")
    .replace(/\r?\n$/, "");
  if (VALUE.test(text) && text.length <= LIMITS.httpHeaderChars) return text;
  const why =
    text === ""
      ? "is empty"
      : text.length > LIMITS.httpHeaderChars
        ? "is too long (limits.httpHeaderChars)"
        : "is no text that a header can carry";
  return fail(
    problem("CREDENTIAL_UNUSABLE", {
      detail: `The credential ${shown(name)} cannot be sent: its value ${why}.`,
      context: { credential: name },
    }),
  );
}
