import { isArray, isObject, type JsonObject, type Json, type Resource } from "../../core/index.ts";

/** One way in for strangers: the account that is open (null: the channel's own), and to what. */
interface Door {
  readonly account: string | null;
  readonly direct: boolean;
  readonly groups: boolean;
  readonly pointer: string;
}

/** Whether a channel answers anybody, the field that says so, and the agents that strangers get to. */
export interface ChannelAccess {
  readonly isOpen: boolean;
  /** JSON Pointer to what opens it; to its `access` when nothing does. */
  readonly pointer: string;
  /** Names of agents, in the order of the routing. */
  readonly agents: readonly string[];
}

/**
 * Reads who may talk through a channel. Pairing, allow-lists and groups that list their people let
 * nobody in whom an operator did not name; `open` does. One open way in is enough.
 */
export function channelAccess(channel: Resource): ChannelAccess {
  const { spec } = channel;
  const doors = spec["enabled"] === false ? [] : doorsOf(spec);
  const routes = isArray(spec["routing"]) ? spec["routing"].filter(isObject) : [];
  const agents = routes
    .filter((route) => doors.some((door) => leadsThrough(door, route["match"])))
    .flatMap(({ agent }) => (typeof agent === "string" ? [agent] : []));
  return { isOpen: doors.length > 0, pointer: doors[0]?.pointer ?? "/spec/access", agents: [...new Set(agents)] };
}

/** An account's own access replaces the channel's for that account. */
function doorsOf(spec: JsonObject): readonly Door[] {
  const accounts = isArray(spec["accounts"]) ? spec["accounts"] : [];
  if (accounts.length === 0) return doorIn(spec["access"], null, "/spec/access");
  return accounts.flatMap((account, i) => {
    if (!isObject(account) || account["enabled"] === false) return [];
    const name = typeof account["name"] === "string" ? account["name"] : null;
    return account["access"] === undefined
      ? doorIn(spec["access"], name, "/spec/access")
      : doorIn(account["access"], name, `/spec/accounts/${i}/access`);
  });
}

function doorIn(access: Json | undefined, account: string | null, at: string): readonly Door[] {
  if (!isObject(access)) return [];
  const direct = access["direct"] === "open";
  const groups = areGroupsOpen(access["groups"]);
  if (!direct && !groups) return [];
  return [{ account, direct, groups, pointer: direct ? `${at}/direct` : `${at}/groups/policy` }];
}

/** Every room is allowed, and the people in them are not listed. */
function areGroupsOpen(groups: Json | undefined): boolean {
  return isObject(groups) && groups["policy"] === "open" && groups["allow"] === undefined;
}

/**
 * Whether a message of a stranger can take the route. What a route asks beyond account and peer
 * (thread, guild, role) may hold for a stranger too, so it does not close the way.
 */
function leadsThrough(door: Door, match: Json | undefined): boolean {
  const { account, peer } = isObject(match) ? match : {};
  if (account !== undefined && door.account !== null && account !== door.account) return false;
  if (!isObject(peer)) return true;
  // A direct peer with an id is one known person.
  return peer["kind"] === "direct" ? door.direct && peer["id"] === undefined : door.groups;
}
