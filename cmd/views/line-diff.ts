/** One line of a difference between two texts. `skip` stands for unchanged lines that are left out. */
export type DiffLine =
  | { readonly kind: "same" | "add" | "remove"; readonly text: string }
  | { readonly kind: "skip"; readonly count: number };

/** Beyond this many differing lines the two middles are shown whole, one after the other: still true, and linear. */
const MAX_COMPARED_LINES = 2_000;

/**
 * The lines in which two texts differ, with a little around them.
 *
 * @param context - Unchanged lines kept on either side of a change.
 */
export function lineDiff(old: readonly string[], now: readonly string[], context: number = 1): readonly DiffLine[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const lines: DiffLine[] = [
    ...old.slice(0, head).map(same),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
  return folded(lines, context);
}

function same(text: string): DiffLine {
  return { kind: "same", text };
}

/** A longest common subsequence by dynamic programming, within the limit. */
function middle(old: readonly string[], now: readonly string[]): DiffLine[] {
  const whole = (): DiffLine[] => [
    ...old.map((text): DiffLine => ({ kind: "remove", text })),
    ...now.map((text): DiffLine => ({ kind: "add", text })),
  ];
  if (old.length === 0 || now.length === 0 || old.length + now.length > MAX_COMPARED_LINES) return whole();
  const columns = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * columns);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const at = i * columns + j;
      lengths[at] = old[i] === now[j] ? (lengths[at + columns + 1] ?? 0) + 1 : Math.max(lengths[at + columns] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return walk(old, now, lengths, columns);
}

function walk(old: readonly string[], now: readonly string[], lengths: Uint16Array, columns: number): DiffLine[] {
  const out: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const below = i < old.length ? (lengths[(i + 1) * columns + j] ?? 0) : -1;
    const beside = j < now.length ? (lengths[i * columns + j + 1] ?? 0) : -1;
    if (i < old.length && j < now.length && old[i] === now[j]) {
      out.push(same(old[i] ?? ""));
      i++;
      j++;
    } else if (below >= beside) out.push({ kind: "remove", text: old[i++] ?? "" });
    else out.push({ kind: "add", text: now[j++] ?? "" });
  }
  return out;
}

/** Runs of unchanged lines that are far from any change become one `skip`. */
function folded(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  const isNear = new Uint8Array(lines.length);
  lines.forEach((line, i) => {
    if (line.kind === "same") return;
    isNear.fill(1, Math.max(0, i - context), i + context + 1);
  });
  const out: DiffLine[] = [];
  let skipped = 0;
  lines.forEach((line, i) => {
    if (isNear[i] === 1) {
      if (skipped > 0) out.push({ kind: "skip", count: skipped });
      skipped = 0;
      out.push(line);
    } else skipped++;
  });
  if (skipped > 0) out.push({ kind: "skip", count: skipped });
  return out;
}
