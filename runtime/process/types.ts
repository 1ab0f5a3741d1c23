import type { Result } from "../../core/index.ts";

/** A part of the running gateway. Parts start in order and stop in the opposite one. */
export interface Part {
  readonly name: string;
  readonly start: (signal: AbortSignal) => Promise<Result<void>>;
  /** Ends everything it began; called also when `start` failed. Never throws for what is gone already. */
  readonly stop: () => Promise<void>;
}

/** What became of stopping. */
export interface Stopped {
  /** Parts that did not end in time and were left to the end of the process. */
  readonly late: readonly string[];
  readonly ms: number;
}
