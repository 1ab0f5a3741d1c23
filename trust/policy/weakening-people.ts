import { addressOf, isArray, isObject, type Json, type JsonObject, type Resource } from "../../core/index.ts";
import { approvingTeams, type TrustPart } from "./in-force.ts";
import { objectAt, textOf, texts, type Weakening } from "./weakening-facts.ts";

/**
 * Somebody more who may approve: a key or an account that no person of the team had, one person who becomes
 * two, or somebody whose commits are told from others' by less than before.
 */
export function peopleWeakenings(old: TrustPart, fresh: TrustPart): readonly Weakening[] {
  const approving = new Set(approvingTeams(old.project));
  return (fresh.teams ?? []).flatMap((team): readonly Weakening[] => {
    const address = addressOf(team.kind, team.metadata.name);
    if (!approving.has(address)) return [];
    const before = membersOf((old.teams ?? []).find((each) => each.metadata.name === team.metadata.name));
    const members = membersOf(team);
    return members.flatMap((member, i) => {
      const was = before.filter((each) => doShare(each, member));
      const said = (message: string): Weakening => ({
        address,
        pointer: `/spec/people/members/${i}`,
        message: `${textOf(member["name"])} ${message}`,
      });
      const known = new Set(was.flatMap(marksOf));
      if (!marksOf(member).every((mark) => known.has(mark))) return [said("may approve, with another key or account than before")];
      const isSplit = members.slice(0, i).some((each) => !doShare(each, member) && was.some((one) => doShare(one, each)));
      const addresses = new Set(emailsOf(member));
      const lost = was.flatMap(emailsOf).filter((each) => !addresses.has(each));
      return [
        ...(isSplit ? [said("counts as somebody else than the person whose key or account it was")] : []),
        ...(lost.length > 0 ? [said("is no longer known by an address that commits may name")] : []),
      ];
    });
  });
}

function doShare(a: JsonObject, b: JsonObject): boolean {
  const marks = new Set(marksOf(a));
  return marksOf(b).some((mark) => marks.has(mark));
}

function emailsOf(member: JsonObject): readonly string[] {
  return texts(objectAt(member, "identities")["emails"]).map((each) => each.toLowerCase());
}

function membersOf(team: Resource | undefined): readonly JsonObject[] {
  return team ? objectsIn(objectAt(team.spec, "people")["members"]) : [];
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

/** What a person is recognised by. */
function marksOf(member: JsonObject): readonly string[] {
  const identities = objectAt(member, "identities");
  return [
    ...texts(identities["ssh"]).map((line) => line.split(" ").slice(0, 2).join(" ")),
    ...objectsIn(identities["oidc"]).map(({ issuer, subject }) => JSON.stringify([issuer, subject])),
  ];
}
