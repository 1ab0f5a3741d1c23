import { problem, shortDigest, UNMANAGED, type Address, type Diagnostic, type Instant, type Owner } from "../../core/index.ts";
import type { LiveState } from "../diff/types.ts";
import type { Change, Plan } from "../plan/types.ts";

/** The budget of a Project that names none; `limits.deletes` in moltbot.yaml changes it. */
export const DELETE_BUDGET = { percent: 30, count: 3 } as const;

/** The annotation that protects a resource from being deleted or replaced. */
export const PROTECT_ANNOTATION = "moltbot.dev/protect";

/** The one target that takes files which are in no commit: whoever applies them owns the machine it runs on. */
const LOCAL_TARGET = "embedded";

/**
 * Why this plan may not be applied, whoever confirms it, besides policy: a pin, another owner's address, a
 * protected resource, an instant that has passed, files in no commit. Empty when nothing stands against it.
 */
export function refusals(plan: Plan, live: LiveState, { isProtected, adopted, isFromFiles, now }: GuardFacts): Diagnostic[] {
  return [
    ...pinned(plan, live),
    ...owned(plan, live, adopted),
    ...protectedOnes(plan, isProtected),
    ...expired(plan, now),
    ...(isFromFiles ? uncommitted(plan) : []),
  ];
}

export interface GuardFacts {
  readonly isProtected: (address: Address) => boolean;
  /** What is being taken over from other owners. */
  readonly adopted: ReadonlyMap<Address, Owner>;
  /** The desired state is that of the files; a rollback and `destroy` take it from the record. */
  readonly isFromFiles: boolean;
  readonly now: Date;
}

function uncommitted({ body, evidence }: Plan): Diagnostic[] {
  if (!evidence.repository.dirty || body.target.type === LOCAL_TARGET) return [];
  return [
    problem("DIRTY_REMOTE", {
      detail: `The work tree differs from its commit, and the target "${body.target.type}" is not on this machine alone: what is applied there must be found in git again.`,
      remedy: "Commit the change, or plan a commit:\n  moltbot plan --ref HEAD",
      context: { target: body.target.type },
    }),
  ];
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

function owned(plan: Plan, { foreign }: LiveState, adopted: GuardFacts["adopted"]): Diagnostic[] {
  const others = [...foreign].filter(([address]) => !adopted.has(address));
  return others.map(([address, owner]) =>
    problem("ADDRESS_OWNED", {
      detail:
        owner === UNMANAGED
          ? `${address} is declared here, but it is on this target already, unmanaged: it was forgotten before, or made by the API.`
          : `${address} is declared here, but on this target it belongs to ${owner}.`,
      remedy: owner.startsWith(`${plan.body.project}/`)
        ? "Give each environment a target of its own, or a state folder of its own:\n  --state DIR"
        : `Rename it, or take it over:\n  moltbot adopt ${address} --from ${owner}`,
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
        remedy: `Protection comes from the annotation ${PROTECT_ANNOTATION} on it or on what uses it, or from spec.protection of the Project. Remove it there first, in a change of its own.`,
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
 * The delete budget: more than a share of the owner's resources (30 %) and more than a number of them
 * (3) need the exact number said. A replacement counts; `destroy` says it already.
 *
 * @param total - The owner's resources before the plan.
 * @param allowed - What `--allow-deletes N` said, or undefined.
 */
export function overBudget(
  plan: Plan,
  total: number,
  budget: { readonly percent: number; readonly count: number },
  allowed: number | undefined,
): Diagnostic[] {
  const count = removals(plan.body.changes).length;
  const isOver = count > budget.count && count * 100 > total * budget.percent;
  if (!isOver || (allowed !== undefined && count <= allowed)) return [];
  return [
    problem("DELETE_BUDGET", {
      detail: `The plan deletes or replaces ${count} of ${total} resources. Above ${budget.percent} % and ${budget.count} the number must be said.`,
      remedy: `If it is meant:\n  moltbot apply --allow-deletes ${count}`,
      context: { deletes: count, resources: total },
    }),
  ];
}
