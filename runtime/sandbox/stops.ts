import { LIMITS } from "../../core/index.ts";

/** How often something had to be ended lately, and how long to wait before it is started again. */
export interface Stops {
  readonly add: (nowMs: number) => void;
  /** Milliseconds to wait before the next start; null while it must stay off. */
  readonly pause: (nowMs: number) => number | null;
}

export function newStops(): Stops {
  let at: readonly number[] = [];
  const recent = (nowMs: number): readonly number[] => at.filter((each) => nowMs - each < LIMITS.pluginStopWindowMs);
  return {
    add: (nowMs) => void (at = [...recent(nowMs), nowMs]),
    pause: (nowMs) => {
      const ends = recent(nowMs);
      const last = ends.at(-1);
      if (last === undefined) return 0;
      if (ends.length >= LIMITS.pluginStops) return null;
      return Math.max(0, last + LIMITS.pluginBackoffMs * 2 ** (ends.length - 1) - nowMs);
    },
  };
}
