import { at, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { PROFILES, toolsMeant } from "./tool-names.ts";

/** One entry of a list of tools, with what it means. */
export interface ToolEntry {
  readonly node: SourceNode;
  readonly tools: ReadonlySet<string>;
}

/** What one place of the source says about tools: for all agents, or for one. */
export interface ToolRules {
  readonly node: SourceNode | undefined;
  readonly profile: SourceNode | undefined;
  readonly allow: readonly ToolEntry[] | undefined;
  readonly alsoAllow: readonly ToolEntry[];
  readonly deny: readonly ToolEntry[];
}

export function toolRules(node: SourceNode | undefined): ToolRules {
  const allow = at(node, "allow");
  return {
    node,
    profile: at(node, "profile"),
    allow: allow ? entries(allow) : undefined,
    alsoAllow: entries(at(node, "alsoAllow")),
    deny: entries(at(node, "deny")),
  };
}

function entries(list: SourceNode | undefined): readonly ToolEntry[] {
  return itemsOf(list).flatMap((node) => {
    const text = textOf(node);
    return text === undefined ? [] : [{ node, tools: toolsMeant(text) }];
  });
}

/** A tool that an agent may use, and the source values that say so. */
export interface AllowedTool {
  readonly tool: string;
  readonly because: readonly SourceNode[];
}

/**
 * The tools an agent may use, as OpenClaw reads the rules: its profile, or the one for all, with what is
 * allowed beside it; cut down by each allow list; without what either denies. Where nothing is allowed
 * anywhere, OpenClaw allows everything; here that grants nothing, and a person decides.
 *
 * @param sandboxed - Rules for tools in the sandbox, where the agent's tools always run.
 */
export function allowedTools(all: ToolRules, own: ToolRules, sandboxed: readonly ToolRules[]): readonly AllowedTool[] {
  const profile = own.profile ?? all.profile;
  const stated = new Map<string, SourceNode[]>();
  const state = (tool: string, node: SourceNode): void => void stated.set(tool, [...(stated.get(tool) ?? []), node]);
  if (profile) for (const tool of profileTools(profile)) state(tool, profile);
  for (const entry of [...all.alsoAllow, ...own.alsoAllow]) for (const tool of entry.tools) state(tool, entry.node);
  const lists = [own.allow, all.allow].filter((list) => list !== undefined);
  if (!profile) for (const entry of lists[0] ?? []) for (const tool of entry.tools) state(tool, entry.node);
  const denied = new Set([all, own, ...sandboxed].flatMap(({ deny }) => deny.flatMap(({ tools }) => [...tools])));
  return [...stated].flatMap(([tool, because]) => {
    if (denied.has(tool)) return [];
    const limits = lists.map((list) => list.filter(({ tools }) => tools.has(tool)).map(({ node }) => node));
    const isAlso = [...all.alsoAllow, ...own.alsoAllow].some(({ tools }) => tools.has(tool));
    if (!isAlso && limits.some((nodes) => nodes.length === 0)) return [];
    const inside = sandboxed.flatMap(({ allow }) => (allow ? [allow.filter(({ tools }) => tools.has(tool)).map(({ node }) => node)] : []));
    if (inside.some((nodes) => nodes.length === 0)) return [];
    return [{ tool, because: [...new Set([...because, ...limits.flat(), ...inside.flat()])] }];
  });
}

function profileTools(profile: SourceNode): ReadonlySet<string> {
  const name = textOf(profile) ?? "";
  const members = Object.hasOwn(PROFILES, name) ? (PROFILES[name] ?? []) : [];
  return new Set(members.flatMap((member) => [...toolsMeant(member)]));
}

/** Whether anything is said about which tools there are. */
export function saysAnything(rules: ToolRules): boolean {
  return rules.profile !== undefined || rules.allow !== undefined || rules.alsoAllow.length > 0;
}
