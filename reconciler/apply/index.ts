/**
 * apply: what stands between a plan and its effect. The guards are pure; the commit itself is the
 * target's, and the order (plan, ask, lock, plan again, compare, claim, commit) is the engine's.
 */
export { DELETE_BUDGET, overBudget, PROTECT_ANNOTATION, refusals, type GuardFacts } from "./guards.ts";
export { orderSteps, type StepInput } from "./steps.ts";
