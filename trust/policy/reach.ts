import { addressOf, byCodeUnit, isArray, isObject, valueAt, type Address, type Reach, type Resource } from "../../core/index.ts";
import { parseTool, type Atom } from "../capability/index.ts";
import { channelAccess, type ChannelAccess } from "./channel.ts";

/** An edge of the reference graph, as resolve makes them. */
export interface ReachEdge {
  readonly from: Address;
  readonly to: Address;
  readonly reach: Reach;
}

/** Who can get an agent to act. What is not known yet is null, and no rule may take null for no. */
export interface ReachFacts {
  /** Channels that route to it directly, sorted. */
  readonly channels: readonly string[];
  /** One channel that lets anybody in and reaches it, directly or through others; null when none does. */
  readonly openChannel: string | null;
  readonly privateData: null;
  readonly untrustedInput: null;
  readonly egress: null;
}

export interface ChannelFacts {
  readonly open: boolean;
  readonly pointer: string;
  /** An agent with at least one grant in force can be reached from it. */
  readonly reachesTools: boolean;
}

export interface ReachMap {
  agent(address: Address): ReachFacts;
  /** Null for what is no channel. */
  channel(address: Address): ChannelFacts | null;
}

interface Step {
  readonly from: Address;
  readonly to: Address;
}

type Graph = ReadonlyMap<Address, readonly Address[]>;

const UNREACHED: ReachFacts = { channels: [], openChannel: null, privateData: null, untrustedInput: null, egress: null };

/**
 * Follows who talks to whom and who calls whom, once for all resources: linear in resources, edges and
 * atoms. Agents call agents by capability alone: naming one without the grant is not enough.
 */
export function reachOf(resources: readonly Resource[], edges: readonly ReachEdge[], atoms: readonly Atom[]): ReachMap {
  const channels = new Map<Address, ChannelAccess>();
  for (const each of resources) if (each.kind === "Channel") channels.set(addressOf(each.kind, each.metadata.name), channelAccess(each));
  const inForce = atoms.filter((atom) => atom.expiry !== "expired");
  const calls = [...edges.filter((edge) => edge.reach === "calls" && !edge.from.startsWith("Agent/")), ...inForce.flatMap(callOf)];
  const strangers = [...[...channels].flatMap(doorsOf), ...resources.flatMap((each) => wakesOf(each, channels))];
  const openers = [...channels].filter(([, access]) => access.isOpen).map(([address]) => address);
  const opened = spread(graphOf([...calls, ...strangers]), openers.sort(byCodeUnit));
  const armed = new Set(inForce.filter((atom) => !atom.tool.startsWith("passthrough:")).map((atom) => atom.subject));
  const leadsToTools = spread(graphOf([...calls, ...strangers].map(turned)), [...armed]);
  const talkers = graphOf(edges.filter((edge) => edge.reach === "talks-to").map(turned));
  return {
    agent: (address) => {
      const direct = talkers.get(address);
      const opener = opened.get(address);
      if (!direct && opener === undefined) return UNREACHED;
      return {
        ...UNREACHED,
        channels: [...new Set(direct ?? [])].map(nameOf).sort(byCodeUnit),
        openChannel: opener === undefined ? null : nameOf(opener),
      };
    },
    channel: (address) => {
      const access = channels.get(address);
      return access ? { open: access.isOpen, pointer: access.pointer, reachesTools: leadsToTools.has(address) } : null;
    },
  };
}

/** From an open channel to each agent that a stranger gets to, and to whatever listens everywhere. */
function doorsOf([from, access]: readonly [Address, ChannelAccess]): readonly Step[] {
  if (!access.isOpen) return [];
  return [{ from, to: ANY_OPEN_CHANNEL }, ...access.agents.map((agent) => ({ from, to: addressOf("Agent", agent) }))];
}

/** Stands between every open channel and the workflows that listen on all channels, so that steps stay few. */
const ANY_OPEN_CHANNEL: Address = "Channel/*";

/** A workflow that anybody's message starts: from each open channel it listens on. */
function wakesOf(resource: Resource, channels: ReadonlyMap<Address, ChannelAccess>): readonly Step[] {
  if (resource.kind !== "Workflow" || resource.spec["enabled"] === false) return [];
  const message = valueAt(resource.spec, ["trigger", "message"]);
  if (!isObject(message) || message["from"] !== undefined) return [];
  const to = addressOf(resource.kind, resource.metadata.name);
  if (!isArray(message["channels"])) return [{ from: ANY_OPEN_CHANNEL, to }];
  const heard = message["channels"].map((name) => addressOf("Channel", typeof name === "string" ? name : ""));
  return heard.filter((from) => channels.get(from)?.isOpen).map((from) => ({ from, to }));
}

function callOf(atom: Atom): readonly Step[] {
  if (!atom.tool.startsWith("agent:")) return [];
  const tool = parseTool(atom.tool);
  const provider = tool.ok ? tool.value.provider : null;
  return provider ? [{ from: atom.subject, to: addressOf(provider.kind, provider.name) }] : [];
}

function turned({ from, to }: Step): Step {
  return { from: to, to: from };
}

function graphOf(steps: readonly Step[]): Graph {
  const graph = new Map<Address, Address[]>();
  for (const { from, to } of steps) {
    const list = graph.get(from);
    if (list) list.push(to);
    else graph.set(from, [to]);
  }
  return graph;
}

/** Everything that can be got to from the sources, each with the first source that gets there. */
function spread(graph: Graph, sources: readonly Address[]): ReadonlyMap<Address, Address> {
  const found = new Map<Address, Address>();
  for (const source of sources) {
    const queue = [source];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (found.has(at)) continue;
      found.set(at, source);
      for (const next of graph.get(at) ?? []) queue.push(next);
    }
  }
  return found;
}

function nameOf(address: Address): string {
  return address.slice(address.indexOf("/") + 1);
}
