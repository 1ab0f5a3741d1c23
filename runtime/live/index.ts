/**
 * runtime/live: what is active now for every owner of a store, ready for the gate: agents with their grants
 * compiled, the policies in force, holds, and when something of it expires. Put together once for each change,
 * and a change is seen by the very next look.
 */
export { judgesOf, type Judges, type JudgesRequest } from "./judges.ts";
export { openLive } from "./live.ts";
export { judgeMade } from "./judge-made.ts";
export { madeCalled } from "./made.ts";
export { agentNotFound, held, nothingActive } from "./problems.ts";
export type {
  GrantConstraints,
  Live,
  LiveAgent,
  LiveBudgets,
  LiveGrant,
  LiveMade,
  LiveOwner,
  LiveState,
  LiveStore,
  LiveWorld,
} from "./types.ts";
