import { fail, nearest, ok, problem, shown, type Result } from "../../core/index.ts";
import type { ResourceType } from "./types.ts";

/** What is known of one tool: what it acts on and what can be done with it. */
export interface ToolFacts {
  readonly tool: string;
  readonly family: "built-in" | "agent" | "mcp" | "plugin";
  /** Null: the tool acts on nothing, and its permissions name no resource. */
  readonly resource: ResourceType | null;
  readonly actions: readonly string[];
  /** The pattern of a permission that names no resource; null where it must name one. */
  readonly impliedPattern: string | null;
  /** For `agent:`, `mcp:` and `plugin:`: the resource that provides the tool. */
  readonly provider: { readonly kind: "Agent" | "McpServer" | "Plugin"; readonly name: string } | null;
}

type BuiltIn = readonly [resource: ResourceType | null, ...actions: readonly string[]];

/** The tools every runtime has. docs/capabilities.md shows this table. */
const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  "http.fetch": ["url", "get", "head", "post", "put", "patch", "delete"],
  "fs.read": ["path", "read"],
  "fs.list": ["path", "read"],
  "fs.search": ["path", "read"],
  "fs.write": ["path", "write"],
  "fs.edit": ["path", "write"],
  "exec.run": ["command", "run"],
  "message.send": ["name", "send"],
  "schedule.create": ["name", "write"],
  "schedule.cancel": ["name", "write"],
  "memory.read": ["name", "read"],
  "memory.search": ["name", "read"],
  "memory.write": ["name", "write"],
  time: [null, "call"],
  json: [null, "call"],
};

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const AGENT = new RegExp(`^agent:(${LABEL})$`);
const PROVIDED = new RegExp(`^(mcp|plugin):(${LABEL})/(\\*|[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$`);

/** Every built-in tool, in the order of the table. */
export const BUILT_IN_TOOLS: readonly ToolFacts[] = Object.keys(BUILT_IN).map((tool) => builtIn(tool, BUILT_IN[tool] ?? [null]));
const BY_NAME: ReadonlyMap<string, ToolFacts> = new Map(BUILT_IN_TOOLS.map((facts) => [facts.tool, facts]));

/**
 * The tool of that exact name. Nothing is trimmed, folded or guessed: another case, a space or a
 * look-alike letter is another name, and unknown. `*` is every tool of one server or plugin.
 */
export function parseTool(text: string): Result<ToolFacts> {
  const known = BY_NAME.get(text);
  if (known) return ok(known);
  const agent = AGENT.exec(text);
  if (agent) {
    const name = agent[1] ?? "";
    return ok({
      tool: text,
      family: "agent",
      resource: "name",
      actions: ["call"],
      impliedPattern: name,
      provider: { kind: "Agent", name },
    });
  }
  const provided = PROVIDED.exec(text);
  if (provided) {
    const family = provided[1] === "mcp" ? "mcp" : "plugin";
    const provider = { kind: family === "mcp" ? "McpServer" : "Plugin", name: provided[2] ?? "" } as const;
    return ok({ tool: text, family, resource: "name", actions: ["call"], impliedPattern: "**", provider });
  }
  return fail(unknownTool(text));
}

function unknownTool(text: string): ReturnType<typeof problem> {
  const near = nearest(text, BY_NAME.keys());
  return problem("CAPABILITY_TOOL", {
    detail: `There is no tool ${shown(text)}, so nothing can be granted for it.`,
    remedy:
      near === undefined
        ? `Built-in tools: ${[...BY_NAME.keys()].join(", ")}; others are \`agent:<name>\`, \`mcp:<server>/<tool>\`, \`plugin:<name>/<tool>\`.`
        : `Did you mean "${near}"?`,
  });
}

function builtIn(tool: string, [resource, ...actions]: BuiltIn): ToolFacts {
  return { tool, family: "built-in", resource, actions, impliedPattern: resource === null ? "**" : null, provider: null };
}
