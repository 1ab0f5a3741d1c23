/**
 * plan: changes and decisions to the plan value, its digests, and the plan file. Pure.
 */
export { assemblePlan, effectOf, hasEffect, isPartial, type Judgement, type PlanParts } from "./assemble.ts";
export { comparePlans } from "./compare.ts";
export { readPlan, writePlan } from "./file.ts";
export type * from "./types.ts";
