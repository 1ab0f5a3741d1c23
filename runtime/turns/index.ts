/**
 * runtime/turns: the turns of the event loop, for those that do much in one of them.
 *
 * The loop lets in one connection for each listening socket and turn. Who writes for many in a turn makes the turn
 * long, and whoever stands at the door waits as many turns as there are others before it. Offers {@link newTurns}:
 * what is large begins when the door is empty, or {@link LIMITS.turnWaitMs} later.
 */
export { newTurns, type Turns } from "./turns.ts";
