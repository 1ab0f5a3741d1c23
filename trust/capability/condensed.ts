import type { Closure } from "./closure.ts";
import { listed, listsOf, type Lists } from "./graph.ts";

/** Components that lead to some nodes, and how they lead to each other: each step once, none from one to itself. */
export interface Condensed {
  /** One for each component that leads to the nodes, theirs among them. */
  readonly isKept: Uint8Array;
  readonly next: Lists;
  readonly previous: Lists;
}

/** Linear in what leads to the nodes. */
export function condensedAbove({ graph, components }: Closure, nodes: Iterable<number>): Condensed {
  const { of, members, count } = components;
  const isKept = new Uint8Array(count);
  const queue: number[] = [];
  const keep = (component: number): void => {
    if (isKept[component] === 1) return;
    isKept[component] = 1;
    queue.push(component);
  };
  for (const node of nodes) if (node >= 0) keep(of[node] ?? 0);
  const froms: number[] = [];
  const tos: number[] = [];
  // Which component was last seen to lead on from each: a step that is there twice is told at once.
  const last = new Int32Array(count).fill(-1);
  for (let to = queue.pop(); to !== undefined; to = queue.pop()) {
    for (const member of listed(members, to)) {
      for (const node of listed(graph.previous, member)) {
        const from = of[node] ?? 0;
        if (from === to || last[from] === to) continue;
        last[from] = to;
        froms.push(from);
        tos.push(to);
        keep(from);
      }
    }
  }
  const [from, to] = [Int32Array.from(froms), Int32Array.from(tos)];
  return { isKept, next: listsOf(count, from, to), previous: listsOf(count, to, from) };
}

export function degree({ start }: Lists, i: number): number {
  return (start[i + 1] ?? 0) - (start[i] ?? 0);
}
