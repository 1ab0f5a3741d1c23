import { performance } from "node:perf_hooks";
import { LIMITS } from "../../core/index.ts";

export interface Turns {
  /** A connection was let in: more may stand behind it. */
  readonly entered: () => void;
  /**
   * Runs `work` when there is nothing else to do and nobody stands at the door, {@link LIMITS.turnWaitMs} later in any
   * case, {@link LIMITS.doorWaitMs} where somebody does. So the more there is to do, the more is written at once.
   */
  readonly next: (work: () => void) => void;
  /** Hardly ever was there nothing to do lately. */
  readonly isBusy: () => boolean;
}

/** What the loop needs for a turn in which nothing happens is far less. */
const QUIET_MS = 0.1;
const LATELY_MS = 250;
/** Of the time, how much of it there is something to do when no more can be done; the rest is waiting for each other. */
const FULL = 0.6;

/** @param now - Milliseconds that never go back. */
export function newTurns(now: () => number = () => performance.now()): Turns {
  /** How many were let in so far. */
  let count = 0;
  let sample = { at: now(), used: performance.eventLoopUtilization(), isFull: false };
  return {
    entered: () => void count++,
    next: (work) => {
      const since = now();
      let seen = -1;
      let last = Number.NEGATIVE_INFINITY;
      const look = (): void => {
        const at = now();
        const isEmpty = count === seen;
        if (at - since >= (isEmpty ? LIMITS.turnWaitMs : LIMITS.doorWaitMs) || (isEmpty && at - last < QUIET_MS)) return work();
        seen = count;
        last = at;
        setImmediate(look);
      };
      setImmediate(look);
    },
    isBusy: () => {
      const at = now();
      if (at - sample.at >= LATELY_MS) {
        const used = performance.eventLoopUtilization();
        sample = { at, used, isFull: performance.eventLoopUtilization(used, sample.used).utilization >= FULL };
      }
      return sample.isFull;
    },
  };
}
