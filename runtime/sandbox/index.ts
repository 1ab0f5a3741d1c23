/** runtime/sandbox: what runs plugins and commands, and keeps them in. */
export type { CommandRequest, CommandResult, CommandSandbox, HostCall, PluginProgram, Protection, RunningPlugin } from "./types.ts";
