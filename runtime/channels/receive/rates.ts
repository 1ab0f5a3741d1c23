import type { Rate } from "../../load/index.ts";

/** Counts how often something happens, for each of many. */
export interface Rates {
  /** @returns milliseconds until it is allowed; 0 where it was, and was counted. */
  readonly take: (who: string, rate: Rate) => number;
}

/**
 * A bucket for each: as many at once as the rate says, then one after the other. Of more than `most`, the
 * one seen longest ago is forgotten.
 *
 * @param now - Milliseconds that never go back.
 */
export function newRates(most: number, now: () => number): Rates {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  return {
    take: (who, { count, perMs }) => {
      const at = now();
      const before = buckets.get(who) ?? { left: count, at };
      const left = Math.min(count, before.left + ((at - before.at) * count) / perMs);
      const isAllowed = left >= 1;
      // Seen last, kept longest.
      buckets.delete(who);
      buckets.set(who, { left: isAllowed ? left - 1 : left, at });
      if (buckets.size > most) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break;
      return isAllowed ? 0 : Math.ceil(((1 - left) * perMs) / count);
    },
  };
}
