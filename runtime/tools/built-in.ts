import type { GateWorld, Tool } from "../gate/index.ts";
import { agentTool } from "./agent.ts";
import { commandTool } from "./command.ts";
import { preparing } from "./files/prepare.ts";
import { fileTools } from "./files/tools.ts";
import { fetchTool } from "./http/fetch.ts";
import { jsonTool } from "./json.ts";
import { memoryTools } from "./memory/tools.ts";
import { messageTool } from "./message.ts";
import { scheduleTools } from "./schedule/tools.ts";
import { timeTool } from "./time.ts";
import type { ToolsWorld } from "./types.ts";

/** Every built-in tool that does not depend on who asks, by name. Makes nothing and opens nothing. */
export function builtInTools(world: ToolsWorld): ReadonlyMap<string, Tool> {
  const tools = [
    fetchTool(world),
    ...fileTools(world),
    commandTool(world),
    messageTool(world),
    ...scheduleTools(world),
    ...memoryTools(world),
    timeTool(world),
    jsonTool(),
  ];
  return new Map(tools.map(preparing(world.live)).map((tool) => [tool.name, tool]));
}

const AGENT = "agent:";

/** What the gate is to be given: the built-in tools, and a tool for each agent that the agent was granted to call. */
export function toolsOf(world: ToolsWorld): GateWorld["tools"] {
  const all = [...builtInTools(world).values()];
  return ({ agent }) => {
    const names = new Set(agent.grants.flatMap(({ tool }) => (tool.startsWith(AGENT) ? [tool.slice(AGENT.length)] : [])));
    return [...all, ...[...names].map((name) => agentTool(world, name))];
  };
}
