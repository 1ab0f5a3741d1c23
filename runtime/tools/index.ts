/**
 * runtime/tools: the tools that every runtime has. Each is a `Tool` of the gate: it says what a call is in one
 * canonical form, and carries it out when the gate lets it. None decides what is allowed.
 *
 * Offers {@link builtInTools} by name, {@link toolsOf} as the gate asks for them, {@link openScheduler} for the
 * schedules that agents make, {@link fetchTool} for whoever tries what a plugin asks, {@link memoryPrefix} for whoever exports or deletes what is kept about a person.
 */
export { builtInTools, toolsOf } from "./built-in.ts";
export { fetchTool } from "./http/fetch.ts";
export { memoryPrefix } from "./memory/place.ts";
export { openScheduler } from "./schedule/scheduler.ts";
export { SCHEDULE_CHANNEL } from "./schedule/types.ts";
export type { Schedule, Scheduler, SchedulerWorld, Schedules } from "./schedule/types.ts";
export type { ToolsWorld } from "./types.ts";
