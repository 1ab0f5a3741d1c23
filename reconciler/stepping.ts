import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok, problem, type Address, type Diagnostic, type Fence, type Generation, type Result } from "../core/index.ts";
import { orderSteps } from "./apply/index.ts";
import type { Planning } from "./planning.ts";
import type { CommitFacts, Step, StepResult, Target } from "./targets/index.ts";
import type { World } from "./types.ts";

type Stepwise = Extract<Target, { readonly mode: "stepwise" }>;

/** How a step is tried again: attempts in all, the first pause (doubled each time, jittered), and one deadline for the whole apply. */
export interface RetryLimits {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly deadlineMs: number;
}

export const RETRY: RetryLimits = { attempts: 4, firstPauseMs: 200, deadlineMs: 300_000 };

/**
 * Carries out a plan step by step against a target that cannot commit at once. A step is tried only
 * when what it needs is done; an attempt that may have acted is observed before it is repeated, with
 * the same key; at the end everything is observed once more, because a target's word is not its state.
 *
 * @returns the generation when every step is done and seen; otherwise the first failures, `PARTIAL`.
 */
export async function applySteps(
  target: Stepwise,
  planning: Planning,
  facts: CommitFacts,
  fence: Fence,
  world: World,
  retry: RetryLimits = RETRY,
): Promise<Result<Generation>> {
  const steps = orderSteps({ plan: planning.plan, rows: planning.rows, desired: planning.edges, recorded: planning.recordedEdges });
  const run = { target, planning, fence, world, retry, deadline: world.clock.now().getTime() + retry.deadlineMs };
  const results = new Map<Address, StepResult>();
  const problems: Diagnostic[] = [];
  for (const [i, step] of steps.entries()) {
    const isFree = step.needs.every((need) => results.get(need)?.status === "done");
    if (!isFree || world.signal.aborted || isLost(problems)) {
      results.set(step.address, resultOf(step, "not-tried"));
      continue;
    }
    world.progress({ stage: "apply", message: `${step.action} ${step.address}`, done: i, total: steps.length });
    const done = await attempt(step, run);
    results.set(step.address, resultOf(step, done.ok ? "done" : "failed"));
    if (!done.ok) problems.push(...done.diagnostics);
  }
  problems.push(...(await notConverged(steps, results, run)));
  const concluded = isLost(problems) ? fail() : await target.conclude(planning.plan, facts, [...results.values()], fence);
  const notTried = [...results.values()].filter((each) => each.status === "not-tried").map((each) => each.address);
  if (problems.length === 0 && notTried.length === 0) return concluded;
  return fail(...problems, ...(concluded.ok ? [] : concluded.diagnostics), incomplete(results, notTried));
}

interface Run {
  readonly target: Stepwise;
  readonly planning: Planning;
  readonly fence: Fence;
  readonly world: World;
  readonly retry: RetryLimits;
  readonly deadline: number;
}

/** A fence that is lost ends everything: whatever we would write next is somebody else's to decide. */
function isLost(problems: readonly Diagnostic[]): boolean {
  return problems.some((each) => each.code === "FENCE_LOST");
}

function resultOf({ address, action }: Step, status: StepResult["status"]): StepResult {
  return { address, action, status };
}

async function attempt(step: Step, run: Run): Promise<Result<void>> {
  const { target, planning, fence, world, retry } = run;
  let pause = retry.firstPauseMs;
  for (let tried = 1; ; tried++) {
    const done = await target.execute(step, planning.values, fence, world.signal);
    if (done.ok || done.diagnostics.every((each) => each.code !== "TARGET_UNAVAILABLE")) return done;
    const hasActed = await isThere(step, run);
    if (hasActed) return ok(undefined);
    const wait = waitMs(done.diagnostics, pause);
    if (tried >= retry.attempts || world.signal.aborted || world.clock.now().getTime() + wait > run.deadline) return done;
    await sleep(wait);
    pause *= 2;
  }
}

/** What the target asked for (`Retry-After`), else between half and the whole of the pause. */
function waitMs(diagnostics: readonly Diagnostic[], pause: number): number {
  const asked = diagnostics.map((each) => each.context["retryAfterMs"]).find((each) => typeof each === "number");
  return asked ?? pause / 2 + Math.random() * (pause / 2);
}

/** Does the target show what the step was to bring about? Undecided counts as no. */
async function isThere(step: Step, { target, planning, world }: Run): Promise<boolean> {
  const seen = await target.observe(planning.live.owner, [step.address], world.signal);
  return seen.ok && (seen.value.live.rows.get(step.address) ?? null) === step.digest;
}

async function notConverged(steps: readonly Step[], results: ReadonlyMap<Address, StepResult>, run: Run): Promise<Diagnostic[]> {
  const done = steps.filter((step) => results.get(step.address)?.status === "done");
  if (done.length === 0) return [];
  const seen = await run.target.observe(
    run.planning.live.owner,
    done.map((step) => step.address),
    run.world.signal,
  );
  if (!seen.ok) return [...seen.diagnostics];
  return done
    .filter((step) => (seen.value.live.rows.get(step.address) ?? null) !== step.digest)
    .map((step) =>
      problem("NOT_CONVERGED", {
        detail: `The target acknowledged "${step.action} ${step.address}", but does not show it.`,
        remedy: "Look at the target; then apply again:\n  moltbot apply",
        context: { address: step.address },
      }),
    );
}

function incomplete(results: ReadonlyMap<Address, StepResult>, notTried: readonly Address[]): Diagnostic {
  const count = (status: StepResult["status"]): number => [...results.values()].filter((each) => each.status === status).length;
  const rest = notTried.length > 0 ? ` Not tried: ${notTried.join(", ")}.` : "";
  return problem("APPLY_INCOMPLETE", {
    detail: `${count("done")} of ${results.size} steps are done, ${count("failed")} failed.${rest}`,
    remedy: "What is done is recorded. Correct the cause, then go on:\n  moltbot apply",
    context: { done: count("done"), failed: count("failed"), notTried: notTried.length },
  });
}
