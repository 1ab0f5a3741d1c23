import { byCodeUnit, canonicalJson } from "../../core/index.ts";
import type { Atom } from "./types.ts";

/** What becomes possible and what stops being so. Each side sorted by subject, tool, action, pattern. */
export interface CapabilityDelta {
  readonly added: readonly Atom[];
  readonly removed: readonly Atom[];
}

/**
 * The difference of two sets of atoms. The name of a grant does not count: renaming it changes nothing
 * that anybody may do. An expiry that passed does.
 */
export function capabilityDelta(before: Iterable<Atom>, after: Iterable<Atom>): CapabilityDelta {
  const old = keyed(before);
  const fresh = keyed(after);
  return { added: missing(fresh, old), removed: missing(old, fresh) };
}

function keyed(atoms: Iterable<Atom>): ReadonlyMap<string, Atom> {
  const map = new Map<string, Atom>();
  for (const atom of atoms) map.set(atomKey(atom), atom);
  return map;
}

/** No part can hold NUL, so equal keys are equal atoms, and keys sort as the parts do. */
function atomKey({ subject, tool, action, pattern, constraints, expiry }: Atom): string {
  return [subject, tool, action, pattern, canonicalJson(constraints), expiry].join("\0");
}

function missing(from: ReadonlyMap<string, Atom>, other: ReadonlyMap<string, Atom>): readonly Atom[] {
  return [...from.keys()]
    .filter((key) => !other.has(key))
    .sort(byCodeUnit)
    .flatMap((key) => from.get(key) ?? []);
}
