import { addressOf, isArray, isObject, type Json, type JsonObject, type Resource } from "../../core/index.ts";
import { approvingTeams, type TrustPart } from "./in-force.ts";
import { objectAt, textOf, texts, type Weakening } from "./weakening-facts.ts";

/** Somebody more who may approve: a key or an account that no person of the team had. */
export function peopleWeakenings(old: TrustPart, fresh: TrustPart): readonly Weakening[] {
  const approving = new Set(approvingTeams(old.project));
  return (fresh.teams ?? []).flatMap((team): readonly Weakening[] => {
    const address = addressOf(team.kind, team.metadata.name);
    if (!approving.has(address)) return [];
    const before = (old.teams ?? []).find((each) => each.metadata.name === team.metadata.name);
    const known = new Set(before ? membersOf(before).flatMap(marksOf) : []);
    return membersOf(team).flatMap((member, i) => {
      const isKnown = marksOf(member).every((mark) => known.has(mark));
      const message = `${textOf(member["name"])} may approve, with another key or account than before`;
      return isKnown ? [] : [{ address, pointer: `/spec/people/members/${i}`, message }];
    });
  });
}

function membersOf({ spec }: Resource): readonly JsonObject[] {
  return objectsIn(objectAt(spec, "people")["members"]);
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
