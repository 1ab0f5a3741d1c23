import { edgesAmong } from "../trust/capability/index.ts";
import { addressOf, type Address, type Instant, type Kinds, type Resource } from "../core/index.ts";
import { effectiveState, widening, type EffectiveState } from "../trust/policy/index.ts";
import type { Drift } from "./plan/index.ts";

/**
 * What each edit does to what is possible, each taken alone: `widening` where anybody could do more than what
 * was applied allows, `narrowing` where some could do less and nobody more, else `neutral`.
 *
 * @param applied - Every resource of the active generation, without its edits.
 * @param live - The edited ones, as they are.
 */
export function driftClasses(
  applied: readonly Resource[],
  live: ReadonlyMap<Address, Resource>,
  now: Instant,
  kinds: Kinds,
): ReadonlyMap<Address, Drift["class"]> {
  if (live.size === 0) return new Map();
  const edges = edgesAmong(applied, kinds);
  const before = effectiveState(applied, edges, now);
  const classes = [...live].map(([address, resource]) => {
    const resources = applied.map((each) => (addressOf(each.kind, each.metadata.name) === address ? resource : each));
    const edgesNow = [...edges.filter((edge) => edge.from !== address), ...edgesAmong([resource], kinds)];
    return [address, classBetween(before, effectiveState(resources, edgesNow, now))] as const;
  });
  return new Map(classes);
}

function classBetween(before: EffectiveState, after: EffectiveState): Drift["class"] {
  if (hasGained(before, after)) return "widening";
  return hasGained(after, before) ? "narrowing" : "neutral";
}

function hasGained(from: EffectiveState, to: EffectiveState): boolean {
  const { added, findings } = widening(from, to);
  return added.length + findings.length > 0;
}
