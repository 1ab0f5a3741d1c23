import type { Address, Hold } from "../../core/index.ts";

/** The hold that stops everything of a resource at this moment; undefined when none does. A hold without end stays. */
export function heldBy(holds: readonly Hold[], address: Address, now: Date): Hold | undefined {
  return holds.find(
    ({ selector, denied, until }) =>
      denied === "all" && (selector === "*" || selector === address) && (until === null || !(Date.parse(until) <= now.getTime())),
  );
}
