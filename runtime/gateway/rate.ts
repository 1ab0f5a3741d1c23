/** A bucket of tokens for each caller: bursts up to `burst`, then `perSecond`. */
export interface RateRule {
  readonly burst: number;
  readonly perSecond: number;
  /** The most callers that are remembered; past it the one seen longest ago is forgotten, and starts full. */
  readonly callers: number;
}

export interface RateAnswer {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds until one more is allowed; 0 where it is. */
  readonly retryAfterS: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** @param now - Milliseconds that never go back. */
export function newRateLimiter(rule: RateRule, now: () => number): (caller: string) => RateAnswer {
  const buckets = new Map<string, Bucket>();
  return (caller) => {
    const at = now();
    const bucket = buckets.get(caller) ?? { tokens: rule.burst, at };
    bucket.tokens = Math.min(rule.burst, bucket.tokens + ((at - bucket.at) / 1000) * rule.perSecond);
    bucket.at = at;
    // Seen last, kept longest.
    buckets.delete(caller);
    buckets.set(caller, bucket);
    if (buckets.size > rule.callers) forgetOldest(buckets);
    if (bucket.tokens < 1) return { allowed: false, remaining: 0, retryAfterS: Math.ceil((1 - bucket.tokens) / rule.perSecond) };
    bucket.tokens -= 1;
    return { allowed: true, remaining: Math.floor(bucket.tokens), retryAfterS: 0 };
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  for (const oldest of buckets.keys()) {
    buckets.delete(oldest);
    return;
  }
}
