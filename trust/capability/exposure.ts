import { addressOf, isArray, isObject, type Address, type Json, type Resource } from "../../core/index.ts";
import { channelAccess } from "./channel.ts";
import type { Closure } from "./closure.ts";
import type { Lists } from "./graph.ts";
import { kindOf, ownAddress, texts } from "./steps.ts";
import { parseTool } from "./tools.ts";
import type { Atom, Pattern } from "./types.ts";

/** What an effective set holds of the three things that together let a stranger carry data away. */
export interface Exposure {
  /** Files, memory, commands, or a server or plugin with credentials. */
  readonly privateData: boolean;
  /** Text that somebody else may have written: of senders, pages, servers. */
  readonly untrustedInput: boolean;
  /** Ways out of this machine. */
  readonly egress: boolean;
  /** One secret that its tools are handed, first by address; null for none. */
  readonly secret: Address | null;
}

const PRIVATE = 1;
const UNTRUSTED = 2;
const EGRESS = 4;
/** What cannot be told may be anything. */
const ANYTHING = PRIVATE | UNTRUSTED | EGRESS;

const FLAGS: Readonly<Record<string, number>> = {
  "fs.read": PRIVATE,
  "fs.list": PRIVATE,
  "fs.search": PRIVATE,
  "memory.read": PRIVATE,
  "memory.search": PRIVATE,
  // Commands read the workspace. The sandbox has no network of its own.
  "exec.run": PRIVATE,
};
const HARMLESS: ReadonlySet<string> = new Set([
  "fs.write",
  "fs.edit",
  "memory.write",
  "time",
  "json",
  "schedule.create",
  "schedule.cancel",
]);
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Follows the three through the closure, once for everybody: what an agent can do flows to whoever makes
 * it act, and what reaches whoever makes it act flows to the agent. Linear.
 */
export function exposureOf(resources: readonly Resource[], closure: Closure): (address: Address) => Exposure {
  const known = FOLLOWED.get(closure);
  if (known?.resources === resources) return known.exposure;
  const exposure = follow(resources, closure);
  FOLLOWED.set(closure, { resources, exposure });
  return exposure;
}

/** By the very closure of the very resources: rules and the list of what is gained ask about the same. */
const FOLLOWED = new WeakMap<Closure, { readonly resources: readonly Resource[]; readonly exposure: (address: Address) => Exposure }>();

function follow(resources: readonly Resource[], closure: Closure): (address: Address) => Exposure {
  const { graph, components, atomsOf } = closure;
  const byAddress = new Map(resources.map((each) => [ownAddress(each), each]));
  const below = new Uint8Array(components.count);
  const secrets = new Int32Array(components.count).fill(-1);
  const above = new Uint8Array(components.count);
  for (const [i, address] of graph.nodes.entries()) {
    const component = components.of[i] ?? 0;
    for (const { atom, pattern } of atomsOf.get(address) ?? [])
      below[component] = (below[component] ?? 0) | flagsOf(atom, pattern, byAddress);
    if (kindOf(address) === "Secret" && (secrets[component] ?? -1) < 0) secrets[component] = i;
    if (bringsUntrusted(byAddress.get(address))) above[component] = UNTRUSTED;
  }
  const first = (a: number, b: number): number => (a < 0 ? b : b < 0 ? a : Math.min(a, b));
  for (let component = 0; component < components.count; component++) {
    eachNeighbour(closure, component, graph.next, (to) => {
      below[component] = (below[component] ?? 0) | (below[to] ?? 0);
      secrets[component] = first(secrets[component] ?? -1, secrets[to] ?? -1);
    });
  }
  for (let component = components.count - 1; component >= 0; component--) {
    eachNeighbour(closure, component, graph.previous, (from) => (above[component] = (above[component] ?? 0) | (above[from] ?? 0)));
  }
  return (address) => {
    const node = graph.index.get(address);
    const component = node === undefined ? -1 : (components.of[node] ?? -1);
    const flags = component < 0 ? 0 : (below[component] ?? 0) | (above[component] ?? 0);
    const secret = component < 0 ? -1 : (secrets[component] ?? -1);
    return {
      privateData: (flags & PRIVATE) !== 0,
      untrustedInput: (flags & UNTRUSTED) !== 0,
      egress: (flags & EGRESS) !== 0,
      secret: secret < 0 ? null : (graph.nodes[secret] ?? null),
    };
  };
}

function eachNeighbour({ components }: Closure, component: number, lists: Lists, visit: (component: number) => void): void {
  const { of, members } = components;
  for (let at = members.start[component] ?? 0; at < (members.start[component + 1] ?? 0); at++) {
    const member = members.to[at] ?? 0;
    for (let place = lists.start[member] ?? 0; place < (lists.start[member + 1] ?? 0); place++) {
      const other = of[lists.to[place] ?? 0] ?? component;
      if (other !== component) visit(other);
    }
  }
}

function flagsOf(atom: Atom, pattern: Pattern | undefined, byAddress: ReadonlyMap<Address, Resource>): number {
  const { tool } = atom;
  if (HARMLESS.has(tool) || tool.startsWith("passthrough:") || tool.startsWith("agent:")) return 0;
  const known = FLAGS[tool];
  if (known !== undefined) return known;
  if (tool === "http.fetch") return isLoopback(pattern) ? 0 : UNTRUSTED | EGRESS;
  if (tool === "message.send") return isHeardByNamedPeople(atom.pattern, byAddress) ? 0 : EGRESS;
  const facts = parseTool(tool);
  const provider =
    facts.ok && facts.value.provider ? byAddress.get(addressOf(facts.value.provider.kind, facts.value.provider.name)) : undefined;
  if (provider?.kind === "McpServer") return flagsOfServer(provider);
  return provider?.kind === "Plugin" ? flagsOfPlugin(provider) : ANYTHING;
}

function isLoopback(pattern: Pattern | undefined): boolean {
  const host = pattern?.type === "url" ? pattern.authority?.host : undefined;
  return host !== undefined && (host.kind === "name" || host.kind === "ip") && LOOPBACK.has(host.text);
}

/** A message to a channel where strangers do not listen stays among those whom an operator named. */
function isHeardByNamedPeople(pattern: string, byAddress: ReadonlyMap<Address, Resource>): boolean {
  const channel = byAddress.get(addressOf("Channel", pattern));
  return channel !== undefined && !bringsUntrusted(channel);
}

function flagsOfServer({ spec }: Resource): number {
  if (spec["enabled"] === false) return 0;
  const { transport, auth, sandbox } = spec;
  const isLocal = isObject(transport) && isObject(transport["stdio"]);
  const bounds = isObject(sandbox) ? sandbox : {};
  const reaches = !isLocal || texts(bounds["network"]).length > 0;
  const env = isLocal && isObject(transport["stdio"]) ? transport["stdio"]["env"] : undefined;
  const isTrusted = auth !== undefined || holdsSecret(env) || holdsSecret(transport) || notEmpty(bounds["read"]);
  return (reaches ? UNTRUSTED | EGRESS : 0) | (isTrusted ? PRIVATE : 0);
}

/** A plugin can do what it lists, knows the secrets it is handed, and reads what its credentials open. What it returns is its own text. */
function flagsOfPlugin({ spec }: Resource): number {
  if (spec["enabled"] === false) return 0;
  const needs = isArray(spec["capabilities"]) ? spec["capabilities"].filter(isObject) : [];
  const flags = needs.map(({ tool }) => (typeof tool === "string" ? pluginNeed(tool) : ANYTHING)).reduce((all, each) => all | each, 0);
  return flags | (holdsSecret(spec["secrets"]) || holdsSecret(spec["credentials"]) ? PRIVATE : 0);
}

function pluginNeed(tool: string): number {
  if (HARMLESS.has(tool)) return 0;
  return FLAGS[tool] ?? (tool === "http.fetch" ? UNTRUSTED | EGRESS : ANYTHING);
}

function holdsSecret(value: Json | undefined): boolean {
  if (isArray(value)) return value.some(holdsSecret);
  return isObject(value) && (typeof value["secret"] === "string" || Object.values(value).some(holdsSecret));
}

function notEmpty(value: Json | undefined): boolean {
  return isArray(value) && value.length > 0;
}

/** Types of channels on which anybody can put text before an agent, whoever the sender is said to be. */
const CARRIES_ANY_TEXT: ReadonlySet<string> = new Set(["email", "webhook"]);

/** Whether what comes in this way may have been written by somebody whom no operator named. */
export function bringsUntrusted(resource: Resource | undefined): boolean {
  if (!resource || resource.spec["enabled"] === false) return false;
  const { spec } = resource;
  if (resource.kind === "Workflow") {
    const trigger = isObject(spec["trigger"]) ? spec["trigger"] : {};
    return trigger["webhook"] !== undefined || trigger["event"] !== undefined;
  }
  if (resource.kind !== "Channel") return false;
  const access = isObject(spec["access"]) ? spec["access"] : {};
  return (
    channelAccess(resource).isOpen ||
    (typeof spec["type"] === "string" && CARRIES_ANY_TEXT.has(spec["type"])) ||
    access["bots"] === "allow" ||
    access["bots"] === "mentions"
  );
}
