/** So many at once, so many more waiting, in the order they came. */
export interface Turns {
  /** @returns what ends the turn; null when the queue is full, the wait too long, or the signal came first. */
  readonly take: (waitMs: number, signal: AbortSignal) => Promise<(() => void) | null>;
}

export function newTurns(atOnce: number, mostWaiting: number): Turns {
  let taken = 0;
  const waiting = new Set<() => void>();
  const free = (): void => {
    const [next] = waiting;
    if (!next) return void taken--;
    waiting.delete(next);
    next();
  };
  const once = (): (() => void) => {
    let isFreed = false;
    return () => {
      if (!isFreed) free();
      isFreed = true;
    };
  };
  return {
    take: (waitMs, signal) => {
      if (signal.aborted) return Promise.resolve(null);
      if (taken < atOnce) {
        taken++;
        return Promise.resolve(once());
      }
      if (waiting.size >= mostWaiting) return Promise.resolve(null);
      return new Promise((resolve) => {
        const end = (turn: (() => void) | null): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", leave);
          waiting.delete(enter);
          resolve(turn);
        };
        const enter = (): void => end(once());
        const leave = (): void => end(null);
        const timer = setTimeout(leave, waitMs);
        signal.addEventListener("abort", leave, { once: true });
        waiting.add(enter);
      });
    },
  };
}
