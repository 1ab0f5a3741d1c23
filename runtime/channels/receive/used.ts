import { LIMITS, ok, type Result } from "../../../core/index.ts";
import type { SealedRecords } from "../../store/index.ts";

/** What counts once: used up for as long as it could come again, also for the process after this one. */
export interface Used {
  /** `full`: no more can be remembered for now, so that nothing is taken that could come again. @param until - Milliseconds. */
  readonly use: (name: string, until: number) => Result<"new" | "used" | "full">;
}

interface Entry {
  readonly until: number;
  readonly number: number;
}

/** One entry in a sealed slot for each; those whose time is over go with the next one. */
export function usedAt(records: () => SealedRecords, slot: string, now: () => number, most: number): Used {
  let known: Map<string, Entry> | undefined;
  const oldest = (all: ReadonlyMap<string, Entry>, next: number): number => all.values().next().value?.number ?? next;
  return {
    use: (name, until) => {
      const all = known ? ok(known) : load(records(), slot);
      if (!all.ok) return all;
      known = all.value;
      for (const [each, entry] of known) {
        if (entry.until > now()) break;
        known.delete(each);
      }
      if (known.has(name)) return ok("used");
      if (known.size >= most) return ok("full");
      const kept = known;
      const put = records().update(slot, {
        append: [Buffer.from(JSON.stringify({ v: 1, name, until }))],
        dropBefore: (next) => oldest(kept, next),
      });
      if (!put.ok) return put;
      known.set(name, { until, number: put.value });
      return ok("new");
    },
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
