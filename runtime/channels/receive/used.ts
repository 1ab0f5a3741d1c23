import { LIMITS, ok, type Result } from "../../../core/index.ts";
import type { SealedRecords } from "../../store/index.ts";

/** What counts once: used up for as long as it could come again, also for the process after this one. */
export interface Used {
  /** `full`: no more can be remembered for now, so that nothing is taken that could come again. @param until - Milliseconds. */
  readonly use: (name: string, until: number) => Promise<Result<"new" | "used" | "full">>;
  /** Nothing came of it: this process takes it once more. */
  readonly drop: (name: string) => void;
}

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

/** What comes in so short a time is one durable write. */
const TOGETHER_MS = 20;

/** One entry in a sealed slot for each; those whose time is over go with the next one. */
export function usedAt(records: () => SealedRecords, slot: string, now: () => number, most: number): Used {
  let known: Map<string, Entry> | undefined;
  let waiting: Waiting[] = [];
  let written = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    written = performance.now();
    const first = [...(known?.values() ?? [])].find(({ number }) => number > 0)?.number;
    const put = records().update(slot, {
      append: batch.map(({ name, entry: { until } }) => Buffer.from(JSON.stringify({ v: 1, name, until }))),
      dropBefore: (next) => first ?? next,
    });
    for (const [i, { name, entry, settle }] of batch.entries()) {
      if (put.ok) entry.number = put.value + i;
      else if (known?.get(name) === entry) known.delete(name);
      settle(put);
    }
  };
  const write = (name: string, entry: Entry): Promise<Result<number>> => {
    const { promise, resolve } = Promise.withResolvers<Result<number>>();
    if (waiting.length === 0) setTimeout(flush, Math.max(0, written + TOGETHER_MS - performance.now()));
    waiting.push({ name, entry, settle: resolve });
    return promise;
  };
  return {
    use: async (name, until) => {
      const all = known ? ok(known) : load(records(), slot);
      if (!all.ok) return all;
      known = all.value;
      for (const [each, entry] of known) {
        if (entry.until > now()) break;
        known.delete(each);
      }
      if (known.has(name)) return ok("used");
      if (known.size >= most) return ok("full");
      const entry = { until, number: 0 };
      known.set(name, entry);
      const put = await write(name, entry);
      return put.ok ? ok("new") : put;
    },
    drop: (name) => void known?.delete(name),
  };
}

function load(records: SealedRecords, slot: string): Result<Map<string, Entry>> {
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
  }
  return ok(all);
}
