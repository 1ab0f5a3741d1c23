import {
  caution,
  failAll,
  mapResult,
  ok,
  type Diagnostic,
  type Fence,
  type Generation,
  type GenerationReason,
  type Pin,
  type Result,
} from "../core/index.ts";
import { approvalFacts } from "./approving.ts";
import { overBudget } from "./apply/index.ts";
import { forgotten } from "./forgetting.ts";
import { comparePlans, hasEffect, type Plan } from "./plan/index.ts";
import { evidenceFor } from "./proof.ts";
import type { Planning } from "./planning.ts";
import { beforeTheKey } from "./secret-problems.ts";
import { applySteps } from "./stepping.ts";
import type { CommitFacts, Lock } from "./targets/index.ts";
import type { Applied, ApplyChoices, World } from "./types.ts";
import { ledgerFacts } from "./verifying.ts";

/** Why a generation is made, and what becomes of the pin. */
export interface Purpose {
  readonly reason: GenerationReason;
  readonly because: string | null;
  /** The pin to set; absent when the apply ends a pin that stands. */
  readonly pin?: Pin;
}

/**
 * plan, ask, lock, plan again, compare, claim, commit. What is committed is the plan that was made
 * under the lock, and it is the one that was confirmed, byte for byte, or nothing happens.
 *
 * @param makePlan - Plans from the named source with fresh observation; called twice.
 * @param saved - A plan file's plan, which the fresh plan must equal.
 */
export async function applyPlan(
  makePlan: () => Promise<Result<Planning>>,
  saved: Plan | null,
  purpose: Purpose,
  choices: ApplyChoices,
  world: World,
): Promise<Result<Applied>> {
  const first = mapResult(await makePlan(), (planning) => withRemarks(planning, world));
  if (!first.ok) return first;
  const settled = settledAlready(first.value, saved);
  if (settled) return ok(settled, first.value.warnings);
  const allowed = mayApply(first.value, saved, choices);
  if (!allowed.ok) return allowed;
  if (!hasWork(first.value)) return await mended(first.value);
  const confirmed = await choices.confirm(first.value);
  if (!confirmed.ok) return confirmed;

  world.progress({ stage: "lock", message: "taking the apply lock" });
  const lock = await first.value.target.lock(world.actor, choices.lockTimeoutMs, world.signal);
  if (!lock.ok) return lock;
  return await underLock(lock.value, makePlan, first.value, purpose, choices, world);
}

/** What is only certain because this run does it is told with the plan, before anybody is asked. */
function withRemarks(planning: Planning, world: World): Planning {
  const { config, context, live, warnings } = planning;
  return { ...planning, warnings: [...warnings, ...beforeTheKey(config, context, live, world, true)] };
}

async function underLock(
  lock: Lock,
  makePlan: () => Promise<Result<Planning>>,
  confirmed: Planning,
  purpose: Purpose,
  choices: ApplyChoices,
  world: World,
): Promise<Result<Applied>> {
  try {
    const again = await makePlan();
    if (!again.ok) return again;
    const same = comparePlans(confirmed.plan, again.value.plan);
    if (!same.ok) return same;
    const allowed = mayApply(again.value, null, choices);
    if (!allowed.ok) return allowed;
    const generation = await commit(again.value, purpose, world);
    return generation.ok
      ? ok({ outcome: "applied", plan: again.value.plan, generation: generation.value, notices: again.value.notices }, [
          ...afterwards(again.value.warnings),
          ...generation.warnings,
        ])
      : generation;
  } finally {
    await lock.release();
  }
}

/** Everything that stands against applying: refusals, a moved world, the delete budget. */
function mayApply(planning: Planning, saved: Plan | null, { allowDeletes }: ApplyChoices): Result<void> {
  const same = saved ? comparePlans(saved, planning.plan) : ok(undefined);
  const against = [...planning.blockers, ...(same.ok ? [] : same.diagnostics)];
  if (against.length > 0) return failAll(against);
  if (planning.approvals.missing.length > 0) return failAll(planning.approvals.missing);
  if (planning.confirmations.length === 0) return ok(undefined);
  const over = overBudget(planning.plan, planning.live.rows.size, planning.guards.deletes, allowDeletes);
  return over.length > 0 ? failAll(over) : ok(undefined);
}

/** A plan file that was applied before: nothing is done twice. */
function settledAlready({ live, notices }: Planning, saved: Plan | null): Applied | undefined {
  const active = live.generation;
  return saved && active?.plan === saved.digest ? { outcome: "already-applied", plan: saved, generation: active, notices } : undefined;
}

/** A pin that stands is ended by the first apply of a configuration it does not refuse. */
function hasWork({ plan, live }: Planning): boolean {
  return hasEffect(plan.body) || live.pin !== null;
}

/** An apply puts every plugin in its place: what the plan said of that is over. */
function afterwards(warnings: readonly Diagnostic[]): readonly Diagnostic[] {
  return warnings.filter(({ code }) => code !== "PLUGIN_CORRUPT");
}

/** Nothing is declared anew, but content beside the record may have been lost or changed since. */
async function mended(planning: Planning): Promise<Result<Applied>> {
  const { target, live, resources, values, warnings } = planning;
  const brought = live.generation && target.mend ? await target.mend(resources, values) : ok([]);
  if (!brought.ok) return brought;
  const again = brought.value.map((address) =>
    caution("PLUGIN_REINSTALLED", {
      detail: `The installed files of ${address} were gone or changed, and were installed again from the record.`,
      context: { address },
    }),
  );
  return ok(nothingToDo(planning), [...afterwards(warnings), ...again]);
}

function nothingToDo({ plan, live, notices }: Planning): Applied {
  return { outcome: "nothing-to-do", plan, generation: live.generation, notices };
}

async function commit(planning: Planning, purpose: Purpose, world: World): Promise<Result<Generation>> {
  const { target, plan, live, values } = planning;
  if (!hasEffect(plan.body) && live.generation && !purpose.pin) {
    const ended = await target.record.endPin(live.owner, world.actor);
    return ended.ok ? ok(live.generation) : ended;
  }
  const fence = await target.claim(live.owner, plan.digest, world.actor);
  if (!fence.ok) return fence;
  world.progress({ stage: "apply", message: `writing generation ${(live.generation?.number ?? 0) + 1}` });
  const facts = factsOf(planning, purpose, world);
  if (target.mode === "stepwise") return await applySteps(target, planning, facts, fence.value, world);
  const generation = await target.commit(plan, values, facts, fence.value, world.signal);
  return generation.ok ? generation : await giveBack(planning, fence.value, generation);
}

/** What the commit says of itself besides the plan. */
function factsOf(
  { plan, live, rows, resources, adopted, verification, approvals, context }: Planning,
  purpose: Purpose,
  world: World,
): CommitFacts {
  return {
    actor: world.actor,
    reason: purpose.reason,
    because: purpose.because ?? verification?.olderBecause ?? null,
    provenance: { ...(verification ? ledgerFacts(verification) : {}), ...approvalFacts(approvals) },
    evidence: evidenceFor(plan, approvals),
    rows,
    resources,
    adopted,
    released: forgotten(plan.body.changes),
    applyTimeoutMs: context.project.target.applyTimeoutMs,
    ...(purpose.pin ? { pin: purpose.pin } : live.pin ? { pin: null } : {}),
  };
}

/** A commit that failed has no effect: its claim is closed, so that the record says so. */
async function giveBack({ target }: Planning, fence: Fence, failed: Result<Generation>): Promise<Result<Generation>> {
  const codes = failed.ok ? [] : failed.diagnostics.map((each) => each.code);
  if (target.mode === "atomic" && !codes.includes("APPLY_INCOMPLETE")) await target.release(fence, codes.join(", "));
  return failed;
}
