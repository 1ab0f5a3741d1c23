import { text, whole, type HostBuiltin } from "./values.ts";

/** Entries of a list that a built-in function makes. */
const MAX_ENTRIES = 100_000;

export const rangeStep: HostBuiltin = (from, to, step) => {
  const [first, last, by] = [whole(from), whole(to), whole(step)];
  if (by <= 0n) throw new Error("the step must be positive");
  const length = (last > first ? last - first : first - last) / by + 1n;
  if (length > MAX_ENTRIES) throw new Error("the range is too long");
  return Array.from({ length: Number(length) }, (_, i) => Number(last >= first ? first + by * BigInt(i) : first - by * BigInt(i)));
};

const DECIMAL: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  g: 1e9,
  G: 1e9,
  t: 1e12,
  T: 1e12,
  p: 1e15,
  P: 1e15,
};
const BINARY: Readonly<Record<string, number>> = { ki: 2 ** 10, mi: 2 ** 20, gi: 2 ** 30, ti: 2 ** 40, pi: 2 ** 50 };

/** `10K`, `200m`, `1Mi`: without a unit of what. A quotation mark is no part of it. */
export const parseUnits: HostBuiltin = (value) => {
  const { number, unit } = split(text(value));
  const size = BINARY[unit.toLowerCase()] ?? DECIMAL[unit];
  if (size === undefined) throw new Error("the unit is not known");
  return exact(unit === "m" ? number / 1000 : number * size);
};

/** `1MiB`, `10k`: a whole number of bytes. */
export const parseBytes: HostBuiltin = (value) => {
  const { number, unit } = split(text(value));
  const short = unit.toLowerCase().replace(/b$/, "");
  const size = BINARY[short] ?? (short === "m" ? 1e6 : DECIMAL[short]);
  if (size === undefined) throw new Error("the unit is not known");
  return Math.trunc(exact(number * size));
};

function split(given: string): { readonly number: number; readonly unit: string } {
  const [, number, unit] = /^(-?(?:\d+(?:\.\d+)?|\.\d+))([A-Za-z]*)$/.exec(given) ?? [];
  if (number === undefined || unit === undefined) throw new Error("an argument is not an amount");
  return { number: Number(number), unit };
}

function exact(amount: number): number {
  if (Math.abs(amount) > Number.MAX_SAFE_INTEGER) throw new Error("the amount is too large");
  return amount;
}
