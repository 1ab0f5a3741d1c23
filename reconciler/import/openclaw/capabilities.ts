import { isArray, isObject, type Json } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, booleanOf, itemsOf, numberOf, textOf, type SourceNode } from "../json5/tree.ts";
import { agentOf, top, type AgentEntry, type Gateway } from "./gateway.ts";
import { CALLING_TOOLS, oursFor } from "./tool-names.ts";
import { allowedTools, saysAnything, toolRules, type AllowedTool, type ToolEntry, type ToolRules } from "./tool-policy.ts";

const CAPABILITIES = ["spec", "capabilities"];

/** The names of MCP servers: of the whole gateway, and of single agents. */
export interface McpServers {
  readonly shared: readonly string[];
  readonly own: ReadonlyMap<AgentEntry, readonly string[]>;
}

/** One grant while its permissions are put together. */
interface Grant {
  readonly tool: string;
  readonly permissions: readonly { readonly action: string; readonly resource?: string }[];
  readonly constraints: Readonly<Record<string, Json>>;
  readonly because: readonly SourceNode[];
}

/** The tool policy of the source as grants: what it lets an agent use, and nothing else. */
export function carryCapabilities(gateway: Gateway, mcpServers: McpServers): void {
  const all = toolRules(top(gateway, "tools"));
  const everybody = gateway.agents.map((agent) => ({
    agent,
    own: toolRules(at(agent.node, "tools")),
    sandboxed: sandboxRules(gateway, agent),
  }));
  for (const { agent, own, sandboxed } of everybody) {
    const tools = allowedTools(all, own, sandboxed);
    for (const grant of grantsOf(gateway, agent, tools)) pushGrant(gateway, agent, grant);
    carryCalls(gateway, agent, tools);
    if (tools.some(({ tool }) => tool.startsWith("memory_"))) gateway.draft.imply(agent.address, ["spec", "memory"], {});
    for (const server of serversFor(agent, mcpServers, [all, own])) {
      gateway.draft.push(agent.address, ["spec", "mcpServers"], server, []);
      pushGrant(gateway, agent, { tool: `mcp:${server}/*`, permissions: [{ action: "call" }], constraints: {}, because: [] });
    }
    if (!saysAnything(all) && !saysAnything(own)) {
      gateway.draft.task(
        "Grant the tools this agent needs (spec.capabilities): the source allows every tool by saying nothing, and here nothing is granted that is not written.",
        agent.address,
      );
    }
  }
  settle(gateway, [all, ...everybody.flatMap(({ own, sandboxed }) => [own, ...sandboxed])]);
}

/**
 * The servers an agent may use: its own, and those of the gateway unless its rules leave them out. OpenClaw
 * counts their tools as `bundle-mcp`, which an allow list must name.
 */
function serversFor(agent: AgentEntry, servers: McpServers, rules: readonly ToolRules[]): readonly string[] {
  const names = (entries: readonly ToolEntry[]): boolean =>
    entries.some(({ tools }) => tools.has("bundle-mcp") || tools.has("group:plugins"));
  const isLeftOut = rules.some(({ allow, deny }) => names(deny) || (allow !== undefined && !names(allow)));
  const isMinimal = rules.map(({ profile }) => textOf(profile)).findLast((profile) => profile !== undefined) === "minimal";
  const own = servers.own.get(agent) ?? [];
  return isLeftOut || isMinimal ? own : [...servers.shared, ...own];
}

/** Rules for tools in the sandbox, where the source says that all of the agent's tools run there. */
function sandboxRules(gateway: Gateway, agent: AgentEntry): readonly ToolRules[] {
  const mode = at(agent.node, "sandbox", "mode") ?? top(gateway, "agents", "defaults", "sandbox", "mode");
  if (textOf(mode) !== "all") return [];
  const places = [top(gateway, "tools", "sandbox", "tools"), at(agent.node, "tools", "sandbox", "tools")];
  return places.filter((node) => node !== undefined).map(toolRules);
}

function pushGrant({ draft }: Gateway, { address }: AgentEntry, grant: Grant): void {
  const { tool, permissions, constraints, because } = grant;
  const list = draft.get(address, CAPABILITIES);
  const known = isArray(list) ? list.findIndex((item) => isObject(item) && item["tool"] === tool) : -1;
  const value = { tool, permissions, ...(Object.keys(constraints).length > 0 ? { constraints } : {}) };
  if (known < 0) draft.push(address, CAPABILITIES, value, because);
  else for (const node of because) draft.accounts.carried(node, { address, pointer: `/spec/capabilities/${known}` });
}

function grantsOf(gateway: Gateway, agent: AgentEntry, tools: readonly AllowedTool[]): readonly Grant[] {
  const exec = execOf(gateway, agent);
  return tools.flatMap(({ tool, because }) =>
    oursFor(tool).flatMap((ours): readonly Grant[] => {
      if (ours === "exec.run") return exec ? [{ tool: ours, ...exec, because: [...because, ...exec.because] }] : [];
      if (ours === "http.fetch") return fetchGrant(gateway, because);
      if (ours === "message.send") return sendGrant(gateway, because);
      if (ours.startsWith("schedule.")) return [simple(ours, "write", agent.name, because)];
      const isRead = ours.startsWith("memory.") || ["fs.read", "fs.list", "fs.search"].includes(ours);
      return [simple(ours, isRead ? "read" : "write", "**", because)];
    }),
  );
}

function simple(tool: string, action: string, resource: string, because: readonly SourceNode[]): Grant {
  return { tool, permissions: [{ action, resource }], constraints: {}, because };
}

/** Reading from the web: `https` only, wherever. OpenClaw's tool can do no more than read. */
function fetchGrant(gateway: Gateway, because: readonly SourceNode[]): readonly Grant[] {
  const settings = top(gateway, "tools", "web", "fetch");
  const enabled = at(settings, "enabled");
  if (booleanOf(enabled) === false) return [];
  const timeout = at(settings, "timeoutSeconds");
  const seconds = numberOf(timeout);
  const isWhole = seconds !== undefined && Number.isInteger(seconds) && seconds > 0;
  const said = [enabled, isWhole ? timeout : undefined].filter((node) => node !== undefined);
  return [
    {
      tool: "http.fetch",
      permissions: ["get", "head"].map((action) => ({ action, resource: "https://**" })),
      constraints: isWhole ? { timeout: `${seconds}s` } : {},
      because: [...because, ...said],
    },
  ];
}

/** Messages go to the channels that are declared; without any there is nowhere to send to. */
function sendGrant({ channels }: Gateway, because: readonly SourceNode[]): readonly Grant[] {
  if (channels.length === 0) return [];
  return [
    { tool: "message.send", permissions: channels.map(({ name }) => ({ action: "send", resource: name })), constraints: {}, because },
  ];
}

const PROGRAM = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/** Running programs: which ones, and who is asked. Undefined where none may be run. */
function execOf(gateway: Gateway, agent: AgentEntry): Pick<Grant, "permissions" | "constraints" | "because"> | undefined {
  const pick = (key: string): SourceNode | undefined => at(agent.node, "tools", "exec", key) ?? top(gateway, "tools", "exec", key);
  const security = pick("security");
  const ask = pick("ask");
  const timeout = pick("timeoutSec") ?? pick("timeoutSeconds");
  const isBounded = textOf(security) === "allowlist";
  const bins = itemsOf(pick("safeBins")).filter((node) => PROGRAM.test(textOf(node) ?? ""));
  if (textOf(security) === "deny" || (isBounded && bins.length === 0)) return undefined;
  const seconds = numberOf(timeout);
  const isWhole = seconds !== undefined && Number.isInteger(seconds) && seconds > 0;
  // Only what is said counts: OpenClaw's own defaults ask nobody, ours ask always.
  const isUnasked = textOf(ask) === "off" && textOf(security) === "full";
  return {
    permissions: isBounded ? bins.map((node) => ({ action: "run", resource: textOf(node) ?? "" })) : [{ action: "run", resource: "**" }],
    constraints: { ...(isUnasked ? { approval: "never" } : {}), ...(isWhole ? { timeout: `${seconds}s` } : {}) },
    because: [security, ask, isWhole ? timeout : undefined, ...(isBounded ? bins : [])].filter((node) => node !== undefined),
  };
}

/** Which agents an agent may call: `subagents.allowAgents`, and `tools.agentToAgent` where it is switched on. */
function carryCalls(gateway: Gateway, agent: AgentEntry, tools: readonly AllowedTool[]): void {
  const because = tools.filter(({ tool }) => CALLING_TOOLS.has(tool)).flatMap((each) => each.because);
  const own = at(agent.node, "subagents", "allowAgents");
  for (const item of itemsOf(own ?? top(gateway, "agents", "defaults", "subagents", "allowAgents"))) {
    for (const callee of calleesOf(gateway, agent, item)) carryCall(gateway, agent, callee, [item, ...because]);
  }
  const between = at(agent.node, "tools", "agentToAgent") ?? top(gateway, "tools", "agentToAgent");
  const enabled = at(between, "enabled");
  const members = itemsOf(at(between, "allow"));
  const isMember = members.some((item) => textOf(item) === "*" || agentOf(gateway, textOf(item)) === agent);
  if (booleanOf(enabled) !== true || !isMember) return;
  for (const item of members) {
    for (const callee of calleesOf(gateway, agent, item)) carryCall(gateway, agent, callee, enabled ? [item, enabled] : [item]);
  }
}

function calleesOf(gateway: Gateway, agent: AgentEntry, item: SourceNode): readonly AgentEntry[] {
  if (textOf(item) === "*") return gateway.agents.filter((each) => each !== agent);
  const callee = agentOf(gateway, textOf(item));
  return callee && callee !== agent ? [callee] : [];
}

function carryCall(gateway: Gateway, agent: AgentEntry, callee: AgentEntry, because: readonly SourceNode[]): void {
  gateway.draft.push(agent.address, ["spec", "subAgents"], callee.name, because);
  pushGrant(gateway, agent, { tool: `agent:${callee.name}`, permissions: [{ action: "call" }], constraints: {}, because: [] });
}

/** What is left of the rules once every grant is made. */
function settle({ draft, agents }: Gateway, rules: readonly ToolRules[]): void {
  const { accounts } = draft;
  for (const { profile, allow = [], alsoAllow, deny } of rules) {
    for (const { node } of deny) accounts.leave(node, "Nothing grants it, so there is nothing to deny.");
    accounts.leave(profile, "The profile brings no tool that moltbot has or that the agents may use.");
    for (const { node, tools } of [...allow, ...alsoAllow]) {
      const isKnown = [...tools].some((tool) => oursFor(tool).length > 0 || CALLING_TOOLS.has(tool));
      accounts.leave(
        node,
        isKnown
          ? "Other rules leave no agent that may use it."
          : "moltbot has no tool of this name. One that a plugin brings is granted as plugin:<name>/<tool>.",
      );
    }
  }
  for (const { node } of rules) leaveUnused(draft, node);
  if (agents.length === 1) {
    for (const { node } of rules) accounts.leave(at(node, "agentToAgent"), "There is one agent, so there is nobody to call.");
  }
}

/** Details of tools that no agent may use. */
function leaveUnused(draft: Draft, node: SourceNode | undefined): void {
  const isGranted = (tool: string): boolean =>
    draft.addresses().some((address) => {
      const list = address.startsWith("Agent/") ? draft.get(address, CAPABILITIES) : undefined;
      return isArray(list) && list.some((item) => isObject(item) && item["tool"] === tool);
    });
  if (!isGranted("exec.run")) {
    for (const key of ["security", "ask", "safeBins", "timeoutSec"])
      draft.accounts.leave(at(node, "exec", key), "No agent may run programs.");
  }
  if (!isGranted("http.fetch")) draft.accounts.leave(at(node, "web", "fetch", "enabled"), "No agent may fetch from the web.");
}
