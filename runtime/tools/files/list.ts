import { LIMITS, ok, shown } from "../../../core/index.ts";
import type { Tool } from "../../gate/index.ts";
import { defineTool, numberIn, textIn, textSchema, wholeSchema } from "../define.ts";
import type { ToolsWorld } from "../types.ts";
import { mayRead, OF_FILES } from "./access.ts";
import { reachable } from "./reachable.ts";
import { walk } from "./walk.ts";

/** `fs.list`: what is in a folder; with a depth also what is in the folders there, as far as grants cover them. */
export function listFolder({ live }: Pick<ToolsWorld, "live">): Tool {
  return defineTool({
    name: "fs.list",
    description: "Lists a folder of the workspace: names, kinds and sizes. `.` is the workspace itself.",
    properties: {
      path: textSchema("Folder in the workspace; default `.`.", LIMITS.requestChars),
      depth: wholeSchema("How many levels to show; default 1.", 1, LIMITS.workspaceDepth),
    },
    required: [],
    wish: (args) => {
      const depth = numberIn(args, "depth", 1);
      const resource = textIn(args, "path", ".");
      return ok({ action: "read", resource, facts: { depth }, effect: (path) => ({ path, depth }), summary: shown });
    },
    run: async (call, scope, signal) => {
      const access = mayRead(live(), scope.run);
      if (!access.ok) return access;
      const path = textIn(call.effect, "path", ".");
      const lines: string[] = [];
      const isCovered = reachable(live(), call, scope);
      const walked = walk(scope.workspace, path, numberIn(call.effect, "depth", 1), (entry) => {
        if (signal.aborted || lines.length >= LIMITS.listedEntries) return "stop";
        // What stands in the folder itself is what was asked for; what is in folders below it is asked for anew.
        const isBelow = entry.type === "folder" && numberIn(call.effect, "depth", 1) > 1;
        const goesOn = !isBelow || isCovered(entry.path);
        lines.push(`${entry.type === "file" ? String(entry.bytes).padStart(10) : entry.type.padStart(10)}  ${shown(entry.path)}`);
        return goesOn ? "go on" : "skip";
      });
      if (!walked.ok) return walked;
      const end = walked.value ? [] : [`[cut off after ${lines.length} entries]`];
      const said = lines.length === 0 ? "The folder is empty." : [...lines, ...end].join("\n");
      return ok({ text: said, labels: OF_FILES, facts: { entries: lines.length } });
    },
  });
}
