/** Remembers the last so many keys and what became of them. */
export interface Seen<T> {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
  readonly drop: (key: string) => void;
}

export function newSeen<T>(most: number): Seen<T> {
  const known = new Map<string, T>();
  return {
    get: (key) => known.get(key),
    drop: (key) => void known.delete(key),
    set: (key, value) => {
      known.delete(key);
      known.set(key, value);
      if (known.size > most) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    },
  };
}
