import { problem, shortDigest, type Address, type Diagnostic, type Instant, type Owner } from "../../core/index.ts";
import type { LiveState } from "../diff/types.ts";
import type { Change, Plan } from "../plan/types.ts";

/** Above this share of the owner's resources, and more than {@link DELETE_BUDGET_COUNT}, a change needs its number said. */
export const DELETE_BUDGET_SHARE = 0.3;
export const DELETE_BUDGET_COUNT = 3;

/** The annotation that protects a resource from being deleted or replaced. */
export const PROTECT_ANNOTATION = "moltbot.dev/protect";

/**
 * Why this plan may not be applied, whoever confirms it, besides policy: a pin, another owner's address, a
 * protected resource, an instant that has passed. Empty when nothing stands against it.
 */
export function refusals(plan: Plan, live: LiveState, { isProtected, adopted, now }: GuardFacts): Diagnostic[] {
  return [...pinned(plan, live), ...owned(live, adopted), ...protectedOnes(plan, isProtected), ...expired(plan, now)];
}

export interface GuardFacts {
  readonly isProtected: (address: Address) => boolean;
  /** What is being taken over from other owners. */
  readonly adopted: ReadonlyMap<Address, Owner>;
  readonly now: Date;
}

function pinned(plan: Plan, { pin }: LiveState): Diagnostic[] {
  if (!pin?.refused.includes(plan.body.inputs.resolved)) return [];
  return [
    problem("PINNED", {
      detail: `The target was rolled back to generation ${pin.generation} by ${pin.actor} (${pin.because}), and this plan would bring back configuration ${shortDigest(plan.body.inputs.resolved)}…, which was refused then.`,
      remedy: "Change the configuration, or end the pin:\n  moltbot resume",
      context: { generation: pin.generation },
    }),
  ];
}

function owned({ foreign }: LiveState, adopted: GuardFacts["adopted"]): Diagnostic[] {
  const others = [...foreign].filter(([address]) => !adopted.has(address));
  return others.map(([address, owner]) =>
    problem("ADDRESS_OWNED", {
      detail: `${address} is declared here, but on this target it belongs to ${owner}.`,
      remedy: `Rename it, or take it over:\n  moltbot adopt ${address} --from ${owner}`,
      context: { address, owner },
    }),
  );
}

function protectedOnes(plan: Plan, isProtected: (address: Address) => boolean): Diagnostic[] {
  return removals(plan.body.changes)
    .filter((change) => isProtected(change.address))
    .map((change) =>
      problem("PROTECTED", {
        detail: `${change.address} is protected, and the plan would ${change.action} it.`,
        remedy: `Remove the annotation ${PROTECT_ANNOTATION} in a change of its own first.`,
        context: { address: change.address },
      }),
    );
}

function expired(plan: Plan, now: Date): Diagnostic[] {
  const until: Instant | null = plan.body.validUntil;
  if (until === null || now < new Date(until)) return [];
  return [
    problem("PLAN_STALE", {
      detail: `The plan was valid until ${until}, when a declared instant passed.`,
      remedy: "Plan and review again:\n  moltbot plan",
    }),
  ];
}

function removals(changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => change.action === "delete" || change.action === "replace");
}

/**
 * The delete budget: more than 30 % of the owner's resources and more than 3 of them need the exact
 * number said. A replacement counts; `destroy` says it already.
 *
 * @param allowed - What `--allow-deletes N` said, or undefined.
 */
export function overBudget(plan: Plan, owned_: number, allowed: number | undefined): Diagnostic[] {
  const count = removals(plan.body.changes).length;
  const isOver = count > DELETE_BUDGET_COUNT && count > owned_ * DELETE_BUDGET_SHARE;
  if (!isOver || (allowed !== undefined && count <= allowed)) return [];
  return [
    problem("DELETE_BUDGET", {
      detail: `The plan deletes or replaces ${count} of ${owned_} resources. Above 30 % and ${DELETE_BUDGET_COUNT} the number must be said.`,
      remedy: `If it is meant:\n  moltbot apply --allow-deletes ${count}`,
      context: { deletes: count, resources: owned_ },
    }),
  ];
}
