/**
 * What the short texts of manifests mean: `30s`, `1MiB`, `30/min`. The schemas let only these forms in, so
 * each function takes a text that its pattern accepts; anything else is undefined.
 */
const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;
const PER_MS = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration: `500ms`, `30s`, `5m`, `24h`, `7d`. */
export function durationMs(text: string): number | undefined {
  return scaled(/^([1-9][0-9]{0,8})(ms|s|m|h|d)$/.exec(text), MS);
}

/** Bytes of a size: `512B`, `64KiB`, `1MiB`, `2GiB`. */
export function byteCount(text: string): number | undefined {
  return scaled(/^([1-9][0-9]{0,8})(B|KiB|MiB|GiB)$/.exec(text), BYTES);
}

/** How many in which time, of a rate: `30/min` is 30 in 60,000 ms. */
export function rateOf(text: string): { readonly count: number; readonly perMs: number } | undefined {
  const [, count, unit] = /^([1-9][0-9]{0,8})\/(s|min|h|d)$/.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : { count: Number(count), perMs: PER_MS[unit as keyof typeof PER_MS] };
}

function scaled<Unit extends string>(parts: RegExpExecArray | null, units: Readonly<Record<Unit, number>>): number | undefined {
  const [, count, unit] = parts ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * units[unit as Unit];
}
