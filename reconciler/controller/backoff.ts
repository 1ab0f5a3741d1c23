/** How long to wait before the next try: doubled for each failure in a row, capped, and jittered by up to half. */
export interface Backoff {
  readonly baseMs: number;
  readonly maxMs: number;
}

/**
 * @param failures - How many tries in a row have failed; 0 waits the base interval exactly.
 * @param random - In [0, 1); spreads many loops that failed at the same moment.
 */
export function waitAfter(failures: number, { baseMs, maxMs }: Backoff, random: number): number {
  if (failures === 0) return baseMs;
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures, 30));
  return Math.round(full / 2 + (full / 2) * random);
}
