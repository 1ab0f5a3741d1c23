import type { JsonObject } from "../../../core/index.ts";
import { at, entriesOf, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { defaultMarks } from "./agents.ts";
import { agentOf, top, type AgentEntry, type ChannelEntry, type Gateway } from "./gateway.ts";

/** One binding as a route: what it matches, and the source values that say so. */
interface Route {
  readonly match: JsonObject;
  readonly agent: AgentEntry;
  readonly from: readonly SourceNode[];
  readonly comment: SourceNode | undefined;
  /** OpenClaw takes the most specific binding, we the first that matches: smaller comes first. */
  readonly rank: number;
}

/** Bindings as routes of their channels, and what goes to the default agent. */
export function carryRouting(gateway: Gateway): void {
  const { draft, channels, defaultAgent } = gateway;
  const bindings = itemsOf(top(gateway, "bindings"));
  for (const channel of channels) {
    const routes = [...bindings.flatMap((node) => routeOf(gateway, channel, node)), ...looseRoutes(gateway, channel)];
    const ordered = routes.toSorted((a, b) => a.rank - b.rank);
    for (const { match, agent, from, comment } of ordered) {
      const index = (draft.get(channel.address, ["spec", "routing"]) as readonly unknown[] | undefined)?.length ?? 0;
      const isEverything = Object.keys(match).length === 0;
      const isPushed = draft.push(channel.address, ["spec", "routing"], { ...(isEverything ? {} : { match }), agent: agent.name }, from);
      if (comment && isPushed) draft.put(channel.address, ["spec", "routing", index, "description"], textOf(comment) ?? "", [comment]);
    }
    if (ordered.every(({ match }) => Object.keys(match).length > 0)) {
      draft.push(channel.address, ["spec", "routing"], { agent: defaultAgent.name }, defaultMarks(gateway.root, [defaultAgent]));
    }
  }
  const why =
    channels.length > 0
      ? "Routes name the agents they lead to; this one is not the default."
      : "There is no channel whose messages a default agent could get.";
  for (const mark of defaultMarks(gateway.root, gateway.agents)) draft.accounts.leave(mark, why);
}

const CONDITIONS = ["channel", "accountId", "peer", "guildId", "teamId", "roles"];

function routeOf(gateway: Gateway, channel: ChannelEntry, node: SourceNode): readonly Route[] {
  const match = at(node, "match");
  const agentId = at(node, "agentId");
  const agent = agentOf(gateway, textOf(agentId));
  const type = at(node, "type");
  const isRoute = (textOf(type) ?? "route") === "route" && textOf(at(match, "channel")) === channel.id;
  if (!isRoute || !agentId) return [];
  if (!agent) {
    gateway.draft.accounts.note(node, "No agent of that id is declared.");
    return [];
  }
  const peer = peerOf(at(match, "peer"));
  // A condition that is not understood must not be dropped: the route would match more than the binding did.
  const isUnderstood = entriesOf(match).every(([key]) => CONDITIONS.includes(key)) && (peer !== undefined || !at(match, "peer"));
  if (!isUnderstood) {
    gateway.draft.accounts.note(node, "A condition of this binding has no counterpart, so there is no route for it.");
    return [];
  }
  const roles = itemsOf(at(match, "roles")).flatMap((role) => textOf(role) ?? []);
  const made = {
    ...accountMatch(channel, textOf(at(match, "accountId"))),
    ...(peer ? { peer } : {}),
    ...text("guild", at(match, "guildId")),
    ...text("team", at(match, "teamId")),
    ...(roles.length > 0 ? { roles } : {}),
  };
  const from = [agentId, type, ...CONDITIONS.map((key) => at(match, key))].filter((each) => each !== undefined);
  return [{ match: made, agent, from, comment: at(node, "comment"), rank: rankOf(made) }];
}

/** `*` is any account. */
function accountMatch(channel: ChannelEntry, id: string | undefined): JsonObject {
  return id === undefined || id === "*" ? {} : { account: channel.accounts.get(id) ?? id };
}

function text(field: string, node: SourceNode | undefined): JsonObject {
  const value = textOf(node);
  return value === undefined ? {} : { [field]: value };
}

const PEERS: Readonly<Record<string, string>> = { direct: "direct", dm: "direct", group: "group", channel: "channel" };

function peerOf(node: SourceNode | undefined): JsonObject | undefined {
  const kind = PEERS[textOf(at(node, "kind")) ?? ""];
  const id = textOf(at(node, "id"));
  if (kind === undefined) return undefined;
  return id === undefined || id === "*" ? { kind } : { kind, id };
}

/** The order in which OpenClaw looks: peer, server with roles, server, team, account, the whole channel. */
function rankOf(match: JsonObject): number {
  if (match["peer"] !== undefined) return 0;
  if (match["guild"] !== undefined) return match["roles"] === undefined ? 2 : 1;
  if (match["team"] !== undefined) return 3;
  return match["account"] === undefined ? 5 : 4;
}

/** `channelBindings: ["telegram:*"]` at an agent, a form that people guessed, and topics that name an agent. */
function looseRoutes(gateway: Gateway, channel: ChannelEntry): readonly Route[] {
  const bound = gateway.agents.flatMap((agent) =>
    itemsOf(at(agent.node, "channelBindings")).flatMap((node): readonly Route[] => {
      const [id, account] = (textOf(node) ?? "").split(":");
      if (id !== channel.id) return [];
      const match = account === undefined || account === "*" ? {} : { account: channel.accounts.get(account) ?? account };
      return [{ match, agent, from: [node], comment: undefined, rank: rankOf(match) }];
    }),
  );
  return [...bound, ...topicRoutes(gateway, channel)];
}

function topicRoutes(gateway: Gateway, channel: ChannelEntry): readonly Route[] {
  return entriesOf(at(channel.node, "groups")).flatMap(([group, settings]) =>
    entriesOf(at(settings, "topics")).flatMap(([topic, node]): readonly Route[] => {
      const said = at(node, "agentId");
      const agent = agentOf(gateway, textOf(said));
      if (!said || !agent) return [];
      const match = { peer: { kind: "group", id: group }, thread: topic };
      return [{ match, agent, from: [said], comment: undefined, rank: -1 }];
    }),
  );
}
