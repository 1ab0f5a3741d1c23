/**
 * diff: desired, live and recorded state to changes and drift, field by field. Pure.
 */
export { addressesToRead, diff, type Differences, type DiffInput, type Move } from "./diff.ts";
export { edited } from "./edits.ts";
export { fieldDifferences, type FieldDifference } from "./fields.ts";
export type { LiveState, Recorded } from "./types.ts";
