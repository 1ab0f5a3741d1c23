import { setTimeout as sleep } from "node:timers/promises";
import type { LoadedProvider } from "../load/index.ts";

/** What one process asked of one provider lately. */
interface Asked {
  running: number;
  /** When requests began, oldest first. */
  requests: number[];
  /** Tokens by when they were used. */
  tokens: { readonly at: number; readonly count: number }[];
}

/** By name and address: a new generation begins with what the old one asked. */
const BY_PROVIDER = new Map<string, Asked>();
const MINUTE_MS = 60_000;
const LOOK_MS = 50;

/** A place to ask from; `done` gives it back, with the tokens that were used. */
export interface Place {
  readonly done: (tokens: number) => void;
}

/**
 * Waits until a provider's `limits` let one more request begin: so many at once, so many in a time, so many tokens
 * in a minute, counted over everything this process asks. Null when the signal ended first.
 */
export async function placeAt({ name, endpoint, limits }: LoadedProvider, now: () => number, signal: AbortSignal): Promise<Place | null> {
  const { concurrency, requests, tokensPerMinute } = limits;
  if (concurrency === null && requests === null && tokensPerMinute === null) return { done: () => undefined };
  const key = `${name}\n${endpoint ?? ""}`;
  const asked = BY_PROVIDER.get(key) ?? { running: 0, requests: [], tokens: [] };
  BY_PROVIDER.set(key, asked);
  while (!mayBegin(asked, limits, now())) {
    if (signal.aborted) return null;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  if (signal.aborted) return null;
  asked.running++;
  if (requests) asked.requests.push(now());
  let isDone = false;
  return {
    done: (count) => {
      if (isDone) return;
      isDone = true;
      asked.running--;
      if (count > 0 && tokensPerMinute !== null) asked.tokens.push({ at: now(), count });
    },
  };
}

function mayBegin(asked: Asked, { concurrency, requests, tokensPerMinute }: LoadedProvider["limits"], at: number): boolean {
  if (concurrency !== null && asked.running >= concurrency) return false;
  if (requests) {
    asked.requests = asked.requests.filter((began) => at - began < requests.perMs);
    if (asked.requests.length >= requests.count) return false;
  }
  if (tokensPerMinute === null) return true;
  asked.tokens = asked.tokens.filter((used) => at - used.at < MINUTE_MS);
  return asked.tokens.reduce((sum, { count }) => sum + count, 0) < tokensPerMinute;
}
