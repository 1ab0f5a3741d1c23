import { unreachable } from "../../core/index.ts";
import type { Role } from "../run/index.ts";
import type { Identity, Member } from "./types.ts";

/** Roles as a ladder. Pure. */

const LADDER: readonly Role[] = ["viewer", "operator", "editor", "owner"];

export function isRole(value: unknown): value is Role {
  return LADDER.some((role) => role === value);
}

export function isAtLeast(role: Role | null, wanted: Role): boolean {
  return role !== null && LADDER.indexOf(role) >= LADDER.indexOf(wanted);
}

export function lower(a: Role, b: Role): Role {
  return isAtLeast(a, b) ? b : a;
}

/** Who somebody is now, and what they may do in the whole API. */
export interface Standing {
  readonly person: string;
  readonly role: Role;
}

/**
 * Named in several Teams of one Project, a person has the highest role that it gives. A gateway that runs
 * several Projects belongs to all of them: there the person must be named by each, and the lowest counts,
 * so that nobody rules a Project by what another one says.
 *
 * @param owners - Every Project and environment that is active.
 */
export function standingOf(identity: Identity, members: readonly Member[], owners: readonly string[]): Standing | null {
  if (identity.kind === "local") return { person: "local", role: "owner" };
  const mine = members.filter((member) => isMember(member, identity));
  const [first] = mine;
  if (!first) return null;
  let role: Role = "owner";
  for (const owner of owners) {
    const here = mine.filter((member) => member.owner === owner).map((member) => member.role);
    if (here.length === 0) return null;
    role = lower(
      role,
      here.reduce((a, b) => (isAtLeast(a, b) ? a : b)),
    );
  }
  return { person: first.name, role };
}

function isMember(member: Member, identity: Identity): boolean {
  switch (identity.kind) {
    case "oidc":
      return member.oidc.some(({ issuer, subject }) => issuer === identity.issuer && subject === identity.subject);
    case "ssh":
      return member.ssh.includes(identity.key);
    case "local":
      return false;
    default:
      return unreachable(identity);
  }
}
