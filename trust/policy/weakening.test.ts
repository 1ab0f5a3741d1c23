import { describe, expect, test } from "vitest";
import type { JsonObject, Resource } from "../../core/index.ts";
import { inForce, loadBuiltinPolicy, trustPartOf } from "./index.ts";
import { weakenings } from "./weakening.ts";

const builtin = loadBuiltinPolicy();
if (!builtin.ok) throw new Error("the built-in bundle does not load");
const POLICY = builtin.value;
const NOW = "2026-01-01T00:00:00.000Z";

const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});

/** What is said of a change from one trust part to another, as `address pointer message`. */
function said(old: JsonObject, fresh: JsonObject, before: readonly Resource[] = [], after: readonly Resource[] = []): readonly string[] {
  const compared = (spec: JsonObject, others: readonly Resource[]): Parameters<typeof weakenings>[0] => {
    const part = trustPartOf(POLICY, make("Project", "p", spec), others);
    return { part, levels: inForce(part, "default", NOW, true).levels };
  };
  return weakenings(compared(old, before), compared(fresh, after)).map((each) => `${each.address}${each.pointer} ${each.message}`);
}

const policies = (value: JsonObject): JsonObject => ({ policies: value });
const OLD_HOST = { host: "legacy.example", minVersion: "TLSv1.2", reason: "replaced in March" };
const ceiling = (...hosts: readonly string[]): JsonObject => policies({ network: { ceiling: [...hosts] } });
const signer = (identity: string): JsonObject => ({ name: "ci", identity, issuer: "https://issuer" });
const DENY = { name: "night", mode: "deny", from: "22:00" };
const ALLOW = { name: "day", mode: "allow", from: "09:00" };
const RULE = { when: "widening", count: 2, people: ["leads", "ops"] };

/** From the first to the second is a weakening, said so; back again is none, unless a second message says what it is. */
const CASES: [name: string, strict: JsonObject, loose: JsonObject, message: string, back?: string][] = [
  [
    "a rule is lowered",
    {},
    policies({ rules: { "network.ceiling": "warn" } }),
    "/spec/policies/rules network.ceiling is lowered from enforce to warn",
  ],
  [
    "a warning is silenced",
    {},
    policies({ rules: { "budget.missing": "off" } }),
    "/spec/policies/rules budget.missing is lowered from warn to off",
  ],
  [
    "a policy is lowered, but for one rule",
    {},
    policies({ rules: { workspace: "audit", "workspace.mode": "enforce" } }),
    "/spec/policies/rules workspace.outside is lowered from enforce to audit",
  ],
  [
    "a host",
    {},
    ceiling("localhost", "127.0.0.1", "[::1]", "api.example.com"),
    "/spec/policies/network/ceiling grants may now reach api.example.com",
  ],
  [
    "a wildcard over a host",
    ceiling("api.example.com"),
    ceiling("*.example.com"),
    "/spec/policies/network/ceiling grants may now reach *.example.com",
  ],
  [
    "a host that may be connected to with less than TLS 1.3",
    policies({ network: { tlsExceptions: [OLD_HOST] } }),
    policies({ network: { tlsExceptions: [OLD_HOST, { ...OLD_HOST, host: "other.example" }] } }),
    "/spec/policies/network/tlsExceptions other.example may be connected to with TLSv1.2",
  ],
  [
    "another reason for such a host",
    policies({ network: { tlsExceptions: [OLD_HOST] } }),
    policies({ network: { tlsExceptions: [{ ...OLD_HOST, reason: "forgotten" }] } }),
    "/spec/policies/network/tlsExceptions legacy.example may be connected to with TLSv1.2",
    "/spec/policies/network/tlsExceptions legacy.example may be connected to with TLSv1.2",
  ],
  ["no ceiling instead of one host", ceiling("localhost", "127.0.0.1"), {}, "/spec/policies/network/ceiling grants may now reach [::1]"],
  ["exceptions", {}, policies({ exceptions: { allow: true } }), "/spec/policies/exceptions/allow exceptions from any rule are allowed"],
  [
    "exceptions from a policy",
    policies({ exceptions: { allow: ["network.ceiling"] } }),
    policies({ exceptions: { allow: ["network"] } }),
    "/spec/policies/exceptions/allow exceptions from network are allowed",
  ],
  [
    "longer exceptions",
    policies({ exceptions: { allow: true, maxDays: 30 } }),
    policies({ exceptions: { allow: true } }),
    "/spec/policies/exceptions/maxDays exceptions may last without bound",
  ],
  [
    "commits are not verified",
    { verification: { commits: "require" } },
    { verification: { commits: "warn" } },
    "/spec/verification/commits the verification of commits is lowered from require to warn",
  ],
  [
    "policies are not rebuilt",
    { verification: { policies: "rebuild" } },
    {},
    "/spec/verification/policies the verification of policies is lowered from rebuild to locked",
  ],
  [
    "policies are not attested any more",
    { verification: { policies: "attested" } },
    {},
    "/spec/verification/policies the verification of policies is lowered from attested to locked",
  ],
  [
    "policies are attested, and were built again",
    { verification: { policies: "rebuild" } },
    { verification: { policies: "attested" }, trust: { policies: [signer("a")] } },
    "/spec/verification/policies the verification of policies is lowered from rebuild to attested",
  ],
  [
    "a signer of policies",
    { verification: { policies: "attested" }, trust: { policies: [signer("a")] } },
    { verification: { policies: "attested" }, trust: { policies: [signer("a"), signer("b")] } },
    "/spec/trust/policies policies compiled by b are accepted",
  ],
  ["a trust root", {}, { trust: { root: "{}" } }, "/spec/trust/root a trust root is believed"],
  [
    "another trust root",
    { trust: { root: "{}" } },
    { trust: { root: "{1}" } },
    "/spec/trust/root another trust root is believed",
    "/spec/trust/root another trust root is believed",
  ],
  [
    "a signer of commits",
    { trust: { allowedSigners: "# us\na@x ssh-ed25519 A\n" } },
    { trust: { allowedSigners: "a@x ssh-ed25519 A\nb@x ssh-ed25519 B\n" } },
    "/spec/trust/allowedSigners commits signed by b@x are accepted",
  ],
  [
    "a signer of plugins",
    { trust: { plugins: [signer("a")] } },
    { trust: { plugins: [signer("a"), signer("b")] } },
    "/spec/trust/plugins plugins signed by b are accepted",
  ],
  [
    "a signer of plugins by a pattern",
    { trust: { plugins: [{ name: "a", identityPattern: "^a$", issuer: "https://issuer" }] } },
    {
      trust: {
        plugins: [
          { name: "a", identityPattern: "^a$", issuer: "https://issuer" },
          { name: "b", identityPattern: "^.*$", issuer: "https://issuer" },
        ],
      },
    },
    "/spec/trust/plugins plugins signed by ^.*$ are accepted",
  ],
  [
    "a key that signs plugins",
    { trust: { plugins: [{ name: "a", key: "A" }] } },
    {
      trust: {
        plugins: [
          { name: "a", key: "A" },
          { name: "b", key: "B" },
        ],
      },
    },
    '/spec/trust/plugins plugins signed by the key "b" are accepted',
  ],
  [
    "no provenance of plugins",
    { trust: { plugins: [{ ...signer("a"), requireProvenance: { builder: "b", source: "s" } }] } },
    { trust: { plugins: [signer("a")] } },
    "/spec/trust/plugins plugins signed by a need another provenance, or none",
  ],
  [
    "a second entry for a signer, without provenance",
    { trust: { plugins: [{ ...signer("a"), requireProvenance: { builder: "b", source: "s" } }] } },
    {
      trust: {
        plugins: [
          { ...signer("a"), name: "also" },
          { ...signer("a"), requireProvenance: { builder: "b", source: "s" } },
        ],
      },
    },
    "/spec/trust/plugins plugins signed by a need another provenance, or none",
  ],
  ["an OpenPGP keyring", {}, { trust: { openpgp: "keys" } }, "/spec/trust/openpgp an OpenPGP keyring may sign commits"],
  [
    "another OpenPGP keyring",
    { trust: { openpgp: "keys" } },
    { trust: { openpgp: "other keys" } },
    "/spec/trust/openpgp another OpenPGP keyring may sign commits",
    "/spec/trust/openpgp another OpenPGP keyring may sign commits",
  ],
  [
    "an identity that signs commits",
    { trust: { identities: [signer("a")] } },
    { trust: { identities: [signer("a"), signer("b")] } },
    "/spec/trust/identities commits signed by b are accepted",
  ],
  ["no approval", { approvals: [RULE] }, {}, "/spec/approvals plans need less than the approval by 2 of leads, ops when: widening"],
  [
    "fewer people",
    { approvals: [RULE] },
    { approvals: [{ ...RULE, count: 1 }] },
    "/spec/approvals plans need less than the approval by 2 of leads, ops when: widening",
  ],
  [
    "one more team may approve",
    { approvals: [RULE] },
    { approvals: [{ ...RULE, people: ["leads", "ops", "all"] }] },
    "/spec/approvals plans need less than the approval by 2 of leads, ops when: widening",
  ],
  [
    "a recipient of secrets",
    { secrets: { rules: [{ path: "*", recipients: ["age1a"] }] } },
    { secrets: { rules: [{ path: "*", recipients: ["age1a", "age1b"] }] } },
    "/spec/secrets/rules/0/recipients age1b can open secrets *",
  ],
  [
    "no rules for secrets",
    { secrets: { rules: [{ path: "*", recipients: ["age1a"] }] } },
    {},
    "/spec/secrets/rules the rules for who can open secrets are others",
  ],
  ["a closed window", { windows: [DENY] }, {}, "/spec/windows the window night, in which nothing is applied, is lifted"],
  ["the last open window", { windows: [ALLOW] }, {}, "/spec/windows applies are allowed at any time"],
  [
    "one more open window",
    { windows: [ALLOW] },
    { windows: [ALLOW, { ...ALLOW, name: "late", from: "20:00" }] },
    "/spec/windows applies are allowed in the window late",
  ],
  [
    "a larger delete budget",
    { limits: { deletes: { percent: 30, count: 3 } } },
    { limits: { deletes: { percent: 30, count: 9 } } },
    "/spec/limits/deletes/count limits.deletes.count is raised from 3 to 9",
  ],
  ["protection is lifted", { protection: ["Agent/a"] }, {}, "/spec/protection Agent/a is not protected any more"],
  ["something may be forgotten", {}, { forget: ["Agent/*"] }, "/spec/forget Agent/* may be released instead of deleted"],
];

describe("a Project that judges less", () => {
  test.each<[string, JsonObject, JsonObject, string, string?]>(CASES)("%s", (_name, strict, loose, message, back) => {
    expect(said(strict, loose)).toEqual([`Project/p${message}`]);
    expect(said(loose, strict)).toEqual(back === undefined ? [] : [`Project/p${back}`]);
  });

  test.each<[string, JsonObject, JsonObject, string, string?]>(CASES)("nothing changes: %s", (_name, strict, loose) => {
    expect([said(strict, strict), said(loose, loose)]).toEqual([[], []]);
  });

  test("an approval rule that asks for more covers one that asks for less", () => {
    expect(said({ approvals: [RULE] }, { approvals: [{ when: "always", count: 3, people: ["leads"] }] })).toEqual([]);
  });

  test("a window that is only named otherwise is the same", () => {
    expect(said({ windows: [DENY] }, { windows: [{ ...DENY, name: "dark" }] })).toEqual([]);
  });
});

const EGRESS = { rego: "package moltbot.policies.egress", data: { hosts: ["a"] } };
const policy = (more: JsonObject = {}): Resource => make("Policy", "egress", { ...EGRESS, ...more });
const exception = (more: JsonObject = {}): Resource =>
  make("PolicyException", "e", {
    rule: "network.ceiling",
    owner: "ada",
    reason: "It is needed.",
    scope: { resources: ["Agent/a"], tools: ["http.fetch"] },
    expiresAt: "2026-06-01T00:00:00Z",
    ...more,
  });

describe("policies and exceptions that judge less", () => {
  test.each<[string, readonly Resource[], readonly Resource[], readonly string[]]>([
    ["a policy is removed", [policy()], [], ["Policy/egress the policy is removed, and denies nothing any more"]],
    ["a policy is added", [], [policy()], []],
    ["its rules", [policy()], [policy({ rego: "other" })], ["Policy/egress/spec/rego its rules changed, and may deny less"]],
    ["its data", [policy()], [policy({ data: {} })], ["Policy/egress/spec/data what its rules compare with changed, and may deny less"]],
    ["its description", [policy()], [policy({ description: "x" })], []],
    [
      "a scope",
      [policy()],
      [policy({ applies: { resources: ["Agent/*"] } })],
      ["Policy/egress/spec/applies the policy looks at less than before"],
    ],
    ["a wider scope", [policy({ applies: { resources: ["Agent/a"] } })], [policy({ applies: { resources: ["Agent/a", "Agent/b"] } })], []],
    [
      "one more label",
      [policy({ applies: { labels: { a: "1" } } })],
      [policy({ applies: { labels: { a: "1", b: "2" } } })],
      ["Policy/egress/spec/applies the policy looks at less than before"],
    ],
    [
      "one environment less",
      [policy({ applies: { environments: ["a", "b"] } })],
      [policy({ applies: { environments: ["a"] } })],
      ["Policy/egress/spec/applies the policy looks at less than before"],
    ],
    ["no scope any more", [policy({ applies: { environments: ["a"] } })], [policy()], []],
    ["an exception", [], [exception()], ["PolicyException/e/spec/rule an exception from network.ceiling until 2026-06-01T00:00:00Z"]],
    ["an exception goes", [exception()], [], []],
    [
      "from another rule",
      [exception()],
      [exception({ rule: "workspace.mode" })],
      ["PolicyException/e/spec/rule an exception from workspace.mode until 2026-06-01T00:00:00Z"],
    ],
    [
      "for longer",
      [exception()],
      [exception({ expiresAt: "2026-07-01T00:00:00Z" })],
      ["PolicyException/e/spec/expiresAt the exception from network.ceiling holds longer, until 2026-07-01T00:00:00Z"],
    ],
    ["for less long", [exception()], [exception({ expiresAt: "2026-05-01T00:00:00Z" })], []],
    [
      "for more tools",
      [exception()],
      [exception({ scope: { resources: ["Agent/a"] } })],
      ["PolicyException/e/spec/scope the exception from network.ceiling holds for more"],
    ],
    ["for fewer tools", [exception({ scope: { resources: ["Agent/a"] } })], [exception()], []],
  ])("%s", (_name, before, after, expected) => {
    expect(said({}, {}, before, after)).toEqual(expected);
  });
});

describe("people who may approve", () => {
  const APPROVALS = { approvals: [{ when: "always", count: 1, people: ["leads"] }] };
  const team = (...members: readonly JsonObject[]): Resource => make("Team", "leads", { people: { members: [...members] } });
  const ada = { name: "ada", identities: { ssh: ["ssh-ed25519 A ada@laptop"] } };
  const eve = { name: "eve", identities: { oidc: [{ issuer: "https://issuer", subject: "eve" }] } };

  test.each<[string, readonly Resource[], readonly Resource[], readonly string[]]>([
    [
      "one more",
      [team(ada)],
      [team(ada, eve)],
      ["Team/leads/spec/people/members/1 eve may approve, with another key or account than before"],
    ],
    [
      "the same name with another key",
      [team(ada)],
      [team({ ...ada, identities: { ssh: ["ssh-ed25519 B"] } })],
      ["Team/leads/spec/people/members/0 ada may approve, with another key or account than before"],
    ],
    ["the comment of a key", [team(ada)], [team({ ...ada, identities: { ssh: ["ssh-ed25519 A"] } })], []],
    ["one less", [team(ada, eve)], [team(ada)], []],
    [
      "one who becomes two, each with a key that was there",
      [team({ name: "ada", identities: { ssh: ["ssh-ed25519 A", "ssh-ed25519 B"] } })],
      [team(ada, { name: "bob", identities: { ssh: ["ssh-ed25519 B"] } })],
      ["Team/leads/spec/people/members/1 bob counts as somebody else than the person whose key or account it was"],
    ],
    ["two who become one", [team(ada, eve)], [team({ name: "ada", identities: { ...ada.identities, ...eve.identities } })], []],
    [
      "an address less by which authors are told",
      [team({ ...ada, identities: { ...ada.identities, emails: ["ada@x", "Ada@y"] } })],
      [team({ ...ada, identities: { ...ada.identities, emails: ["ADA@x"] } })],
      ["Team/leads/spec/people/members/0 ada is no longer known by an address that commits may name"],
    ],
    ["an address more", [team(ada)], [team({ ...ada, identities: { ...ada.identities, emails: ["ada@x"] } })], []],
  ])("%s", (_name, before, after, expected) => {
    expect(said(APPROVALS, APPROVALS, before, after)).toEqual(expected);
    expect(said({}, {}, before, after)).toEqual([]);
  });
});

test("the same policies, compiled to something else", () => {
  const form = (digest: string): JsonObject => ({ policies: { compiled: { bundle: digest, lock: "l" } } });
  expect(said(form("a"), form("b"), [policy()], [policy()])).toEqual([
    "Project/p/spec/policies the same policies are compiled to something else, which may deny less",
  ]);
  expect(said(form("a"), form("a"), [policy()], [policy()])).toEqual([]);
  expect(said({}, form("b"), [], [policy()])).toEqual([]);
});

test("policies that stay, compiled with a new one: nobody has seen that they still deny", () => {
  const form = (digest: string, more: JsonObject = {}): JsonObject => ({ policies: { compiled: { bundle: digest, lock: "l" } }, ...more });
  const added = make("Policy", "new", { rego: "package moltbot.policies.new" });
  expect(said(form("a"), form("b"), [policy()], [policy(), added])).toEqual([
    "Project/p/spec/policies policies that stay are compiled anew with others, and may deny less (verification.policies: rebuild or attested would tell)",
  ]);
  for (const how of ["rebuild", "attested"]) {
    const vouched = { verification: { policies: how } };
    expect(said(form("a", vouched), form("b", vouched), [policy()], [policy(), added])).toEqual([]);
  }
});

test("an attestation made anew, over the same bytes, loosens nothing", () => {
  const form = (attestation: string): JsonObject => ({ policies: { compiled: { bundle: "b", lock: "l", attestation } } });
  expect(said(form("a"), form("b"), [policy()], [policy()])).toEqual([]);
});
