import { isArray, isObject, type Json, type Resource } from "../../../core/index.ts";
import type { Principal, Role } from "../../run/index.ts";
import type { Inbound } from "../types.ts";

const ROLES: readonly Role[] = ["viewer", "operator", "editor", "owner"];

/**
 * Who a sender is. A member of a `Team.people` is known by channel and immutable id, and only where the
 * platform vouches for the id; the same id on another channel is somebody else.
 */
export function principalOf(channel: string, type: string, message: Inbound, resources: Iterable<Resource>): Principal {
  const kind = type === "webhook" ? "webhook" : "channel";
  const member = message.verified && !message.isBot ? memberOf(channel, message.sender, resources) : undefined;
  return {
    id: `${channel}:${message.sender}`,
    kind: member && kind === "channel" ? "person" : kind,
    role: member?.role ?? null,
    verified: message.verified,
    person: member?.name ?? null,
  };
}

/** Of several members with the same identity the one that may do least. */
export function memberOf(
  channel: string,
  id: string,
  resources: Iterable<Resource>,
): { readonly name: string; readonly role: Role } | undefined {
  let found: { readonly name: string; readonly role: Role } | undefined;
  for (const resource of resources) {
    if (resource.kind !== "Team") continue;
    for (const { name, role, channels } of membersOf(resource)) {
      if (!channels.some((each) => isObject(each) && each["channel"] === channel && each["id"] === id)) continue;
      if (!found || ROLES.indexOf(role) < ROLES.indexOf(found.role)) found = { name, role };
    }
  }
  return found;
}

/** Ids on one channel of everybody with at least this role, sorted. */
export function idsWithRole(channel: string, least: Role, resources: Iterable<Resource>): readonly string[] {
  const found = new Set<string>();
  const all = [...resources];
  for (const resource of all) {
    if (resource.kind !== "Team") continue;
    for (const { channels } of membersOf(resource)) {
      for (const each of channels) {
        if (!isObject(each) || each["channel"] !== channel || typeof each["id"] !== "string") continue;
        const role = memberOf(channel, each["id"], all)?.role;
        if (role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(least)) found.add(each["id"]);
      }
    }
  }
  return [...found].sort();
}

interface Member {
  readonly name: string;
  readonly role: Role;
  readonly channels: readonly Json[];
}

function membersOf({ spec }: Resource): readonly Member[] {
  const people = isObject(spec["people"]) ? spec["people"] : {};
  const members = isArray(people["members"]) ? people["members"] : [];
  return members.filter(isObject).flatMap(({ name, role, identities }) => {
    const known = ROLES.find((each) => each === role);
    const channels = isObject(identities) && isArray(identities["channels"]) ? identities["channels"] : [];
    return typeof name === "string" && known ? [{ name, role: known, channels }] : [];
  });
}
