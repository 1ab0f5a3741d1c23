import type { Address, Json } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, type SourceNode } from "../json5/tree.ts";

/** An agent of the configuration. */
export interface AgentEntry {
  /** As the source names it. */
  readonly id: string;
  readonly name: string;
  readonly address: Address;
  /** What the source says of it; absent for the one that is only implied. */
  readonly node: SourceNode | undefined;
}

/** A channel of the configuration. */
export interface ChannelEntry {
  readonly id: string;
  readonly name: string;
  readonly address: Address;
  readonly node: SourceNode;
  /** Names of its accounts by the ids the source has for them. */
  readonly accounts: ReadonlyMap<string, string>;
}

/** A configuration of OpenClaw while it is imported: what the steps of the import share. */
export interface Gateway {
  readonly draft: Draft;
  readonly root: SourceNode;
  readonly project: Address;
  /** In the order of the source. */
  readonly agents: readonly AgentEntry[];
  /** The one that answers where nothing else is said. */
  readonly defaultAgent: AgentEntry;
  readonly channels: readonly ChannelEntry[];
}

export function agentOf(gateway: Pick<Gateway, "agents">, id: string | undefined): AgentEntry | undefined {
  return gateway.agents.find((agent) => agent.id === id) ?? gateway.agents.find((agent) => agent.id.toLowerCase() === id?.toLowerCase());
}

/** The node at a path from the top of the configuration. */
export function top(gateway: Pick<Gateway, "root">, ...path: readonly (string | number)[]): SourceNode | undefined {
  return at(gateway.root, ...path);
}

/** The value that was a resource's id: its name, or what the annotation keeps. */
export function carryId(draft: Draft, address: Address, node: SourceNode | undefined): void {
  if (!node) return;
  const kept = draft.get(address, ["metadata", "annotations", "moltbot.dev/original-id"]);
  const pointer = kept === undefined ? "/metadata/name" : "/metadata/annotations/moltbot.dev~1original-id";
  draft.accounts.carried(node, { address, pointer });
}

/** Carries a value where a conversion gives one; `undefined` leaves it to the rest. */
export function carry(
  draft: Draft,
  node: SourceNode | undefined,
  address: Address,
  path: readonly (string | number)[],
  convert: (node: SourceNode) => Json | undefined,
): boolean {
  if (!node) return false;
  const value = convert(node);
  return value !== undefined && draft.put(address, path, value, [node]);
}
