import { isArray, LIMITS, ok, type Result } from "../../../../core/index.ts";
import type { Notes } from "../../notes.ts";

/** The messages in which answers grow, by what they answer. Durable, so that a crash leaves none beside its answer. */
export interface KeptDrafts {
  readonly get: (key: string) => number | undefined;
  /** A failure means that only this process knows it. */
  readonly set: (key: string, message: number) => Result<void>;
}

export function keptDrafts(notes: Notes): KeptDrafts {
  let known: Map<string, number> | undefined;
  const all = (): Map<string, number> => {
    if (known) return known;
    const found = notes.get();
    const list = found.ok && isArray(found.value) ? found.value : [];
    const pairs = list.flatMap((each): [string, number][] => {
      const [key, message] = isArray(each) ? each : [];
      return typeof key === "string" && typeof message === "number" ? [[key, message]] : [];
    });
    if (!found.ok) return new Map(pairs);
    return (known = new Map(pairs));
  };
  return {
    get: (key) => all().get(key),
    set: (key, message) => {
      const map = all();
      map.set(key, message);
      if (map.size > LIMITS.channelDrafts) for (const oldest of map.keys()) if (map.delete(oldest)) break;
      const kept = notes.set([...map].map(([each, number]) => [each, number]));
      if (kept.ok) return ok(undefined);
      map.delete(key);
      return kept;
    },
  };
}
