/**
 * Lists of segments with whole-segment wildcards: `*` stands for exactly one segment that is not
 * empty, a final `**` for any number of segments, none included. Because a wildcard never covers part
 * of a segment and `**` stands last, containment and intersection need one walk and are exact.
 */
export interface Segments {
  /** Null is `*`. */
  readonly items: readonly (string | null)[];
  /** Ends in `**`. */
  readonly tail: boolean;
}

export const ANY_SEGMENTS: Segments = { items: [], tail: true };

export function segmentsContain(outer: Segments, inner: Segments): boolean {
  const { items } = outer;
  if (outer.tail ? inner.items.length < items.length : inner.tail || inner.items.length !== items.length) return false;
  return items.every((item, i) => segmentContains(item, inner.items[i] ?? null));
}

export function intersectSegments(a: Segments, b: Segments): Segments | undefined {
  const [short, long] = a.items.length <= b.items.length ? [a, b] : [b, a];
  if (short.items.length < long.items.length && !short.tail) return undefined;
  const items: (string | null)[] = [];
  for (const [i, item] of long.items.entries()) {
    const other = i < short.items.length ? short.items[i] : item;
    const both = intersectSegment(item, other ?? null);
    if (both === undefined) return undefined;
    items.push(both);
  }
  return { items, tail: short.tail && long.tail };
}

/** @param encode - Writes one literal segment in its canonical form. */
export function segmentsText(path: Segments, encode: (segment: string) => string = (segment) => segment): string {
  const parts = path.items.map((item) => (item === null ? "*" : encode(item)));
  return (path.tail ? [...parts, "**"] : parts).join("/");
}

function segmentContains(outer: string | null, inner: string | null): boolean {
  return outer === null ? inner !== "" : outer === inner;
}

function intersectSegment(a: string | null, b: string | null): string | null | undefined {
  if (a === b) return a;
  if (a === null) return b === "" ? undefined : b;
  if (b === null) return a === "" ? undefined : a;
  return undefined;
}
