import { text, type HostBuiltin } from "./values.ts";

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

interface Version {
  readonly numbers: readonly bigint[];
  readonly before: readonly string[];
}

function versionOf(value: string): Version {
  const [, major, minor, patch, before] = VERSION.exec(value) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) throw new Error("an argument is not a semantic version");
  const numbers = [major, minor, patch].map(BigInt);
  if (numbers.some((each) => BigInt.asIntN(64, each) !== each)) throw new Error("a number of the version is too large");
  return { numbers, before: before === undefined ? [] : before.split(".") };
}

/** Source: Semantic Versioning 2.0.0, section 11. Build metadata does not count. */
export const compare: HostBuiltin = (a, b) => {
  const [left, right] = [versionOf(text(a)), versionOf(text(b))];
  const numbers = order(left.numbers, right.numbers, (x, y) => (x < y ? -1 : x > y ? 1 : 0));
  if (numbers !== 0) return numbers;
  if (left.before.length === 0 || right.before.length === 0) return Math.sign(right.before.length - left.before.length);
  return order(left.before, right.before, identifiers);
};

export const isValid: HostBuiltin = (value) => typeof value === "string" && VERSION.test(value);

function order<T>(a: readonly T[], b: readonly T[], by: (x: T, y: T) => number): number {
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined) return 1;
    const one = by(x, y);
    if (one !== 0) return one;
  }
  return Math.sign(a.length - b.length);
}

function identifiers(a: string, b: string): number {
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left !== right) return left ? -1 : 1;
  if (left) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}
