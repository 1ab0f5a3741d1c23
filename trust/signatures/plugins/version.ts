/** Which of two semver versions is older: negative when `a` is. Build metadata does not count. Source: semver 2.0.0, 11. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (x.numbers[i] ?? 0) - (y.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePre(x.pre, y.pre);
}

interface Parts {
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
}

function parts(version: string): Parts {
  const [plain = ""] = version.split("+");
  const dash = plain.indexOf("-");
  const numbers = (dash < 0 ? plain : plain.slice(0, dash)).split(".").map(Number);
  return { numbers, pre: dash < 0 ? [] : plain.slice(dash + 1).split(".") };
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  // A version without is newer than one with.
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined) return 1;
    const difference = compareIdentifier(x, y);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareIdentifier(a: string, b: string): number {
  const [isA, isB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isA && isB) return Number(a) - Number(b);
  if (isA !== isB) return isA ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
