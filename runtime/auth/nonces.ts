import { LIMITS } from "../../core/index.ts";

/** Which signed requests were used: each once. Bounded: when it is full, further ones are refused until old ones are too late anyway. */
export interface Nonces {
  /** @returns false where this one was used before, or no more can be remembered. */
  readonly use: (key: string, nonce: string, now: number) => boolean;
}

export function newNonces(): Nonces {
  // In the order of use, which is the order in which they end.
  const used = new Map<string, number>();
  return {
    use: (key, nonce, now) => {
      for (const [name, end] of used) {
        if (end > now) break;
        used.delete(name);
      }
      const name = `${key}\n${nonce}`;
      if (used.has(name) || used.size >= LIMITS.nonces) return false;
      // A request's time may lie ahead by the window, too.
      used.set(name, now + 2 * LIMITS.signedRequestMs);
      return true;
    },
  };
}
