import { addressOf, byCodeUnit, isArray, isObject, valueAt, type Address, type Resource } from "../../core/index.ts";
import {
  ceilingsOf,
  channelAccess,
  closureOf,
  EVERY_CHANNEL,
  exposureOf,
  kindOf,
  spread,
  type ChannelAccess,
  type Closure,
  type DeclaredAtom,
  type ReachEdge,
} from "../capability/index.ts";

/** Who can get an agent to act, and what it can then do in effect: by itself and through others. */
export interface ReachFacts {
  /** Channels that route to it directly, sorted. */
  readonly channels: readonly string[];
  /** One channel that lets anybody in and reaches it, directly or through others; null when none does. */
  readonly openChannel: string | null;
  readonly privateData: boolean;
  readonly untrustedInput: boolean;
  readonly egress: boolean;
  /** One secret that the tools it reaches are handed; null for none. */
  readonly secret: string | null;
  /** Of a grant: the ceiling of a team that it passes, and the agent whose grant passes it. */
  readonly ceiling: { readonly team: string; readonly by: string } | null;
}

export interface ChannelFacts {
  readonly open: boolean;
  readonly pointer: string;
  /** An agent with at least one grant in force can be reached from it. */
  readonly reachesTools: boolean;
}

export interface ReachMap {
  readonly closure: Closure;
  agent(address: Address): ReachFacts;
  /** The facts of its subject, with what concerns this grant. */
  grant(declared: DeclaredAtom): ReachFacts;
  /** Null for what is no channel. */
  channel(address: Address): ChannelFacts | null;
}

/**
 * Follows who talks to whom and who calls whom, once for all resources: linear in resources, edges and atoms.
 *
 * @param bounding - Teams as they are active, where a change would have them otherwise: their ceilings hold too,
 *   so that a change that raises a ceiling does not profit from it yet.
 */
export function reachOf(
  resources: readonly Resource[],
  edges: readonly ReachEdge[],
  atoms: readonly DeclaredAtom[],
  bounding: readonly Resource[] = [],
): ReachMap {
  const closure = closureOf(resources, edges, atoms);
  const { graph } = closure;
  const channels = new Map<Address, ChannelAccess>();
  for (const each of resources) if (each.kind === "Channel") channels.set(addressOf(each.kind, each.metadata.name), channelAccess(each));
  const doors = doorsOf(channels, resources);
  const opened = openedBy(closure, doors);
  const armed = [...closure.atomsOf.keys()].filter((address) => kindOf(address) === "Agent");
  const leadsToTools = spread(
    graph.previous,
    armed.flatMap((address) => graph.index.get(address) ?? []),
  );
  const talkers = Map.groupBy(
    edges.filter((edge) => edge.reach === "talks-to"),
    (edge) => edge.to,
  );
  const exposure = exposureOf(resources, closure);
  const ceiling = ceilingsOf([...resources, ...bounding], closure);
  const factsOf = (address: Address): ReachFacts => {
    const opener = opened.get(graph.index.get(address) ?? -1);
    const { privateData, untrustedInput, egress, secret } = exposure(address);
    return {
      channels: talkers.has(address) ? [...new Set((talkers.get(address) ?? []).map((edge) => nameOf(edge.from)))].sort(byCodeUnit) : [],
      openChannel: opener === undefined ? null : nameOf(opener),
      privateData,
      untrustedInput: untrustedInput || opener !== undefined,
      egress,
      secret: secret === null ? null : nameOf(secret),
      ceiling: null,
    };
  };
  const known = new Map<Address, ReachFacts>();
  const agent = (address: Address): ReachFacts => {
    const facts = known.get(address) ?? factsOf(address);
    known.set(address, facts);
    return facts;
  };
  return {
    closure,
    agent,
    grant: (declared) => {
      const beyond = ceiling(declared);
      const facts = agent(declared.atom.subject);
      return beyond === null ? facts : { ...facts, ceiling: { team: nameOf(beyond.team), by: nameOf(beyond.by) } };
    },
    channel: (address) => {
      const access = channels.get(address);
      if (!access) return null;
      const reachesTools = (doors.get(address) ?? []).some((to) => leadsToTools.has(graph.index.get(to) ?? -1));
      return { open: access.isOpen, pointer: access.pointer, reachesTools };
    },
  };
}

/** What strangers get to from each open channel: the agents that its doors lead to, and the workflows that hear anybody. */
function doorsOf(channels: ReadonlyMap<Address, ChannelAccess>, resources: readonly Resource[]): ReadonlyMap<Address, readonly Address[]> {
  const open = [...channels].filter(([, access]) => access.isOpen);
  const woken = resources.flatMap(wokenBy);
  const everywhere = woken.flatMap(({ from, to }) => (from === EVERY_CHANNEL ? [to] : []));
  const byChannel = Map.groupBy(woken, ({ from }) => from);
  return new Map(
    open.map(([from, access]) => [
      from,
      [...access.agents.map((name) => addressOf("Agent", name)), ...everywhere, ...(byChannel.get(from) ?? []).map(({ to }) => to)],
    ]),
  );
}

/** The channels that a workflow listens on for messages of anybody. */
function wokenBy(resource: Resource): readonly { readonly from: Address; readonly to: Address }[] {
  if (resource.kind !== "Workflow" || resource.spec["enabled"] === false) return [];
  const message = valueAt(resource.spec, ["trigger", "message"]);
  if (!isObject(message) || message["from"] !== undefined) return [];
  const to = addressOf(resource.kind, resource.metadata.name);
  if (!isArray(message["channels"])) return [{ from: EVERY_CHANNEL, to }];
  return message["channels"].map((name) => ({ from: addressOf("Channel", typeof name === "string" ? name : ""), to }));
}

/** Every node that strangers get to, with the first open channel, by address, that leads there. */
function openedBy({ graph }: Closure, doors: ReadonlyMap<Address, readonly Address[]>): ReadonlyMap<number, Address> {
  const found = new Map<number, Address>();
  for (const opener of [...doors.keys()].sort(byCodeUnit)) {
    const queue = (doors.get(opener) ?? []).flatMap((to) => graph.index.get(to) ?? []);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (found.has(at)) continue;
      found.set(at, opener);
      const { start, to } = graph.next;
      for (let place = start[at] ?? 0; place < (start[at + 1] ?? 0); place++) queue.push(to[place] ?? 0);
    }
  }
  return found;
}

function nameOf(address: Address): string {
  return address.slice(address.indexOf("/") + 1);
}
