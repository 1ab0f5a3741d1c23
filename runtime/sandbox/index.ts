/** runtime/sandbox: what runs plugins and commands, and keeps them in. */
export { openCommands, type CommandPorts } from "./command/sandbox.ts";
export { openPlugin, ownTools, programOf, toolFacts, type OpenedPlugin, type PluginsWorld } from "./open.ts";
export { runPlugin, type PluginPorts } from "./plugin.ts";
export { sealedStorage, type PluginStorage } from "./storage.ts";
export { needFor, pluginTools, type PluginGate, type PluginToolFacts, type PluginToolsWorld } from "./tools.ts";
export type { CommandRequest, CommandResult, CommandSandbox, HostCall, PluginProgram, Protection, RunningPlugin } from "./types.ts";
