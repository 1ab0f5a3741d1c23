import { isIP } from "node:net";
import { childNode, isArray, isObject, type Json, type SchemaNode } from "../core/index.ts";
import type { PlanWarning } from "./plan/index.ts";
import type { ResolvedConfig } from "./resolve/index.ts";
import type { World } from "./types.ts";

/**
 * Resources that hold a secret and speak to another machine without encryption: whoever is on the way
 * reads along. A remark and no refusal, because inside a network that one trusts it may be meant.
 */
export function clearCredentials(config: ResolvedConfig, { kinds }: World): readonly PlanWarning[] {
  const holders = new Set(config.edges.filter((edge) => edge.reach === "holds").map((edge) => edge.from));
  return config.resources.flatMap(({ address, resource }) => {
    if (!holders.has(address)) return [];
    const hosts = new Set(clearHosts(resource as unknown as Json, kinds.byName.get(resource.kind)?.schema));
    return [...hosts].sort().map((host) => ({
      code: "CREDENTIALS_IN_CLEAR",
      address,
      message: `sends credentials to ${host} without encryption; use https or wss, or a tunnel on this machine`,
    }));
  });
}

function clearHosts(value: Json, node: SchemaNode | undefined): readonly string[] {
  if (!node) return [];
  if (typeof value === "string") {
    const host = node["x-moltbot-form"] === "url" && URL.canParse(value) ? clearHost(new URL(value)) : undefined;
    return host === undefined ? [] : [host];
  }
  if (isArray(value)) return value.flatMap((item) => clearHosts(item, node.items));
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => clearHosts(item, childNode(node, key))) : [];
}

function clearHost({ protocol, hostname }: URL): string | undefined {
  return (protocol === "http:" || protocol === "ws:") && !isThisMachine(hostname) ? hostname : undefined;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}
