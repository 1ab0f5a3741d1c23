const DURATION_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const SIZE_BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** `30s`, `24h` in milliseconds; undefined for anything the schemas' `duration` does not allow. */
export function parseDuration(text: string): number | undefined {
  return scaled(/^([1-9][0-9]{0,8})(ms|s|m|h|d)$/, text, DURATION_MS);
}

/** `64KiB`, `1GiB` in bytes; undefined for anything the schemas' `byteSize` does not allow. */
export function parseByteSize(text: string): number | undefined {
  return scaled(/^([1-9][0-9]{0,8})(B|KiB|MiB|GiB)$/, text, SIZE_BYTES);
}

/** The one spelling of a duration: its largest unit that divides it (`60s` is `1m`). Other text stays as it is. */
export function canonicalDuration(text: string): string {
  return spelled(parseDuration(text), DURATION_MS) ?? text;
}

/** The one spelling of a size: its largest unit that divides it (`1024KiB` is `1MiB`). Other text stays as it is. */
export function canonicalByteSize(text: string): string {
  return spelled(parseByteSize(text), SIZE_BYTES) ?? text;
}

/** Units stand smallest first, and the smallest divides everything. */
function spelled(amount: number | undefined, units: Readonly<Record<string, number>>): string | undefined {
  if (amount === undefined) return undefined;
  const [unit, factor] = Object.entries(units).findLast(([, each]) => amount % each === 0) ?? ["", 1];
  return `${amount / factor}${unit}`;
}

function scaled(form: RegExp, text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, count, unit] = form.exec(text) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}
