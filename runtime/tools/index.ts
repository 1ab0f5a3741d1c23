/**
 * runtime/tools: the tools that every runtime has. Each is a `Tool` of the gate: it says what a call is in one
 * canonical form, and carries it out when the gate lets it. None decides what is allowed.
 *
 * Offers {@link builtInTools} by name, {@link toolsOf} as the gate asks for them.
 */
export { builtInTools, toolsOf } from "./built-in.ts";
export type { ToolsWorld } from "./types.ts";
