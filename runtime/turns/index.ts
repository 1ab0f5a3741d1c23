/**
 * runtime/turns: the turns of the event loop, for those that do much in one of them.
 *
 * The loop lets in one connection for each listening socket and turn. Who writes for many makes a turn long, and
 * whoever stands at the door waits as many turns as there are others before it. Offers {@link newTurns}: what is large
 * waits until there is nothing else to do, or {@link LIMITS.turnWaitMs}; and whether there is any time to spare.
 */
export { newTurns, type Turns } from "./turns.ts";
