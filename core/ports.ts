/** The clock as a value source, so that pure stages and tests choose the time. */
export interface Clock {
  now(): Date;
}

/** Unique names for records and sessions; random in production, counted in tests. */
export interface Ids {
  /** 128 random bits or more, as lower-case text without separators. */
  next(): string;
}

export const systemClock: Clock = { now: () => new Date() };
