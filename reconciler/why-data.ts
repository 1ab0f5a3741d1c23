import {
  addressOf,
  isArray,
  isObject,
  ok,
  valueAt,
  type Address,
  type Json,
  type Resource,
  type Result,
  type SourcePosition,
} from "../core/index.ts";
import { effectiveOf, kindOf, wayBetween, type DeclaredAtom } from "../trust/capability/index.ts";
import { judgedFiles, namedResource, type JudgedFiles } from "./judged-tree.ts";
import type { Query, World } from "./types.ts";
import { placeIn } from "./why-can.ts";

/** Somewhere data of an agent can go, and what is said of the most sensitive that may. */
export interface DataSink {
  readonly kind: "provider" | "server" | "plugin" | "channel" | "host" | "command";
  /** The resource's address, or the hosts and programs of a grant. */
  readonly to: string;
  /** Where that is: an endpoint, a program, a platform; null where it is not said. */
  readonly where: string | null;
  /** It stays on this machine, as far as the manifest says. */
  readonly isLocal: boolean;
  readonly dataClass: string | null;
  /** What goes there. */
  readonly what: string;
  /** From the agent to whoever sends it. */
  readonly via: readonly Address[];
  readonly answer: string | null;
  readonly at: SourcePosition | null;
}

export interface WhyData {
  readonly agent: Address;
  /** Classes of the channels that talk to it: what may be said there may come along. */
  readonly handles: readonly { readonly channel: Address; readonly dataClass: string | null }[];
  readonly sinks: readonly DataSink[];
}

/** What leaves the host because of an agent, by itself or through what it makes act, and to whom. */
export async function whyData(agent: string, query: Query, world: World): Promise<Result<WhyData>> {
  const judged = await judgedFiles(query, world);
  if (!judged.ok) return judged;
  const tree = judged.value;
  const named = namedResource(agent, ["Agent"], tree.resources);
  if (!named.ok) return named;
  const talkers = tree.edges.filter(({ to, reach }) => reach === "talks-to" && to === named.value).map(({ from }) => from);
  const handles = [...new Set(talkers)].sort().map((channel) => ({ channel, dataClass: classOf(resourceAt(tree, channel)) }));
  return ok({ agent: named.value, handles, sinks: sinksOf(named.value, tree, world) }, judged.warnings);
}

/** Every way out of one agent's effective set, sorted by kind and name; also used to say who sees a conversation. */
export function sinksOf(agent: Address, tree: JudgedFiles, world: World): readonly DataSink[] {
  const { through, reached } = effectiveOf(tree.reach.closure, agent);
  const resources = reached.flatMap((each) => resourceSink(each, agent, tree, world));
  const grants = through.flatMap(({ way, atoms }) => atoms.flatMap((declared) => grantSinks(way, declared, tree, world)));
  const replies = tree.edges
    .filter(({ to, reach }) => reach === "talks-to" && to === agent)
    .map(({ from }): DataSink => ({
      ...channelSink(from, tree),
      what: "its answers",
      via: [agent],
      answer: null,
      at: placeIn(tree, from, "/spec/routing", world),
    }));
  const byKey = new Map(
    [...resources, ...replies, ...grants].map((sink) => [`${sink.kind} ${sink.to} ${sink.what} ${sink.via.join(">")}`, sink]),
  );
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}

function resourceSink(address: Address, agent: Address, tree: JudgedFiles, world: World): readonly DataSink[] {
  const kind = kindOf(address);
  const resource = resourceAt(tree, address);
  const via = (wayBetween(tree.reach.closure, agent, address) ?? [agent]).slice(0, -1);
  const common = { to: address, via, answer: null, dataClass: classOf(resource), at: placeIn(tree, address, "/spec", world) };
  if (kind === "ModelProvider")
    return [{ ...common, kind: "provider", ...providerPlace(resource), what: "conversations: prompt, messages, tool results" }];
  if (kind === "McpServer") return [{ ...common, kind: "server", ...serverPlace(resource), what: "arguments of calls to its tools" }];
  if (kind === "Plugin") return [{ ...common, kind: "plugin", where: null, isLocal: true, what: "arguments of calls to its tools" }];
  return [];
}

function providerPlace(resource: Resource | undefined): Pick<DataSink, "where" | "isLocal"> {
  const { type, endpoint, local } = resource?.spec ?? {};
  if (type === "echo") return { where: "built in", isLocal: true };
  const usual = type === "anthropic" ? "https://api.anthropic.com" : null;
  return {
    where: typeof endpoint === "string" ? endpoint : usual,
    isLocal: local === true || isHere(endpoint) || (endpoint === undefined && (type === "ollama" || type === "llama-cpp")),
  };
}

function serverPlace(resource: Resource | undefined): Pick<DataSink, "where" | "isLocal"> {
  const transport = resource?.spec["transport"];
  if (!isObject(transport)) return { where: null, isLocal: false };
  for (const [name, settings] of Object.entries(transport)) {
    if (!isObject(settings)) continue;
    if (name !== "stdio") return { where: typeof settings["url"] === "string" ? settings["url"] : null, isLocal: isHere(settings["url"]) };
    const hosts = valueAt(resource?.spec ?? {}, ["sandbox", "network"]);
    const reaches = isArray(hosts) ? hosts.filter((each) => typeof each === "string") : [];
    const command = typeof settings["command"] === "string" ? settings["command"] : "";
    return { where: reaches.length === 0 ? command : `${command}, which reaches ${reaches.join(", ")}`, isLocal: reaches.length === 0 };
  }
  return { where: null, isLocal: false };
}

function grantSinks(via: readonly Address[], declared: DeclaredAtom, tree: JudgedFiles, world: World): readonly DataSink[] {
  const { atom, pointer, pattern } = declared;
  const text = `${atom.tool} ${atom.action} ${atom.pattern}`;
  const decision = tree.judgement.decisions.find((each) => each.address === atom.subject && each.atom === text);
  const common = { via, answer: decision?.answer ?? null, at: placeIn(tree, atom.subject, pointer, world), dataClass: null };
  if (atom.tool === "http.fetch") {
    const host = pattern?.type === "url" ? pattern.authority?.host : undefined;
    const isLocal = host !== undefined && "text" in host && isLocalName(host.text);
    return [{ ...common, kind: "host", to: atom.pattern, where: null, isLocal, what: `addresses and bodies of ${atom.action} requests` }];
  }
  if (atom.tool === "message.send") {
    const names = atom.pattern.includes("*")
      ? tree.resources.filter((each) => each.kind === "Channel").map((each) => each.metadata.name)
      : [atom.pattern];
    return names.map((name) => ({ ...common, ...channelSink(addressOf("Channel", name), tree), what: "messages it sends" }));
  }
  if (atom.tool === "exec.run")
    return [
      {
        ...common,
        kind: "command",
        to: atom.pattern,
        where: "in the sandbox, without network",
        isLocal: true,
        what: "arguments and files of the workspace",
      },
    ];
  return [];
}

function channelSink(address: Address, tree: JudgedFiles): Pick<DataSink, "kind" | "to" | "where" | "isLocal" | "dataClass"> {
  const resource = resourceAt(tree, address);
  const type = resource?.spec["type"];
  return { kind: "channel", to: address, where: typeof type === "string" ? type : null, isLocal: false, dataClass: classOf(resource) };
}

export function resourceAt(tree: JudgedFiles, address: Address): Resource | undefined {
  return tree.desired.config.byAddress.get(address)?.resource;
}

function classOf(resource: Resource | undefined): string | null {
  const dataClass = resource?.spec["dataClass"];
  return typeof dataClass === "string" ? dataClass : null;
}

function isHere(endpoint: Json | undefined): boolean {
  if (typeof endpoint !== "string" || !URL.canParse(endpoint)) return false;
  return isLocalName(new URL(endpoint).hostname);
}

function isLocalName(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}
