import { addressOf, isArray, isObject, valueAt, type Address, type Json, type Reach, type Resource } from "../../core/index.ts";
import type { Step } from "./graph.ts";
import { parseTool } from "./tools.ts";
import type { Atom } from "./types.ts";

/** An edge of the reference graph, as resolve makes them. */
export interface ReachEdge {
  readonly from: Address;
  readonly to: Address;
  readonly reach: Reach;
}

/** Stand for every channel and every agent, so that "any" is one step and not one for each. No name holds `*`. */
export const EVERY_CHANNEL: Address = "Channel/*";
export const EVERY_AGENT: Address = "Agent/*";

/** Kinds that act or make others act: they gain what is gained by what they drive. */
const ACTORS: ReadonlySet<string> = new Set(["Agent", "Channel", "Passthrough", "Team", "Workflow"]);
/** Kinds whose secrets serve the tools of agents. What a channel or a provider signs in with serves the runtime alone. */
const LENDERS: ReadonlySet<string> = new Set(["Agent", "McpServer", "Plugin", "Skill"]);
/** What agents use; only these lead further along `uses` and `holds`. */
const USED: ReadonlySet<string> = new Set(["McpServer", "ModelProvider", "Plugin", "Skill"]);

export function kindOf(address: Address): string {
  return address.slice(0, address.indexOf("/"));
}

export function isActor(address: Address): boolean {
  return ACTORS.has(kindOf(address)) && !address.endsWith("/*");
}

/**
 * Who makes whom act, what they use and what that holds. Agents make agents act by capability alone:
 * naming one without the grant is not enough. What is switched off leads nowhere.
 *
 * @param atoms - Those in force.
 */
export function stepsOf(resources: readonly Resource[], edges: readonly ReachEdge[], atoms: readonly Atom[]): readonly Step[] {
  const off = new Set(resources.filter((each) => each.spec["enabled"] === false).map(ownAddress));
  const steps = [
    ...edges.filter(isStep),
    ...atoms.flatMap(stepsOfAtom),
    ...resources.flatMap((each) => (each.kind === "Workflow" ? wakes(each) : each.kind === "Team" ? handsOn(each) : [])),
  ].filter(({ from, to }) => !off.has(from) && !off.has(to));
  const named = (address: Address): boolean => steps.some(({ from, to }) => from === address || to === address);
  return [
    ...steps,
    ...(named(EVERY_CHANNEL) ? resources.filter((each) => each.kind === "Channel" && !off.has(ownAddress(each))).map(toEveryChannel) : []),
    ...(named(EVERY_AGENT) ? resources.filter((each) => each.kind === "Agent").map(fromEveryAgent) : []),
  ];
}

export function ownAddress({ kind, metadata }: Resource): Address {
  return addressOf(kind, metadata.name);
}

function isStep({ from, to, reach }: ReachEdge): boolean {
  const [source, target] = [kindOf(from), kindOf(to)];
  if (reach === "talks-to") return true;
  if (reach === "calls") return source !== "Agent";
  if (target === "Secret") return LENDERS.has(source);
  return (reach === "uses" || reach === "holds") && USED.has(target) && (ACTORS.has(source) || USED.has(source));
}

function stepsOfAtom(atom: Atom): readonly Step[] {
  if (atom.tool === "schedule.create") {
    const to = atom.pattern === "**" || atom.pattern === "*" ? EVERY_AGENT : addressOf("Agent", atom.pattern);
    return [{ from: atom.subject, to }];
  }
  // Built-in tools have no provider; most atoms are of those.
  if (!atom.tool.includes(":")) return [];
  const tool = parseTool(atom.tool);
  const provider = tool.ok ? tool.value.provider : null;
  return provider ? [{ from: atom.subject, to: addressOf(provider.kind, provider.name) }] : [];
}

/** A message starts a workflow: from each channel it listens on. */
function wakes(workflow: Resource): readonly Step[] {
  const message = valueAt(workflow.spec, ["trigger", "message"]);
  if (!isObject(message)) return [];
  const to = ownAddress(workflow);
  if (!isArray(message["channels"])) return [{ from: EVERY_CHANNEL, to }];
  return texts(message["channels"]).map((name) => ({ from: addressOf("Channel", name), to }));
}

/** Within a team: who leads makes all act, one hands on to the next, and what all read drives all. */
function handsOn(team: Resource): readonly Step[] {
  const { orchestration } = team.spec;
  if (!isObject(orchestration)) return [];
  const to = ownAddress(team);
  const agents = texts(orchestration["agents"]).map((name) => addressOf("Agent", name));
  const { pattern, coordinator, sharedContext } = orchestration;
  const scope = isObject(sharedContext) ? sharedContext["scope"] : undefined;
  const isShared = pattern === "blackboard" || scope === "messages" || scope === "board";
  const leads = typeof coordinator === "string" ? [addressOf("Agent", coordinator)] : [];
  return [
    ...[...leads, ...(isShared ? agents : [])].map((from) => ({ from, to })),
    ...(pattern === "sequential" ? agents.slice(1).map((each, i) => ({ from: agents[i] ?? each, to: each })) : []),
  ];
}

function toEveryChannel(channel: Resource): Step {
  return { from: ownAddress(channel), to: EVERY_CHANNEL };
}

function fromEveryAgent(agent: Resource): Step {
  return { from: EVERY_AGENT, to: ownAddress(agent) };
}

export function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
