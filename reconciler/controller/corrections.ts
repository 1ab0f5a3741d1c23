import type { Address } from "../../core/index.ts";

/** After so many corrections of the same resource in a row, something else is seen to manage it too. */
export const MAX_CORRECTIONS_IN_A_ROW = 3;

/** How often each resource drifted again right after it was corrected, under one configuration. */
export interface Corrections {
  readonly configuration: string;
  readonly counts: ReadonlyMap<Address, number>;
}

export const NO_CORRECTIONS: Corrections = { configuration: "", counts: new Map() };

/**
 * The counts after one round: a resource that was corrected counts one more, one that stayed as it was
 * starts again from nothing. One that is contested stays so until the configuration changes, because
 * it is not corrected any more and its quiet says nothing.
 */
export function afterRound(before: Corrections, configuration: string, corrected: readonly Address[]): Corrections {
  const old = before.configuration === configuration ? before.counts : new Map<Address, number>();
  const kept = [...old].filter(([, count]) => count >= MAX_CORRECTIONS_IN_A_ROW);
  return {
    configuration,
    counts: new Map([...kept, ...corrected.map((address): [Address, number] => [address, (old.get(address) ?? 0) + 1])]),
  };
}

/** The resources that are fought over: they are not corrected any more under this configuration. Sorted. */
export function contested({ configuration, counts }: Corrections, current: string): Address[] {
  if (configuration !== current) return [];
  return [...counts].flatMap(([address, count]) => (count >= MAX_CORRECTIONS_IN_A_ROW ? [address] : [])).sort();
}
