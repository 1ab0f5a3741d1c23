import { describe, expect, test } from "vitest";
import type { Diagnostic, JsonObject, Result } from "../../core/index.ts";
import { loadPolicy, parseLock, policySourcesDigest } from "../policy/index.ts";
import { buildPolicies, lockText, readInputSchemas, type BuildSource, type PolicyBuild } from "./index.ts";
import { testOpa, valueOf } from "./rego.fixture.ts";

/** Any input goes: these tests are about everything else. */
const ANY = { admission: "{}", call: "{}", grant: "{}" };

const source = (name: string, rego: string, data: JsonObject = {}): BuildSource => ({
  name,
  rego,
  data,
  file: `policies/${name}.rego`,
  firstLine: 1,
});

const regoOf = (body: string, name = "mine"): string => `package moltbot.policies.${name}\n\nimport rego.v1\n\n${body}\n`;

function build(sources: readonly BuildSource[], schemas = ANY, reserved: readonly string[] = []): Result<PolicyBuild> {
  return buildPolicies({ sources, schemas, opa: testOpa(), reserved });
}

const diagnosticsOf = (result: Result<unknown>): readonly Diagnostic[] => (result.ok ? [] : result.diagnostics);
const said = (result: Result<unknown>): readonly string[] =>
  diagnosticsOf(result).map(({ code, at, detail }) => `${at?.file}:${at?.line}:${at?.column} ${code} ${detail}`);

const GOOD = 'grant_deny contains {"code": "no", "message": "No."} if input.x == 1';

describe("the builder refuses, at the place", () => {
  test.each<[string, string, string]>([
    [
      "row 74: the network",
      'grant_deny contains {"code": "no", "message": "No."} if http.send({"url": input.x}).status_code == 200',
      "policies/mine.rego:5:57 POLICY_FUNCTION Policies do not get the function http.send.",
    ],
    [
      "row 74: the clock",
      'grant_deny contains {"code": "no", "message": "No."} if time.now_ns() > 0',
      "policies/mine.rego:5:57 POLICY_FUNCTION",
    ],
    [
      "row 74: the environment",
      'grant_deny contains {"code": "no", "message": "No."} if opa.runtime().env.HOME',
      "policies/mine.rego:5:57 POLICY_FUNCTION",
    ],
    [
      "row 74: chance",
      'grant_deny contains {"code": "no", "message": "No."} if rand.intn("a", 2) == 1',
      "policies/mine.rego:5:57 POLICY_FUNCTION",
    ],
    [
      "row 74: names of the network",
      'grant_deny contains {"code": "no", "message": "No."} if net.lookup_ip_addr(input.x)',
      "policies/mine.rego:5:57 POLICY_FUNCTION",
    ],
    [
      "a code that is no literal",
      'grant_deny contains {"code": input.code, "message": "No."} if input.x == 1',
      "policies/mine.rego:5:1 POLICY_RULE_SHAPE",
    ],
    [
      "no message",
      'grant_deny contains {"code": "no"} if input.x == 1',
      "policies/mine.rego:5:1 POLICY_RULE_SHAPE The rule has no message.",
    ],
    [
      "an unknown field",
      'grant_deny contains {"code": "no", "message": "No.", "level": "off"} if input.x == 1',
      "policies/mine.rego:5:1 POLICY_RULE_SHAPE",
    ],
    [
      "a code used twice",
      `${GOOD}\n\nadmission_deny contains {"code": "no", "message": "No."} if input.y == 1`,
      "policies/mine.rego:7:1 POLICY_RULE_SHAPE The code of mine.no is used twice",
    ],
    [
      "a misspelt set",
      `${GOOD}\n\ngrants_deny contains {"code": "n2", "message": "No."} if input.x == 2`,
      "policies/mine.rego:7:1 POLICY_RULE_SHAPE There is no set grants_deny",
    ],
    ["a set that is one value", 'grant_deny := {{"code": "no", "message": "No."}}', "policies/mine.rego:5:1 POLICY_RULE_SHAPE"],
    ["no rule that speaks", "x := 1", "policies/mine.rego:1:1 POLICY_RULE_SHAPE No rule adds"],
    ["a line that is no Rego", "grant_deny contains", "policies/mine.rego:6:1 POLICY_SOURCE unexpected eof token."],
    [
      "an unused variable",
      'grant_deny contains {"code": "no", "message": "No."} if { y := input.x; input.x == 1 }',
      "policies/mine.rego:5:59 POLICY_SOURCE assigned var y unused.",
    ],
    [
      "data of somebody else",
      `${GOOD}\n\nhelp if data.moltbot.policies.yours.grant_deny`,
      "policies/mine.rego:7:9 POLICY_RULE_SHAPE The rules read data.moltbot.policies.yours.grant_deny.",
    ],
    ["all data", `${GOOD}\n\nhelp if data[input.x]`, "policies/mine.rego:7:9 POLICY_RULE_SHAPE The rules read data."],
  ])("%s", (_name, body, expected) => {
    const all = said(build([source("mine", regoOf(body))]));
    expect(all.find((each) => each.startsWith(expected))).toBeDefined();
  });

  test("a package that is not named as the policy, and a name that is taken", () => {
    expect(said(build([source("mine", regoOf(GOOD, "yours"))]))).toEqual([
      "policies/mine.rego:1:1 POLICY_RULE_SHAPE The package is moltbot.policies.yours, and must be moltbot.policies.mine.",
    ]);
    expect(said(build([source("mine", regoOf(GOOD))], ANY, ["mine"]))[0]).toMatch(
      /^policies\/mine.rego:1:1 POLICY_RULE_SHAPE The name "mine"/,
    );
    expect(said(build([source("mine", regoOf(GOOD)), source("mine", regoOf(GOOD))]))).toHaveLength(1);
  });

  test("every mistake of every policy at once, on the lines of the files they stand in", () => {
    const inline = { ...source("inline", regoOf("x := 1", "inline")), file: "policies.yaml", firstLine: 10 };
    expect(said(build([inline, source("mine", regoOf("y := 1"))])).map((each) => each.split(" ")[0])).toEqual([
      "policies.yaml:10:1",
      "policies/mine.rego:1:1",
    ]);
  });
});

describe("rules are checked against what their entry point is asked", () => {
  const schemas = valueOf(readInputSchemas());
  const check = (body: string): readonly string[] => said(build([source("mine", regoOf(body))], schemas));

  test("a field that does not exist is refused where it stands, with those that do", () => {
    const result = build(
      [source("mine", regoOf('grant_deny contains {"code": "no", "message": "No."} if input.network.insde == false'))],
      schemas,
    );
    expect(said(result)[0]).toMatch(/^policies\/mine\.rego:5:\d+ POLICY_SOURCE undefined ref: input\.network\.insde/);
    expect(diagnosticsOf(result)[0]?.remedy).toContain("inside");
  });

  test("a field of another entry point is refused, through helpers too", () => {
    const helper = "late if input.time == input.time";
    expect(check(`${helper}\n\ngrant_deny contains {"code": "no", "message": "No."} if late`)).toHaveLength(2);
    expect(check(`${helper}\n\ncall_deny contains {"code": "no", "message": "No."} if late`)).toEqual([]);
    expect(check('admission_deny contains {"code": "no", "message": "No."} if input.tool == "x"')).toHaveLength(1);
  });

  test("null is part of what may be there; specs hold what their kind has", () => {
    expect(
      check(`grant_deny contains {"code": "no", "message": "No."} if { input.network != null; input.constraints.rate == "1/s"; input.agent.labels.team == "care" }
admission_deny contains {"code": "a", "message": "No."} if { input.resource.kind == "Agent"; input.new.model.name == "x" }
call_deny contains {"code": "c", "message": "No."} if { input.arguments.argv[0] == "rm"; input.principal.role == "viewer" }`),
    ).toEqual([]);
  });

  test("a type that never fits", () => {
    expect(check('call_deny contains {"code": "no", "message": "No."} if startswith(input.session.calls, "a")')[0]).toMatch(
      /rego_type_error|invalid argument/,
    );
  });
});

describe("what is built", () => {
  const texts = [
    source(
      "first",
      regoOf('grant_deny contains {"code": "no", "message": "No."} if input.x in data.moltbot.settings.first.list', "first"),
      { list: [1, 2] },
    ),
    source(
      "second-one",
      regoOf(
        'call_deny contains {"code": "no", "message": sprintf("%s is too late.", [input.t])} if time.parse_rfc3339_ns(input.t) > 0',
        "second_one",
      ),
    ),
  ];

  test("is the same for any order, and loads with its lock", () => {
    const [one, other] = [valueOf(build(texts)), valueOf(build(texts.toReversed()))];
    expect(Buffer.compare(one.wasm, other.wasm)).toBe(0);
    expect(lockText(one.lock)).toBe(lockText(other.lock));
    const lock = valueOf(parseLock(lockText(one.lock)));
    expect(lock.sources).toBe(policySourcesDigest(texts.toReversed()));
    const policy = valueOf(loadPolicy(one.wasm, lock));
    expect(policy.evaluate("grant", { x: 2 }).deny.map((each) => each.rule)).toEqual(["first.no"]);
    expect(policy.evaluate("grant", { x: 3 })).toMatchObject({ deny: [], broken: null });
    expect(policy.evaluate("call", { t: "2027-01-01T00:00:00Z" }).deny).toEqual([
      { rule: "second-one.no", message: "2027-01-01T00:00:00Z is too late.", path: null },
    ]);
    expect(policy.evaluate("call", { t: "tomorrow" }).broken).toMatchObject({ code: "POLICY_BROKEN" });
  });

  test("the lock says what it was made from: other data is another digest, and no lock", () => {
    const { lock } = valueOf(build(texts));
    expect(lock).toMatchObject({
      builtins: ["sprintf", "time.parse_rfc3339_ns"],
      policies: ["first", "second-one"],
      reads: ["t", "x"],
      rules: { "first.no": { file: "policies/first.rego", line: 5, entry: "grant", effect: "deny" } },
    });
    const changed = { ...lock, data: { ...lock.data, first: { list: [3] } } };
    expect(diagnosticsOf(parseLock(lockText(changed))).map((each) => each.code)).toEqual(["POLICY_LOCK"]);
    expect(policySourcesDigest(texts)).not.toBe(policySourcesDigest(texts.slice(1)));
  });

  test.each<[string, string, readonly string[]]>([
    ["a path", "input.a.b == 1", ["a.b"]],
    ["a path up to a variable", "some i; input.a[i].b == 1", ["a"]],
    ["what another covers", "input.a.b == 1; input.a == 2", ["a"]],
    ["a path inside a path", "input.a[input.b.c] == 1", ["a", "b.c"]],
    ["a name with dots, up to it", 'input.a["x.example/b"] == 1', ["a"]],
    ["everything", "x := input; x.y == 1", [""]],
    ["names that only begin alike", "input.a == 1; input.ab == 1", ["a", "ab"]],
  ])("knows which parts of the input are read: %s", (_name, body, reads) => {
    const rule = `grant_deny contains {"code": "no", "message": "No."} if { ${body} }`;
    expect(valueOf(build([source("mine", regoOf(rule))])).lock.reads).toEqual(reads);
  });

  test("an import of a part of the input is read too", () => {
    const rego = `package moltbot.policies.mine\n\nimport input.a.b as b\nimport rego.v1\n\ngrant_deny contains {"code": "no", "message": "No."} if b == 1\n`;
    expect(valueOf(build([source("mine", rego)])).lock.reads).toEqual(["a.b"]);
  });
});
