import type { Closure } from "./closure.ts";
import { listed } from "./graph.ts";

/** How many nodes are followed downwards at once. */
export const BITS_IN_CHUNK = 2_048;
const WORDS = BITS_IN_CHUNK / 32;

const NONE = new Uint32Array(WORDS);

/**
 * Which of some nodes lead to a node: a row of bits for each component, filled from those above it.
 *
 * @param columns - The nodes, at most {@link BITS_IN_CHUNK}; negative numbers stand for nodes that are not in this graph.
 */
export function ancestorBits({ graph, components }: Closure, columns: readonly number[]): (node: number) => Uint32Array {
  const rows = new Uint32Array(components.count * WORDS);
  for (const [bit, node] of columns.entries()) {
    if (node < 0) continue;
    const at = (components.of[node] ?? 0) * WORDS + (bit >>> 5);
    rows[at] = (rows[at] ?? 0) | (1 << (bit & 31));
  }
  // Successors have lower numbers: from the highest down, each row is complete before it is handed on.
  for (let component = components.count - 1; component >= 0; component--) {
    for (const member of listed(components.members, component)) {
      const { start, to } = graph.previous;
      for (let place = start[member] ?? 0; place < (start[member + 1] ?? 0); place++) {
        const from = components.of[to[place] ?? 0] ?? 0;
        if (from !== component) include(rows, component * WORDS, from * WORDS);
      }
    }
  }
  return (node) => {
    const component = node < 0 ? -1 : (components.of[node] ?? -1);
    return component < 0 ? NONE : rows.subarray(component * WORDS, (component + 1) * WORDS);
  };
}

function include(rows: Uint32Array, into: number, from: number): void {
  for (let i = 0; i < WORDS; i++) rows[into + i] = (rows[into + i] ?? 0) | (rows[from + i] ?? 0);
}

export function without(words: Uint32Array, others: Uint32Array): Uint32Array {
  return words.map((word, i) => word & ~(others[i] ?? 0));
}

export function countBits(words: Uint32Array): number {
  let sum = 0;
  for (const word of words) {
    if (word === 0) continue;
    // Bits are added in pairs, then in fours, then in bytes.
    const pairs = word - ((word >>> 1) & 0x55555555);
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    sum += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}

/** The numbers of the first bits that are set, also in `mask` where there is one. */
export function firstBits(words: Uint32Array, most: number, mask?: Uint32Array): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < words.length && found.length < most; i++) {
    let word = (words[i] ?? 0) & (mask?.[i] ?? -1);
    for (; word !== 0 && found.length < most; word &= word - 1) found.push(i * 32 + 31 - Math.clz32(word & -word));
  }
  return found;
}
