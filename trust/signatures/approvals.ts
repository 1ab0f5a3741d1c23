import { byCodeUnit, isArray, isObject, type Digest, type Json, type JsonObject, type Resource } from "../../core/index.ts";

/** One rule of `Project.approvals`. */
export interface ApprovalRule {
  readonly when: "always" | "widening" | "delete" | "trust-weakened";
  /** How many different people. */
  readonly count: number;
  /** Teams whose people may approve. */
  readonly teams: readonly string[];
}

/** Somebody who may be recognised by a signature. */
export interface Person {
  readonly team: string;
  readonly name: string;
  /** Public keys, `<type> <base64>`: without the comment. */
  readonly ssh: readonly string[];
  readonly oidc: readonly { readonly issuer: string; readonly subject: string }[];
  /** Addresses that commits may name; lower case. */
  readonly emails: readonly string[];
}

/** Who a valid signature is by: a public key, or an account that an identity provider vouched for. */
export type Signatory =
  | { readonly kind: "ssh"; readonly key: string }
  | { readonly kind: "oidc"; readonly issuer: string; readonly subject: string };

/** An approval whose signature holds and which is about this very effect. */
export interface VerifiedApproval {
  /** Over the bytes of the file. */
  readonly digest: Digest;
  readonly by: Signatory;
  readonly at: string;
}

/** What of a plan decides which rules speak. */
export interface ApprovalFacts {
  readonly hasEffect: boolean;
  readonly isWidening: boolean;
  readonly isDeleting: boolean;
  readonly isTrustWeakened: boolean;
}

/** How one rule stands. */
export interface ApprovalState {
  readonly rule: ApprovalRule;
  /** People of its teams who approved and count, sorted; each once. */
  readonly approvedBy: readonly string[];
  /** People who approved and do not count, because they wrote what is approved. */
  readonly authors: readonly string[];
  readonly missing: number;
  /** Everybody of its teams, in the order of teams and members. */
  readonly people: readonly Asked[];
}

/** Somebody whom a rule names, and how to recognise what they sign. */
export interface Asked extends Pick<Person, "name" | "ssh" | "oidc"> {
  /** They have a part in what is to be approved, so that they do not count. */
  readonly isAuthor: boolean;
}

const SPEAKS: Readonly<Record<ApprovalRule["when"], (facts: ApprovalFacts) => boolean>> = {
  always: (facts) => facts.hasEffect,
  widening: (facts) => facts.isWidening,
  delete: (facts) => facts.isDeleting,
  "trust-weakened": (facts) => facts.isTrustWeakened,
};

/** The rules of a Project, as its schema has checked them. */
export function approvalRules(project: Resource): readonly ApprovalRule[] {
  const { approvals } = project.spec;
  return (isArray(approvals) ? approvals : []).filter(isObject).flatMap(({ when, count, people }) => {
    const speaks = Object.keys(SPEAKS).find((each) => each === when) as ApprovalRule["when"] | undefined;
    return speaks ? [{ when: speaks, count: typeof count === "number" ? count : 1, teams: texts(people) }] : [];
  });
}

/** Everybody whom Teams name, in the order of teams and members. */
export function peopleOf(teams: readonly Resource[]): readonly Person[] {
  return teams.flatMap(({ metadata, spec }) => {
    const people = isObject(spec["people"]) ? spec["people"]["members"] : undefined;
    return (isArray(people) ? people : []).filter(isObject).map((member) => personOf(metadata.name, member));
  });
}

/**
 * How each rule that speaks stands. An approval counts for everybody it is by, once for each person
 * however many keys and teams the person has, and never for an author.
 *
 * @param authors - Who wrote what is applied, as far as it is known. A name somebody chose can only take an approval away.
 */
export function approvalStates(
  rules: readonly ApprovalRule[],
  facts: ApprovalFacts,
  approvals: readonly VerifiedApproval[],
  people: readonly Person[],
  isAuthor: (person: Person) => boolean,
): readonly ApprovalState[] {
  const given = people.filter((person) => approvals.some(({ by }) => isBy(person, by)));
  const same = personIds(people);
  const authors = new Set(people.filter(isAuthor).map((person) => same.get(person)));
  return rules
    .filter((rule) => SPEAKS[rule.when](facts))
    .map((rule) => {
      const asked = given.filter((person) => rule.teams.includes(person.team));
      const counted = distinct(
        asked.filter((person) => !authors.has(same.get(person))),
        same,
      );
      const written = distinct(
        asked.filter((person) => authors.has(same.get(person))),
        same,
      );
      const asks = people
        .filter((person) => rule.teams.includes(person.team))
        .map((person) => ({ name: person.name, ssh: person.ssh, oidc: person.oidc, isAuthor: authors.has(same.get(person)) }));
      return { rule, approvedBy: counted, authors: written, missing: Math.max(0, rule.count - counted.length), people: asks };
    });
}

/** Whether a signature is by this person. */
export function isBy(person: Pick<Person, "ssh" | "oidc">, by: Signatory): boolean {
  return by.kind === "ssh"
    ? person.ssh.includes(by.key)
    : person.oidc.some(({ issuer, subject }) => issuer === by.issuer && subject === by.subject);
}

/**
 * One number for everybody who shares a key or an account: named twice, in two teams or under two
 * names, a person is still one.
 */
function personIds(people: readonly Person[]): ReadonlyMap<Person, number> {
  const byMark = new Map<string, number>();
  const parent: number[] = people.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    for (let next = parent[at] ?? at; next !== at; next = parent[at] ?? at) at = next;
    return at;
  };
  for (const [i, person] of people.entries()) {
    for (const mark of marksOf(person)) {
      const other = byMark.get(mark);
      if (other === undefined) byMark.set(mark, i);
      else parent[root(i)] = root(other);
    }
  }
  return new Map(people.map((person, i) => [person, root(i)]));
}

function marksOf({ ssh, oidc }: Person): readonly string[] {
  return [...ssh, ...oidc.map(({ issuer, subject }) => JSON.stringify([issuer, subject]))];
}

function distinct(people: readonly Person[], ids: ReadonlyMap<Person, number>): readonly string[] {
  const named = new Map<number | undefined, string>();
  for (const person of people) if (!named.has(ids.get(person))) named.set(ids.get(person), person.name);
  return [...named.values()].sort(byCodeUnit);
}

function personOf(team: string, member: JsonObject): Person {
  const { name, identities } = member;
  const { ssh, oidc, emails } = isObject(identities) ? identities : {};
  return {
    team,
    name: typeof name === "string" ? name : "",
    ssh: texts(ssh).map((line) => line.split(" ").slice(0, 2).join(" ")),
    oidc: (isArray(oidc) ? oidc : [])
      .filter(isObject)
      .flatMap(({ issuer, subject }) => (typeof issuer === "string" && typeof subject === "string" ? [{ issuer, subject }] : [])),
    emails: texts(emails).map((each) => each.toLowerCase()),
  };
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
