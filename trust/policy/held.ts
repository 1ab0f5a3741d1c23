import type { Diagnostic } from "../../core/index.ts";
import { askAll, type Asked, type State } from "./ask.ts";
import type { InForce } from "./in-force.ts";
import type { PlanViolation } from "./types.ts";

/**
 * What the trust part in force denies of the declared state, beyond what the declared part denies itself:
 * the change that silences a rule does not profit from it yet. What it denies of the state that is in
 * force too, about something that does not change, does not count: time or a newer moltbot brought that up,
 * and it must be possible to answer it. Of what changes everything counts: who signed what is in force, and
 * on what terms it was accepted, nobody knows any more.
 */
export function heldByActive(
  old: InForce,
  state: State,
  oldState: State,
  asked: Asked,
): { readonly held: readonly PlanViolation[]; readonly broken: Diagnostic | null } {
  const now = askAll(old, state);
  if (now.broken) return { held: [], broken: now.broken };
  const then = askAll(old, oldState);
  if (then.broken) return { held: [], broken: then.broken };
  const standing = denials(then).filter(({ address }) => !state.before.has(address));
  const known = new Set([...standing, ...denials(asked)].map(keyOf));
  return { held: denials(now).flatMap((each) => (known.has(keyOf(each)) ? [] : [{ ...each, by: "active" }])), broken: null };
}

function denials({ violations }: Asked): readonly PlanViolation[] {
  return violations.filter((each) => each.level === "enforce");
}

function keyOf({ rule, address, atom, path }: PlanViolation): string {
  // A grant is what it allows, wherever in the list it stands.
  return [rule, address, atom ?? "", atom === undefined ? (path ?? "") : ""].join("\0");
}
