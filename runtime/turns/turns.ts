import { LIMITS } from "../../core/index.ts";

export interface Turns {
  /** A connection was let in: more may stand behind it. */
  readonly entered: () => void;
  /** Runs `work` in a turn in which nobody stood at the door, soon in any case. */
  readonly next: (work: () => void) => void;
}

/** @param now - Milliseconds that never go back. */
export function newTurns(now: () => number = () => performance.now()): Turns {
  /** How many were let in so far. */
  let count = 0;
  return {
    entered: () => void count++,
    next: (work) => {
      const until = now() + LIMITS.turnWaitMs;
      // The door is looked at once in any case: what comes in with it is written together.
      let seen = -1;
      const look = (): void => {
        // A turn with nothing else in it takes microseconds: as many connections are let in meanwhile.
        if (count === seen || now() >= until) return work();
        seen = count;
        setImmediate(look);
      };
      setImmediate(look);
    },
  };
}
