import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestBytes, type Resource } from "../../core/index.ts";
import {
  approvalRules,
  approvalStates,
  isBy,
  peopleOf,
  type ApprovalFacts,
  type ApprovalRule,
  type Person,
  type VerifiedApproval,
} from "./approvals.ts";

const person = (name: string, team = "leads", keys: readonly string[] = [`ssh-ed25519 ${name}`]): Person => ({
  team,
  name,
  ssh: keys,
  oidc: [],
  emails: [],
});
const by = (key: string): VerifiedApproval => ({ digest: digestBytes(key), by: { kind: "ssh", key: `ssh-ed25519 ${key}` }, at: "" });
const rule = (count: number, when: ApprovalRule["when"] = "always", teams = ["leads"]): ApprovalRule => ({ when, count, teams });
const FACTS: ApprovalFacts = { hasEffect: true, isWidening: false, isDeleting: false, isTrustWeakened: false };
const nobody = (): boolean => false;
const PEOPLE = [person("ada"), person("bob"), person("eve", "guests")];

describe("a rule", () => {
  test.each<readonly [ApprovalRule["when"], ApprovalFacts, boolean]>([
    ["always", FACTS, true],
    ["always", { ...FACTS, hasEffect: false }, false],
    ["widening", FACTS, false],
    ["widening", { ...FACTS, isWidening: true }, true],
    ["delete", { ...FACTS, isDeleting: true }, true],
    ["delete", { ...FACTS, isWidening: true }, false],
    ["trust-weakened", { ...FACTS, isTrustWeakened: true }, true],
    ["trust-weakened", { ...FACTS, isDeleting: true }, false],
  ])("%s speaks about the plans it names", (when, facts, speaks) => {
    expect(approvalStates([rule(1, when)], facts, [], PEOPLE, nobody)).toHaveLength(speaks ? 1 : 0);
  });

  test.each<readonly [string, readonly VerifiedApproval[], readonly Person[], readonly string[], number]>([
    ["nobody approved", [], PEOPLE, [], 2],
    ["one of two did", [by("ada")], PEOPLE, ["ada"], 1],
    ["both did", [by("ada"), by("bob")], PEOPLE, ["ada", "bob"], 0],
    ["one did it twice", [by("ada"), by("ada")], PEOPLE, ["ada"], 1],
    ["somebody of another team did", [by("ada"), by("eve")], PEOPLE, ["ada"], 1],
    ["a stranger did", [by("ada"), by("mallory")], PEOPLE, ["ada"], 1],
    [
      "one did with two keys",
      [by("ada"), by("ada2")],
      [person("ada", "leads", ["ssh-ed25519 ada", "ssh-ed25519 ada2"]), person("bob")],
      ["ada"],
      1,
    ],
    [
      "one person has two names",
      [by("ada"), by("ada2")],
      [person("ada", "leads", ["ssh-ed25519 ada", "ssh-ed25519 x"]), person("ad", "leads", ["ssh-ed25519 ada2", "ssh-ed25519 x"])],
      ["ada"],
      1,
    ],
  ])("for two people, when %s", (_, approvals, people, approvedBy, missing) => {
    expect(approvalStates([rule(2)], FACTS, approvals, people, nobody)).toMatchObject([
      { rule: rule(2), approvedBy, authors: [], missing },
    ]);
  });

  test("does not count who wrote the change, under any of their names", () => {
    const people = [...PEOPLE, person("countess", "leads", ["ssh-ed25519 lovelace", "ssh-ed25519 ada"])];
    const isAuthor = ({ name }: Person): boolean => name === "ada";
    expect(approvalStates([rule(1)], FACTS, [by("lovelace"), by("ada")], people, isAuthor)).toMatchObject([
      { rule: rule(1), approvedBy: [], authors: ["ada"], missing: 1 },
    ]);
  });

  test("names whom it asks, and whose approval cannot count because they wrote it", () => {
    const [state] = approvalStates([rule(1)], FACTS, [], PEOPLE, ({ name }) => name === "ada");
    expect(state?.people.map(({ name, isAuthor }) => [name, isAuthor])).toEqual([
      ["ada", true],
      ["bob", false],
    ]);
  });

  test("is never met by fewer people than it asks for, whatever the keys", () => {
    const keys = fc.constantFrom("a", "b", "c", "d");
    const people = fc.array(
      fc.record({ name: fc.constantFrom("p", "q", "r"), keys: fc.uniqueArray(keys, { minLength: 1, maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(people, fc.array(keys), fc.integer({ min: 1, max: 4 }), (named, signed, count) => {
        const all = named.map(({ name, keys: own }) =>
          person(
            name,
            "leads",
            own.map((key) => `ssh-ed25519 ${key}`),
          ),
        );
        const [state] = approvalStates([rule(count)], FACTS, signed.map(by), all, nobody);
        expect(state!.approvedBy.length).toBeLessThanOrEqual(new Set(signed).size);
        expect(state!.missing).toBe(Math.max(0, count - state!.approvedBy.length));
      }),
    );
  });
});

describe("what manifests say", () => {
  const resource = (kind: string, spec: Resource["spec"]): Resource => ({
    apiVersion: "moltbot.dev/v1alpha1",
    kind,
    metadata: { name: "leads" },
    spec,
  });

  test("of rules", () => {
    const project = resource("Project", {
      approvals: [
        { when: "delete", count: 2, people: ["leads"] },
        { when: "always", people: ["a", "b"] },
      ],
    });
    expect(approvalRules(project)).toEqual([rule(2, "delete"), rule(1, "always", ["a", "b"])]);
    expect(approvalRules(resource("Project", {}))).toEqual([]);
  });

  test("of people: keys without their comments, accounts with both halves", () => {
    const identities = {
      ssh: ["ssh-ed25519 AAAA ada@laptop"],
      oidc: [{ issuer: "https://login.acme.example", subject: "ada" }],
      emails: ["Ada@acme.example"],
    };
    const team = resource("Team", { people: { members: [{ name: "ada", role: "owner", identities }] } });
    const [ada] = peopleOf([team, resource("Team", {})]);
    expect(ada).toEqual({ team: "leads", name: "ada", ssh: ["ssh-ed25519 AAAA"], oidc: identities.oidc, emails: ["ada@acme.example"] });
    expect(isBy(ada!, { kind: "oidc", issuer: "https://login.acme.example", subject: "ada" })).toBe(true);
    expect(isBy(ada!, { kind: "oidc", issuer: "https://login.evil.example", subject: "ada" })).toBe(false);
    expect(isBy(ada!, { kind: "ssh", key: "ssh-ed25519 AAAA ada@laptop" })).toBe(false);
  });
});
