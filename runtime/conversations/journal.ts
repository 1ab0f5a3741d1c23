import { fail, InternalError, LIMITS, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

type Work<T> = (records: SealedRecords) => Result<T>;

/** The one hand on the sealed records: what is written at the same time is written in one transaction. */
export interface Journal {
  /** All of it or nothing; durable when it resolves. `work` may be run again by nobody: it runs once. Rejects where `work` throws. */
  readonly write: <T>(work: Work<T>) => Promise<Result<T>>;
  /** The same for what begins something: it waits behind what was begun, so that more of it does not make everything late. */
  readonly begin: <T>(work: Work<T>) => Promise<Result<T>>;
  readonly read: <T>(work: Work<T>) => Result<T>;
  /** Resolves when everything that was asked for is written. */
  readonly settled: () => Promise<void>;
}

interface Waiting {
  readonly work: Work<unknown>;
  readonly done: (result: Result<unknown>) => void;
  readonly broke: (error: unknown) => void;
}

const TOLD_AT_ONCE = 32;

/**
 * @param withRecords - Opens the records for as long as `work` runs, or hands out those that are open.
 * @param later - Runs what writes, in a turn of the event loop of its own.
 */
export function newJournal(withRecords: <T>(work: Work<T>) => Result<T>, later: (work: () => void) => void = setImmediate): Journal {
  let begun: Waiting[] = [];
  let fresh: Waiting[] = [];
  let untold = 0;
  let next: Promise<void> | null = null;
  const flush = (): void => {
    next = null;
    const due = begun.slice(0, LIMITS.writesTogether);
    begun = begun.slice(due.length);
    const room = LIMITS.writesTogether - due.length;
    due.push(...fresh.slice(0, room));
    fresh = fresh.slice(room);
    if (begun.length + fresh.length > 0) schedule();
    untold += due.length;
    tell(writeAll(due));
  };
  const writeAll = (due: readonly Waiting[]): readonly (() => void)[] => {
    const broken = new Map<Waiting, unknown>();
    try {
      const results = withRecords((records) => records.each(due.map((each) => apart(each, broken))));
      return due.map((each, i) => {
        const result = results.ok ? results.value[i] : fail(...results.diagnostics);
        if (result && !broken.has(each)) return () => each.done(result);
        return () => each.broke(broken.get(each) ?? new InternalError("runtime/conversations: a work without a result"));
      });
    } catch (error) {
      // Nothing was written, and everybody who waits hears so.
      return due.map((each) => () => each.broke(error));
    }
  };
  /** What follows upon a write takes longer than the write: a part of it in each turn, so that others are heard between. */
  const tell = (answers: readonly (() => void)[]): void => {
    if (answers.length > TOLD_AT_ONCE) setImmediate(() => tell(answers.slice(TOLD_AT_ONCE)));
    for (const answer of answers.slice(0, TOLD_AT_ONCE)) {
      untold--;
      answer();
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
  const wait = <T>(line: () => Waiting[], work: Work<T>): Promise<Result<T>> =>
    new Promise<Result<T>>((resolve, reject) => {
      line().push({ work, done: resolve as (result: Result<unknown>) => void, broke: reject });
      schedule();
    });
  return {
    write: (work) => wait(() => begun, work),
    begin: (work) => wait(() => fresh, work),
    read: withRecords,
    settled: async () => {
      while (begun.length + fresh.length + untold > 0) await (next ?? new Promise((resolve) => setImmediate(resolve)));
    },
  };
}

/** A fault of our own in one work fails that work, and undoes what it wrote; what the store throws stays the store's. */
function apart(each: Waiting, broken: Map<Waiting, unknown>): Work<unknown> {
  return (records) => {
    try {
      return each.work(records);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError || error instanceof InternalError)) throw error;
      broken.set(each, error);
      return fail();
    }
  };
}
