import { InternalError, ok } from "../../core/index.ts";
import type { GateWorld } from "../gate/index.ts";
import type { CommandSandbox } from "../sandbox/index.ts";
import type { ToolsWorld } from "../tools/index.ts";
import type { Part } from "./types.ts";

export interface ToolsPart extends Part {
  readonly tools: GateWorld["tools"];
}

/** The built-in tools of a running gateway. */
export function toolsPart(world: Omit<ToolsWorld, "commands">): ToolsPart {
  let tools: GateWorld["tools"] | undefined;
  let commands: CommandSandbox | undefined;
  return {
    name: "tools",
    tools: (place) => tools?.(place) ?? [],
    start: async () => {
      const [{ toolsOf }, { openCommands }] = await Promise.all([import("../tools/index.ts"), import("../sandbox/index.ts")]);
      commands = openCommands();
      tools = toolsOf({
        ...world,
        commands: () => {
          if (!commands) throw new InternalError("a command was run before the gateway started");
          return commands;
        },
      });
      return ok(undefined);
    },
    stop: async () => {
      [tools, commands] = [undefined, undefined];
    },
  };
}
