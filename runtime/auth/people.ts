import { isArray, isObject, type Address, type Json, type Owner, type Resource } from "../../core/index.ts";
import { isRole } from "./roles.ts";
import type { Member } from "./types.ts";

/** Everybody whom the Teams of active generations name, as their schema has checked them. */
export function membersOf(
  owners: Iterable<{ readonly owner: Owner; readonly resources: ReadonlyMap<Address, Resource> }>,
): readonly Member[] {
  return [...owners].flatMap(({ owner, resources }) =>
    [...resources.values()]
      .filter(({ kind }) => kind === "Team")
      .flatMap(({ metadata, spec }) => {
        const people = isObject(spec["people"]) ? spec["people"]["members"] : undefined;
        return objects(people).flatMap((member) => memberOf(owner, metadata.name, member));
      }),
  );
}

function memberOf(owner: Owner, team: string, member: Readonly<Record<string, Json>>): readonly Member[] {
  const { name, role, identities } = member;
  if (typeof name !== "string" || !isRole(role) || !isObject(identities)) return [];
  return [
    {
      owner,
      team,
      name,
      role,
      ssh: texts(identities["ssh"]).map((line) => line.split(" ").slice(0, 2).join(" ")),
      oidc: objects(identities["oidc"]).flatMap(({ issuer, subject }) =>
        typeof issuer === "string" && typeof subject === "string" ? [{ issuer, subject }] : [],
      ),
      channels: objects(identities["channels"]).flatMap(({ channel, id }) =>
        typeof channel === "string" && typeof id === "string" ? [{ channel, id }] : [],
      ),
    },
  ];
}

function objects(value: Json | undefined) {
  return (isArray(value) ? value : []).filter(isObject);
}

function texts(value: Json | undefined): readonly string[] {
  return (isArray(value) ? value : []).filter((each) => typeof each === "string");
}
