import type { Draft } from "../draft.ts";
import { at, entriesOf, isMapping, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { slugOf } from "../names.ts";
import type { ImportOptions } from "../types.ts";
import { carryModels, carrySettings } from "./agent-settings.ts";
import { defaultAgentOf, findAgents } from "./agents.ts";
import { asText } from "./convert.ts";
import { carryEnvironment, carryProfiles } from "./auth.ts";
import { carryCapabilities, type McpServers } from "./capabilities.ts";
import { carryChannelDefaults } from "./channel-defaults.ts";
import { isChannelName } from "./channel-types.ts";
import { carryChannel, findChannels } from "./channels.ts";
import { defaultSettings, ownSettings } from "./fold.ts";
import { top, type AgentEntry, type Gateway } from "./gateway.ts";
import { carryHeartbeats } from "./heartbeats.ts";
import { carryHooks } from "./hooks.ts";
import { carryJobs } from "./jobs.ts";
import { leaveOnPurpose } from "./left.ts";
import { carryMcpServers } from "./mcp-servers.ts";
import { carryModelList, newModels, type Models } from "./models.ts";
import { carryProject } from "./project.ts";
import { newProviders, type Providers } from "./providers.ts";
import { carryRouting } from "./routing.ts";
import { carrySessions } from "./sessions.ts";
import { carryAgentSkills, carrySkills } from "./skills.ts";

/** The steps of an import, in the order in which they build on each other. */
export function carryGateway(draft: Draft, options: ImportOptions): void {
  const { root } = draft;
  const project = carryProject(draft, options);
  draft.homes.set("", project);
  const providers = declareProviders(draft);
  carryModelList(draft, providers, at(root, "agents", "defaults", "models"));
  const agents = findAgents(draft, root);
  for (const { node } of agents) carryModelList(draft, providers, at(node, "models"));
  const channels = findChannels(draft, root);
  const gateway: Gateway = { draft, root, project, agents, defaultAgent: defaultAgentOf(root, agents), channels };
  const models = newModels(draft, providers, [at(root, "agents", "defaults", "models"), ...agents.map(({ node }) => at(node, "models"))]);
  carryAgents(gateway, models);
  carryProfiles(draft, providers, at(root, "auth", "profiles"));
  const skills = carrySkills(draft, at(root, "skills"));
  for (const { address, node } of agents)
    carryAgentSkills(draft, address, at(node, "skills") ?? at(root, "agents", "defaults", "skills"), skills);
  for (const channel of channels) carryChannel(draft, channel);
  carryChannelDefaults(gateway);
  carryRouting(gateway);
  carryCapabilities(gateway, serversOf(gateway));
  const workflows = { gateway, models };
  carryHeartbeats(workflows);
  carryJobs(workflows, skills);
  carryHooks(workflows);
  carryEnvironment(draft, providers, at(root, "env"));
  leaveOnPurpose(gateway);
}

/** `models.providers`, and the forms before it: `providers` as a mapping or a list. */
function declareProviders(draft: Draft): Providers {
  const providers = newProviders(draft);
  const { root } = draft;
  const described = entriesOf(at(root, "models", "providers")).filter(([, node]) => isMapping(node));
  draft.names("ModelProvider").expect(described.map(([id]) => id));
  for (const [id, node] of described) providers.declare(id, node);
  const legacy = at(root, "providers");
  for (const [id, node] of entriesOf(legacy)) if (isMapping(node) && !isChannelName(id)) providers.declare(id, node);
  for (const node of legacy?.kind === "list" ? itemsOf(legacy) : []) {
    const id = at(node, "id") ?? at(node, "name");
    if (textOf(id) !== undefined)
      draft.accounts.carried(id ?? node, { address: providers.declare(textOf(id) ?? "", node), pointer: "/metadata/name" });
  }
  return providers;
}

function carryAgents(gateway: Gateway, models: Models): void {
  const { draft, root, agents, defaultAgent } = gateway;
  const own = ownSettings(draft);
  const defaults = at(root, "agents", "defaults");
  carryWorkspaces(gateway, defaults);
  for (const { address, node } of agents) {
    if (!node) continue;
    carryModels(own, address, node, models);
    carrySettings(own, address, node);
    // A label beside an identity: the identity is what people see, the label says what it is for.
    if (draft.accounts.isOpenAt(at(node, "name"))) own.field(at(node, "name"), address, ["spec", "description"], asText);
    draft.accounts.leave(at(node, "enabled"), "An agent that is declared is there.");
  }
  const fold = defaultSettings(draft);
  for (const { address } of agents) {
    if (defaults) {
      carryModels(fold, address, defaults, models);
      carrySettings(fold, address, defaults);
    }
  }
  carryTopModel(gateway, models);
  for (const { address } of agents) {
    if (draft.get(address, ["spec", "model", "name"]) !== undefined) continue;
    draft.imply(address, ["spec", "model", "provider"], models.none().provider);
    draft.imply(address, ["spec", "model", "name"], models.none().name);
  }
  carrySessions(gateway, fold);
  const identity = at(root, "identity");
  if (identity && textOf(identity) !== undefined)
    draft.put(defaultAgent.address, ["spec", "description"], textOf(identity) ?? "", [identity]);
  else if (identity)
    carrySettings(own, defaultAgent.address, { ...identity, kind: "map", entries: [["identity", identity]], shadowed: [], rest: [] });
  fold.settle();
}

/** `defaultProvider` and `defaultModel` at the top, which people guessed. */
function carryTopModel({ draft, root, agents }: Gateway, models: Models): void {
  const [provider, model] = [at(root, "defaultProvider"), at(root, "defaultModel")];
  const choice = models.choice(`${textOf(provider) ?? ""}/${textOf(model) ?? ""}`);
  if (!provider || !model || !choice) return;
  for (const { address } of agents) {
    if (draft.get(address, ["spec", "model"]) !== undefined) continue;
    draft.put(address, ["spec", "model", "provider"], choice.provider, [provider]);
    draft.put(address, ["spec", "model", "name"], choice.name, [model]);
  }
}

/** Folders on the host become folders below the runtime's workspaces; agents that shared one still do. */
function carryWorkspaces({ draft, agents, defaultAgent }: Gateway, defaults: SourceNode | undefined): void {
  const folders = new Map<string, string>();
  const folderFor = (path: string): string => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const base = slugOf(path.split(/[\\/]/).findLast((part) => part !== "") ?? "", "workspace");
    const taken = new Set(folders.values());
    let folder = base;
    for (let n = 2; taken.has(folder); n++) folder = `${base}-${n}`;
    folders.set(path, folder);
    return folder;
  };
  const set = (agent: AgentEntry, node: SourceNode): void => {
    const path = textOf(node);
    if (path === undefined) return;
    draft.put(agent.address, ["spec", "workspace", "folder"], folderFor(path), [node]);
    draft.task("Copy what the agents keep in their workspaces on the old host: the import carries names of folders, not files.");
  };
  for (const agent of agents) {
    const node = at(agent.node, "workspace");
    if (node) set(agent, node);
  }
  const shared = at(defaults, "workspace");
  if (!shared) return;
  if (draft.get(defaultAgent.address, ["spec", "workspace"]) === undefined) set(defaultAgent, shared);
  else draft.accounts.leave(shared, "The agent it would be for has a workspace of its own.");
}

/** MCP servers of the whole gateway are for every agent; those below an agent are its own. */
function serversOf(gateway: Gateway): McpServers {
  const { draft, agents } = gateway;
  const shared = [
    ...carryMcpServers(draft, top(gateway, "mcp", "servers")),
    ...carryMcpServers(draft, top(gateway, "agents", "mcp", "servers")),
  ];
  return { shared, own: new Map(agents.map((agent) => [agent, carryMcpServers(draft, at(agent.node, "mcp", "servers"))])) };
}
