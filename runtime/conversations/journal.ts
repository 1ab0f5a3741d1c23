import { fail, InternalError, LIMITS, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

type Work<T> = (records: SealedRecords) => Result<T>;

/** The one hand on the sealed records: what is written at the same time is written in one transaction. */
export interface Journal {
  /** All of it or nothing; durable when it resolves. `work` may be run again by nobody: it runs once. */
  readonly write: <T>(work: Work<T>) => Promise<Result<T>>;
  readonly read: <T>(work: Work<T>) => Result<T>;
  /** Resolves when everything that was asked for is written. */
  readonly settled: () => Promise<void>;
  /** More is asked for than is written: who can come again is better told so now than answered in seconds. */
  readonly isLate: () => boolean;
}

export interface JournalOptions {
  /** Runs what writes, in a turn of its own. */
  readonly later?: ((work: () => void) => void) | undefined;
  /** Milliseconds that never go back. */
  readonly now?: (() => number) | undefined;
}

interface Waiting {
  readonly since: number;
  readonly work: Work<unknown>;
  readonly done: (result: Result<unknown>) => void;
}

/**
 * @param withRecords - Opens the records for as long as `work` runs, or hands out those that are open.
 */
export function newJournal(withRecords: <T>(work: Work<T>) => Result<T>, options: JournalOptions = {}): Journal {
  const { later = (work) => void setImmediate(work), now = () => performance.now() } = options;
  let waiting: Waiting[] = [];
  let next: Promise<void> | null = null;
  const flush = (): void => {
    next = null;
    const due = waiting.slice(0, LIMITS.writesTogether);
    waiting = waiting.slice(LIMITS.writesTogether);
    if (waiting.length > 0) schedule();
    const results = withRecords((records) => records.each(due.map(({ work }) => work)));
    for (const [i, { done }] of due.entries()) {
      const result = results.ok ? results.value[i] : fail(...results.diagnostics);
      if (!result) throw new InternalError("runtime/conversations: a work without a result");
      done(result);
    }
  };
  const schedule = (): void => {
    next ??= new Promise<void>((resolve) => {
      later(() => {
        flush();
        resolve();
      });
    });
  };
  return {
    write: <T>(work: Work<T>) =>
      new Promise<Result<T>>((resolve) => {
        waiting.push({ since: now(), work, done: resolve as (result: Result<unknown>) => void });
        schedule();
      }),
    read: withRecords,
    isLate: () => waiting.length > LIMITS.writesTogether && now() - (waiting[0]?.since ?? Number.POSITIVE_INFINITY) > LIMITS.writesLateMs,
    settled: async () => {
      while (waiting.length > 0) await next;
    },
  };
}
