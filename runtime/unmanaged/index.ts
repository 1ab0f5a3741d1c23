/**
 * runtime/unmanaged: agents that are made by the API, outside every repository. Each is made beside the Project of
 * one owner and like one of its declared agents, and may never do more than that one.
 *
 * Offers {@link standingOf} (whether it may run, asked when it is made and again whenever something changes) and
 * {@link patternFor} (a declared agent that it is like). Pure. How such an agent is recorded is in core/record.
 */
export { patternFor, withLabelsOf } from "./pattern-for.ts";
export { standingOf, type Standing } from "./standing.ts";
export type { Declare } from "./types.ts";
