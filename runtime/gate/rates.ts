/** How many uses are remembered one by one; of more frequent ones, how many fell into each slice of time. */
const MAX_EXACT = 1_000;
const SLICES = 100;

/** Counts uses within the last stretch of time: never more than `count` in any `perMs`. */
export interface Rates {
  /** Whether one more use is within the rate. Takes nothing. */
  readonly has: (key: string, rate: { readonly count: number; readonly perMs: number }, now: number) => boolean;
  readonly take: (key: string, rate: { readonly count: number; readonly perMs: number }, now: number) => void;
}

interface Slice {
  /** The last moment that falls into it. */
  until: number;
  uses: number;
}

/** In memory: a restart forgets uses of at most one stretch. @param max - Keys that are remembered; past it those that are over go. */
export function newRates(max: number): Rates {
  const known = new Map<string, Slice[]>();
  const within = (key: string, perMs: number, now: number): Slice[] => {
    const slices = known.get(key) ?? [];
    // What happened in the future, as a clock set back would have it, still counts.
    while (slices[0] && slices[0].until + perMs <= now) slices.shift();
    return slices;
  };
  return {
    has: (key, { count, perMs }, now) => within(key, perMs, now).reduce((sum, { uses }) => sum + uses, 0) < count,
    take: (key, { count, perMs }, now) => {
      const slices = within(key, perMs, now);
      const last = slices.at(-1);
      const width = count <= MAX_EXACT ? 0 : perMs / SLICES;
      if (last && now <= last.until) last.uses++;
      else slices.push({ until: now + width, uses: 1 });
      known.delete(key);
      known.set(key, slices);
      const [oldest] = known.keys();
      if (known.size > max && oldest !== undefined) known.delete(oldest);
    },
  };
}
