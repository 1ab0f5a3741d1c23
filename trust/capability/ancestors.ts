import type { Condensed } from "./condensed.ts";
import { listed } from "./graph.ts";

/** How many components are followed downwards at once. */
export const BITS_IN_CHUNK = 2_048;
const WORDS = BITS_IN_CHUNK / 32;

const NONE = new Uint32Array(WORDS);

/**
 * Which of some components lead to a component, themselves included: a row of bits for each that is kept,
 * filled from those above it.
 *
 * @param columns - At most {@link BITS_IN_CHUNK}; negative numbers stand for what is not there.
 */
export function ancestorBits({ isKept, previous }: Condensed, columns: readonly number[]): (component: number) => Uint32Array {
  // Nothing above the highest column is led to by any.
  const top = columns.reduce((most, each) => Math.max(most, each), -1);
  const places = new Int32Array(top + 1).fill(-1);
  let kept = 0;
  for (let component = 0; component <= top; component++) if (isKept[component] === 1) places[component] = kept++;
  const rows = new Uint32Array(kept * WORDS);
  for (const [bit, component] of columns.entries()) {
    const place = places[component] ?? -1;
    if (place >= 0) rows[place * WORDS + (bit >>> 5)] = (rows[place * WORDS + (bit >>> 5)] ?? 0) | (1 << (bit & 31));
  }
  // Successors have lower numbers: from the highest down, each row is complete before it is handed on.
  for (let component = top; component >= 0; component--) {
    const place = places[component] ?? -1;
    if (place < 0) continue;
    for (const from of listed(previous, component)) if (from <= top) include(rows, place * WORDS, (places[from] ?? 0) * WORDS);
  }
  return (component) => {
    const place = places[component] ?? -1;
    return place < 0 ? NONE : rows.subarray(place * WORDS, (place + 1) * WORDS);
  };
}

function include(rows: Uint32Array, into: number, from: number): void {
  for (let i = 0; i < WORDS; i++) rows[into + i] = (rows[into + i] ?? 0) | (rows[from + i] ?? 0);
}

/** Adds up what bits stand for; `not` takes some away. Where all of a word weigh the same, its bits are counted at once. */
export function scaleOf(weights: readonly number[]): (words: Uint32Array, not?: Uint32Array) => number {
  const even = Array.from({ length: Math.ceil(weights.length / 32) }, (_, i) => {
    const [first, ...rest] = weights.slice(i * 32, i * 32 + 32);
    return rest.every((each) => each === first) ? first : undefined;
  });
  return (words, not = NONE) => {
    let sum = 0;
    for (let i = 0; i < even.length; i++) {
      let word = (words[i] ?? 0) & ~(not[i] ?? 0);
      if (word === 0) continue;
      const each = even[i];
      if (each !== undefined) sum += each * countBits(word);
      else for (; word !== 0; word &= word - 1) sum += weights[i * 32 + lowestBit(word)] ?? 0;
    }
    return sum;
  };
}

/** Bits are added in pairs, then in fours, then in bytes. */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** The numbers of the bits that are set, in order, those in `not` left out. */
export function* bitsOf(words: Uint32Array, not: Uint32Array = NONE): Iterable<number> {
  for (let i = 0; i < words.length; i++) {
    for (let word = (words[i] ?? 0) & ~(not[i] ?? 0); word !== 0; word &= word - 1) yield i * 32 + lowestBit(word);
  }
}
