import { ok, type Json, type Result } from "../../core/index.ts";
import { runPlugin, type HostCall, type PluginPorts, type PluginProgram, type RunningPlugin } from "./index.ts";

export const NEVER = new AbortController().signal;

export const NO_HOST: HostCall = () => Promise.reject(new Error("nothing is granted"));
export const ECHO_HOST: HostCall = (tool, args) => Promise.resolve(ok({ tool, args }));

export interface Watched {
  readonly plugin: RunningPlugin;
  readonly logged: string[];
  readonly events: string[];
  readonly call: (tool: string, args?: Json, host?: HostCall) => Promise<Result<Json>>;
}

/** A plugin whose tools are these functions, as source. */
export function pluginOf(tools: string, over: Partial<PluginProgram> = {}, ports: Partial<PluginPorts> = {}): Watched {
  return watched(
    `import { definePlugin, ToolError } from "moltbot/plugin";\nexport default definePlugin({ tools: {${tools}} });`,
    over,
    ports,
  );
}

export function watched(code: string | Uint8Array, over: Partial<PluginProgram> = {}, ports: Partial<PluginPorts> = {}): Watched {
  const logged: string[] = [];
  const events: string[] = [];
  const program: PluginProgram = {
    name: "tried",
    runtime: "js",
    code: typeof code === "string" ? new TextEncoder().encode(code) : code,
    settings: {},
    secrets: {},
    inputs: {},
    limits: { memoryBytes: 32 * 1024 * 1024, timeoutMs: 5_000, storageBytes: 0 },
    isolation: "worker",
    ...over,
  };
  const made = runPlugin(program, {
    log: (line) => logged.push(line),
    event: ({ what, why }) => events.push(`${what}: ${why}`),
    ...ports,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  const plugin = made.value;
  return { plugin, logged, events, call: (tool, args = {}, host = NO_HOST) => plugin.call(tool, args, host, NEVER) };
}

export function shownOf(result: Result<Json>): Json {
  return result.ok ? result.value : (result.diagnostics[0]?.code ?? "?");
}
