import { isArray, isObject, LIMITS, ok, type Result } from "../../../core/index.ts";
import type { Notes } from "../notes.ts";

/** How far each of the last answers got: a part that the platform took is not sent again, also after a crash. */
export interface SentParts {
  readonly count: (id: string) => Result<number>;
  readonly set: (id: string, parts: number) => Result<void>;
}

export function sentParts(notes: Notes): SentParts {
  let known: Map<string, number> | undefined;
  const load = (): Result<Map<string, number>> => {
    if (known) return ok(known);
    const found = notes.get();
    if (!found.ok) return found;
    const list = isArray(found.value) ? found.value.filter(isObject) : [];
    known = new Map(list.flatMap(({ id, parts }) => (typeof id === "string" && typeof parts === "number" ? [[id, parts] as const] : [])));
    return ok(known);
  };
  return {
    count: (id) => {
      const loaded = load();
      return loaded.ok ? ok(loaded.value.get(id) ?? 0) : loaded;
    },
    set: (id, parts) => {
      const loaded = load();
      if (!loaded.ok) return loaded;
      const map = loaded.value;
      map.delete(id);
      map.set(id, parts);
      if (map.size > LIMITS.channelSent) for (const oldest of map.keys()) if (map.delete(oldest)) break;
      return notes.set([...map].map(([each, count]) => ({ id: each, parts: count })));
    },
  };
}
