/**
 * runtime/events: the one typed event bus. What happens is told to whoever watches (API streams, metrics,
 * logs); nothing depends on anybody listening. What must not be lost goes to the store and to the audit instead.
 */
export { newBus } from "./bus.ts";
export type { Bus, EventOf, RuntimeEvent } from "./types.ts";
