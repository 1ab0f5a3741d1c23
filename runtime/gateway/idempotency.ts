import { createHash } from "node:crypto";
import { fail, LIMITS, problem, type Result } from "../../core/index.ts";
import type { Reply } from "./types.ts";

/** Answers that were given under an `Idempotency-Key`: the same request again gets the same answer, and has no effect. */
export interface Remembered {
  /**
   * @param scope - Whose key it is, and for which operation: the same word of somebody else is another key.
   * @param request - Everything that makes the request what it is.
   */
  readonly once: (scope: string, key: string, request: string, work: () => Promise<Result<Reply>>) => Promise<Result<Reply>>;
}

interface Entry {
  readonly request: string;
  readonly at: number;
  readonly answer: Promise<Result<Reply>>;
}

/** Kept in memory, for as long as the gateway runs. @param now - Milliseconds that never go back. */
export function newRemembered(now: () => number): Remembered {
  const entries = new Map<string, Entry>();
  return {
    once: (scope, key, request, work) => {
      const name = digest(`${scope}\n${key}`);
      const asked = digest(request);
      const found = entries.get(name);
      if (found && now() - found.at < LIMITS.apiRememberedMs)
        return found.request === asked ? found.answer : Promise.resolve(fail(usedForOther()));
      const answer = work();
      entries.delete(name);
      entries.set(name, { request: asked, at: now(), answer });
      if (entries.size > LIMITS.apiRemembered) forgetOldest(entries);
      void settle(entries, name, answer);
      return answer;
    },
  };
}

/** What failed may be tried again; what cannot be told twice is not kept. */
async function settle(entries: Map<string, Entry>, name: string, answer: Promise<Result<Reply>>): Promise<void> {
  let isKept: boolean;
  try {
    const done = await answer;
    isKept = done.ok && !done.value.events && JSON.stringify(done.value.body ?? null).length <= LIMITS.apiRememberedBytes;
  } catch {
    isKept = false;
  }
  if (!isKept && entries.get(name)?.answer === answer) entries.delete(name);
}

function forgetOldest(entries: Map<string, Entry>): void {
  for (const oldest of entries.keys()) {
    entries.delete(oldest);
    return;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function usedForOther(): ReturnType<typeof problem> {
  return problem("API_IDEMPOTENCY", {
    detail: "This `Idempotency-Key` came with another request before.",
    remedy: "Make a new key for each thing that is to happen.",
  });
}
