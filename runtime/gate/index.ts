/** runtime/gate: the one way from a model's wish to an effect. */
export type { CanonicalCall, Capability, Gate, OfferedTool, Tool, ToolOutput, ToolResult, ToolScope } from "./types.ts";
