/** A turn in a line: free it when done. */
export type Release = () => void;

interface Line {
  free: number;
  readonly waiting: (() => void)[];
}

/**
 * So many at once for each key, first come first served. Waiting ends with the signal: then nothing was taken
 * and null is returned.
 */
export function newLocks(): { readonly take: (key: string, atOnce: number, signal: AbortSignal) => Promise<Release | null> } {
  const lines = new Map<string, Line>();
  const leave = (key: string, line: Line, atOnce: number): void => {
    const next = line.waiting.shift();
    if (next) return next();
    line.free++;
    if (line.free >= atOnce) lines.delete(key);
  };
  return {
    take: async (key, atOnce, signal) => {
      if (signal.aborted) return null;
      const line = lines.get(key) ?? { free: atOnce, waiting: [] };
      lines.set(key, line);
      const release = (): void => leave(key, line, atOnce);
      if (line.free > 0) {
        line.free--;
        return once(release);
      }
      return await new Promise((resolve) => {
        const turn = (): void => {
          signal.removeEventListener("abort", give);
          resolve(once(release));
        };
        const give = (): void => {
          line.waiting.splice(line.waiting.indexOf(turn), 1);
          resolve(null);
        };
        signal.addEventListener("abort", give, { once: true });
        line.waiting.push(turn);
      });
    },
  };
}

function once(release: Release): Release {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    release();
  };
}
