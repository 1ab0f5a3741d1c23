/** The largest first. Some entries are open; once none is left, the rest need not be looked at. */
export interface PriorityQueue<T> {
  push(item: T, isOpen: boolean): void;
  pop(): T | undefined;
  isOpen(): boolean;
}

interface Entry<T> {
  readonly item: T;
  readonly rank: number;
  readonly isOpen: boolean;
}

/** A binary heap. */
export function newQueue<T>(rankOf: (item: T) => number): PriorityQueue<T> {
  const heap: Entry<T>[] = [];
  let open = 0;
  const isBefore = (a: number, b: number): boolean =>
    (heap[a]?.rank ?? Number.NEGATIVE_INFINITY) > (heap[b]?.rank ?? Number.NEGATIVE_INFINITY);
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) [heap[a], heap[b]] = [y, x];
  };
  const sink = (): void => {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const best = isBefore(right, left) ? right : left;
      if (!isBefore(best, at)) return;
      swap(at, best);
      at = best;
    }
  };
  return {
    isOpen: () => open > 0,
    push: (item, isOpen) => {
      heap.push({ item, rank: rankOf(item), isOpen });
      if (isOpen) open++;
      for (let at = heap.length - 1; at > 0 && isBefore(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
    },
    pop: () => {
      swap(0, heap.length - 1);
      const last = heap.pop();
      if (!last) return undefined;
      if (last.isOpen) open--;
      sink();
      return last.item;
    },
  };
}
