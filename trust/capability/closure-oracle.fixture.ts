import type { Address, Json, Resource } from "../../core/index.ts";
import { oracleCovers, UNIVERSE } from "./oracle.fixture.ts";
import type { ReachEdge } from "./steps.ts";

/**
 * What everybody can do in effect, said a second time and in the slowest way: for each concrete request
 * (a tool, an action and one resource) the set of those who can have it done, grown until nothing changes.
 * Reads manifests itself and shares no code with the room.
 */
export interface OracleWorld {
  readonly resources: readonly Resource[];
  readonly edges: readonly ReachEdge[];
}

/** `Agent/a fs.read read x/y`, for everybody and everything that is possible. */
export function oracleEffective({ resources, edges }: OracleWorld): ReadonlySet<string> {
  const can = new Set<string>();
  for (const each of resources) {
    for (const { tool, action, resource } of grantsOf(each)) {
      for (const request of requestsOf(tool, resource)) can.add(`${each.kind}/${each.metadata.name} ${tool} ${action} ${request}`);
    }
  }
  const drives = drivesOf({ resources, edges });
  for (let size = -1; size !== can.size;) {
    size = can.size;
    for (const [from, to] of drives) {
      for (const each of can) if (each.startsWith(`${to} `)) can.add(`${from}${each.slice(to.length)}`);
    }
  }
  return can;
}

interface Grant {
  readonly tool: string;
  readonly action: string;
  readonly resource: string | null;
}

function grantsOf({ spec }: Resource): readonly Grant[] {
  return list(spec["capabilities"]).flatMap((each) => {
    const capability = each as { readonly tool: string; readonly permissions: readonly Json[]; readonly expiresAt?: string };
    // The tests' instants of the past are of the year 2000.
    if (capability.expiresAt?.startsWith("2000")) return [];
    return capability.permissions.map((permission) => {
      const { action, resource = null } = permission as { readonly action: string; readonly resource?: string };
      return { tool: capability.tool, action, resource };
    });
  });
}

function requestsOf(tool: string, pattern: string | null): readonly string[] {
  if (pattern === null) return ["-"];
  if (tool === "http.fetch") return [...oracleCovers("url", pattern)].slice(0, 40);
  return UNIVERSE.path.filter((each) => oracleCovers("path", pattern).has(each));
}

function drivesOf({ resources, edges }: OracleWorld): readonly (readonly [Address, Address])[] {
  const pairs: (readonly [Address, Address])[] = [];
  const isOff = (address: Address): boolean =>
    resources.some((each) => `${each.kind}/${each.metadata.name}` === address && each.spec["enabled"] === false);
  for (const { from, to, reach } of edges) {
    if (reach === "talks-to" || (reach === "calls" && !from.startsWith("Agent/"))) pairs.push([from, to]);
  }
  for (const each of resources) {
    const own: Address = `${each.kind}/${each.metadata.name}`;
    for (const { tool } of grantsOf(each)) if (tool.startsWith("agent:")) pairs.push([own, `Agent/${tool.slice(6)}`]);
    const trigger = each.spec["trigger"] as { readonly message?: { readonly channels?: readonly string[] } } | undefined;
    if (each.kind !== "Workflow" || !trigger?.message) continue;
    for (const channel of resources.filter((other) => other.kind === "Channel")) {
      const { name } = channel.metadata;
      if (trigger.message.channels?.includes(name) ?? true) pairs.push([`Channel/${name}`, own]);
    }
  }
  return pairs.filter(([from, to]) => !isOff(from) && !isOff(to));
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
