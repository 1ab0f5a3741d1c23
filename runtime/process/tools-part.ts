import { InternalError, ok } from "../../core/index.ts";
import type { Deliver } from "../conversations/index.ts";
import type { GateWorld } from "../gate/index.ts";
import type { CommandSandbox, Protection } from "../sandbox/index.ts";
import type { Scheduler, SchedulerWorld, ToolsWorld } from "../tools/index.ts";
import type { Part } from "./types.ts";

export interface ToolsPart extends Part {
  readonly tools: GateWorld["tools"];
  /** What agents had made, for `status`. */
  readonly schedules: () => Pick<Scheduler, "list" | "forget">;
  readonly protection: () => Promise<Protection>;
  /** Runs what is due, once messages can be taken in. */
  readonly scheduler: Part;
}

export type ToolsPartWorld = Omit<ToolsWorld, "commands" | "schedules"> & Pick<SchedulerWorld, "receive" | "failed">;

/** The built-in tools of a running gateway, and the schedules they make. */
export function toolsPart(world: ToolsPartWorld): ToolsPart {
  let tools: GateWorld["tools"] | undefined;
  let commands: CommandSandbox | undefined;
  let scheduler: Scheduler | undefined;
  return {
    name: "tools",
    tools: (place) => tools?.(place) ?? [],
    schedules: () => there(scheduler),
    protection: async () => await there(commands).protection(),
    start: async () => {
      const [{ openScheduler, toolsOf }, { openCommands }] = await Promise.all([
        import("../tools/index.ts"),
        import("../sandbox/index.ts"),
      ]);
      commands = openCommands();
      scheduler = openScheduler(world);
      tools = toolsOf({ ...world, commands: () => there(commands), schedules: () => there(scheduler) });
      return ok(undefined);
    },
    stop: async () => {
      [tools, commands, scheduler] = [undefined, undefined, undefined];
    },
    scheduler: {
      name: "schedules",
      start: async () => await there(scheduler).start(),
      stop: async () => await scheduler?.stop(),
    },
  };
}

/** Answers to a schedule go nowhere: they stay in its conversation. Everything else goes out through channels. */
export function deliverUnlessScheduled(deliver: Deliver, now: () => string): Deliver {
  return async (answer, signal, keeping) =>
    answer.channel.type === "schedule" ? ok({ platformId: null, at: now() }) : await deliver(answer, signal, keeping);
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new InternalError("a part of the gateway was used before it started");
  return part;
}
