/** runtime/sandbox: what runs plugins and commands, and keeps them in. */
export { openCommands, type CommandPorts } from "./command/sandbox.ts";
export { runPlugin, type PluginPorts } from "./plugin.ts";
export type {
  CommandRequest,
  CommandResult,
  CommandSandbox,
  HostCall,
  PluginProgram,
  PluginStorage,
  Protection,
  RunningPlugin,
} from "./types.ts";
