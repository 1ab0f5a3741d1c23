import { LIMITS, ok, type Result } from "../../../core/index.ts";
import type { SealedRecords } from "../../store/index.ts";

/** What counts once: used up for as long as it could come again, also for the process after this one. */
export interface Used {
  /** `full`: no more can be remembered for now, so that nothing is taken that could come again. @param until - Milliseconds. */
  readonly use: (name: string, until: number) => Promise<Result<Use>>;
  /** Nothing came of it: this process takes it once more. */
  readonly drop: (name: string) => void;
}

export type Use =
  | { readonly is: "used" }
  | { readonly is: "full" }
  /** What is written after it was used is never durable before `written` is. */
  | { readonly is: "new"; readonly written: Promise<Result<unknown>> };

/** Runs work in a transaction with what others write, in the order in which it was asked for. */
export type Together = <T>(work: (records: SealedRecords) => Result<T>) => Promise<Result<T>>;

interface Entry {
  readonly until: number;
  /** In the slot; 0 before it is written. */
  number: number;
}

interface Waiting {
  readonly name: string;
  readonly entry: Entry;
  readonly settle: (put: Result<number>) => void;
}

export interface UsedWorld {
  readonly records: () => SealedRecords;
  readonly together: Together;
  /** Milliseconds of the clock that `until` is of. */
  readonly now: () => number;
}

/** One entry in a sealed slot for each; those whose time is over go with the next one. */
export function usedAt({ records, together, now }: UsedWorld, slot: string, most: number): Used {
  let known: Map<string, Entry> | undefined;
  let loading: Promise<Result<Map<string, Entry>>> | undefined;
  let waiting: Waiting[] = [];
  const append = (all: SealedRecords, batch: readonly Waiting[]): Result<number> => {
    const first = firstWritten(known?.values() ?? []);
    return all.update(slot, {
      append: batch.map(({ name, entry: { until } }) => Buffer.from(JSON.stringify({ v: 1, name, until }))),
      dropBefore: (next) => first ?? next,
    });
  };
  /** All that are used until it is their turn are written by it. */
  const flush = async (): Promise<void> => {
    let batch: readonly Waiting[] = [];
    const put = await together((all) => {
      batch = waiting;
      waiting = [];
      return append(all, batch);
    });
    if (!put.ok && batch.length === 0) {
      // The store did not even begin.
      batch = waiting;
      waiting = [];
    }
    for (const [i, { name, entry, settle }] of batch.entries()) {
      if (put.ok) entry.number = put.value + i;
      else if (known?.get(name) === entry) known.delete(name);
      settle(put);
    }
  };
  const write = (name: string, entry: Entry): Promise<Result<number>> => {
    const { promise, resolve } = Promise.withResolvers<Result<number>>();
    waiting.push({ name, entry, settle: resolve });
    if (waiting.length === 1) void flush();
    return promise;
  };
  return {
    use: async (name, until) => {
      if (!known) {
        const all = await (loading ??= load(records(), slot));
        loading = undefined;
        if (!all.ok) return all;
        known ??= all.value;
      }
      for (const [each, entry] of known) {
        if (entry.until > now()) break;
        known.delete(each);
      }
      if (known.has(name)) return ok({ is: "used" });
      if (known.size >= most) return ok({ is: "full" });
      const entry = { until, number: 0 };
      known.set(name, entry);
      return ok({ is: "new", written: write(name, entry) });
    },
    drop: (name) => void known?.delete(name),
  };
}

function firstWritten(entries: Iterable<Entry>): number | undefined {
  for (const { number } of entries) if (number > 0) return number;
  return undefined;
}

/** There may be very many: others are heard between the parts. */
async function load(records: SealedRecords, slot: string): Promise<Result<Map<string, Entry>>> {
  const all = new Map<string, Entry>();
  const head = records.get(slot);
  if (!head.ok) return head;
  for (let from = (head.value?.trimmed ?? 0) + 1; from <= (head.value?.entries ?? 0); from += LIMITS.recordsRead) {
    const page = records.read(slot, { from, limit: LIMITS.recordsRead });
    if (!page.ok) return page;
    for (const [i, bytes] of page.value.entries()) {
      const { name, until } = JSON.parse(Buffer.from(bytes).toString("utf8")) as { readonly name: string; readonly until: number };
      all.set(name, { until, number: from + i });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ok(all);
}
