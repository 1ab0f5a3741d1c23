import { ok, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** Whether the store takes what is written: a full disk is told once, and noticed again when there is room. */
export interface WriteWatch {
  /** The same records, whose writes are watched. */
  readonly watch: (records: SealedRecords) => SealedRecords;
  /** Why nothing can be written now; null where it can. Tries again, at most once in {@link PROBE_MS}. */
  readonly trouble: () => string | null;
}

/** The slot that is written to see whether there is room again. */
const PROBE_SLOT = "probe/write";
/** As much as a message takes: less may fit where a message does not. */
const PROBE_BYTES = 8_192;
const PROBE_MS = 1_000;

/** @param tell - Called when it begins, with the reason, and when it is over, with null. */
export function newWriteWatch(tell: (reason: string | null) => void, now: () => number = () => performance.now()): WriteWatch {
  let why: string | null = null;
  let probedAt = Number.NEGATIVE_INFINITY;
  let probe: () => Result<unknown> = () => ok(undefined);
  const set = (next: string | null): void => {
    if (next === why) return;
    why = next;
    tell(next);
  };
  const seen = <T>(result: Result<T>): Result<T> => {
    const no = result.ok ? undefined : result.diagnostics.find(({ code }) => code === "STORE_UNAVAILABLE");
    // Any other failure says nothing about the disk.
    if (result.ok || no) set(no?.detail ?? null);
    return result;
  };
  return {
    watch: (records) => {
      probe = () => seen(records.put(PROBE_SLOT, Buffer.alloc(PROBE_BYTES)));
      return {
        ...records,
        put: (...args) => seen(records.put(...args)),
        append: (...args) => seen(records.append(...args)),
        update: (...args) => seen(records.update(...args)),
        change: (...args) => seen(records.change(...args)),
        remove: (...args) => seen(records.remove(...args)),
        together: (work) => seen(records.together(work)),
        each: (works) => {
          const all = records.each(works);
          for (const one of all.ok ? all.value : []) if (!one.ok) seen(one);
          return all.ok ? all : seen(all);
        },
      };
    },
    trouble: () => {
      if (why !== null && now() - probedAt >= PROBE_MS) {
        probedAt = now();
        probe();
      }
      return why;
    },
  };
}
