import { describe, expect, test } from "vitest";
import type { Json } from "../../core/index.ts";
import { readAnswer } from "./answer.ts";
import { BROKEN_RULE, type PolicyLock } from "./types.ts";

const DIGEST = `sha256:${"0".repeat(64)}` as const;
const LOCK: PolicyLock = {
  formatVersion: "1.0",
  opa: { version: "0.70.0", sha256: "0".repeat(64) },
  sources: DIGEST,
  texts: { expiry: DIGEST, network: DIGEST },
  data: { expiry: {}, network: {} },
  wasm: DIGEST,
  entrypoints: ["moltbot/admission", "moltbot/grant"],
  builtins: [],
  policies: ["expiry", "network"],
  reads: [""],
  rules: {
    "expiry.expired": { file: "policies/expiry.rego", line: 8, entry: "grant", effect: "deny" },
    "network.ceiling": { file: "policies/network.rego", line: 8, entry: "grant", effect: "deny" },
    "network.note": { file: "policies/network.rego", line: 20, entry: "grant", effect: "oblige" },
    "network.seen": { file: "policies/network.rego", line: 30, entry: "admission", effect: "warn" },
  },
};

const EMPTY = { evaluated: ["network", "expiry"], deny: [], warn: [], oblige: [] };
const said = (policy: Json, ...violations: readonly Json[]): Json => [policy, violations];
const read = (result: Json): ReturnType<typeof readAnswer> => readAnswer(JSON.stringify([{ result }]), "grant", LOCK);

describe("an answer of exactly the agreed shape", () => {
  test("silence", () => {
    expect(read(EMPTY)).toEqual({ deny: [], warn: [], oblige: [], broken: null });
  });

  test("findings, sorted by rule", () => {
    const deny = [
      said("network", { code: "ceiling", message: "too far", path: "/spec/x" }),
      said("expiry", { code: "expired", message: "over" }),
    ];
    expect(read({ ...EMPTY, deny, oblige: [said("network", { code: "note", message: "ask", path: null })] })).toEqual({
      deny: [
        { rule: "expiry.expired", message: "over", path: null },
        { rule: "network.ceiling", message: "too far", path: "/spec/x" },
      ],
      warn: [],
      oblige: [{ rule: "network.note", message: "ask", path: null }],
      broken: null,
    });
  });
});

test("findings as bundles of earlier builds print them are the same findings", () => {
  const violation = { code: "ceiling", message: "too far" };
  const deny = [{ policy: "network", violation }];
  expect(read({ ...EMPTY, deny })).toEqual(read({ ...EMPTY, deny: [said("network", violation), said("expiry")] }));
  for (const wrong of [{ policy: "network" }, { policy: "network", violation, more: 1 }, { policy: ["network"], violation }]) {
    expect(read({ ...EMPTY, deny: [wrong] }).broken?.code).toBe("POLICY_BROKEN");
  }
});

describe("rows 69 to 71: anything else is a denial with a diagnostic", () => {
  const good = said("network", { code: "ceiling", message: "too far" });
  test.each<[string, string]>([
    ["row 69: undefined", "[]"],
    ["row 70: the text true", '[{"result":"true"}]'],
    ["row 70: true", '[{"result":true}]'],
    ["row 70: 1", '[{"result":1}]'],
    ["row 70: {}", '[{"result":{}}]'],
    ["row 70: []", '[{"result":[]}]'],
    ["row 70: null", '[{"result":null}]'],
    ["row 70: two results", JSON.stringify([{ result: EMPTY }, { result: EMPTY }])],
    ["a result beside another", JSON.stringify([{ result: EMPTY, other: EMPTY }])],
    ["no list of results", JSON.stringify({ result: EMPTY })],
    ["null", "null"],
    ["no JSON", "[{"],
    ["nothing", ""],
  ])("%s", (_name, text) => {
    const answer = readAnswer(text, "grant", LOCK);
    expect([answer.deny.map((each) => each.rule), answer.warn, answer.oblige, answer.broken?.code]).toEqual([
      [BROKEN_RULE],
      [],
      [],
      "POLICY_BROKEN",
    ]);
  });

  test.each<[string, Json]>([
    ["a missing list", { evaluated: EMPTY.evaluated, deny: [], warn: [] }],
    ["one list more", { ...EMPTY, allow: [] }],
    ["a list that is none", { ...EMPTY, deny: {} }],
    ["a policy that was not evaluated", { ...EMPTY, evaluated: ["network"] }],
    ["a policy evaluated twice", { ...EMPTY, evaluated: ["network", "network"] }],
    ["a policy nobody knows", { ...EMPTY, evaluated: ["network", "expiry", "other"] }],
    ["another policy in its place", { ...EMPTY, evaluated: ["network", "other"] }],
    ["no list of policies", { ...EMPTY, evaluated: 2 }],
    ["a rule nobody knows", { ...EMPTY, deny: [said("network", { code: "other", message: "m" })] }],
    ["a rule of another policy", { ...EMPTY, deny: [said("expiry", { code: "ceiling", message: "m" })] }],
    ["a rule that speaks in another set", { ...EMPTY, oblige: [good] }],
    ["a rule that speaks at another entry", { ...EMPTY, warn: [said("network", { code: "seen", message: "m" })] }],
    ["a rule with the name of something inherited", { ...EMPTY, deny: [said("to", { code: "String", message: "m" })] }],
    ["a violation without message", { ...EMPTY, deny: [said("network", { code: "ceiling" })] }],
    ["a violation with more", { ...EMPTY, deny: [said("network", { code: "ceiling", message: "m", level: "off" })] }],
    ["a violation that is text", { ...EMPTY, deny: [said("network", "ceiling")] }],
    ["a code that is a list", { ...EMPTY, deny: [said("network", { code: ["ceiling"], message: "m" })] }],
    ["a policy that is a list", { ...EMPTY, deny: [said(["network"], { code: "ceiling", message: "m" })] }],
    ["a message that is a number", { ...EMPTY, deny: [said("network", { code: "ceiling", message: 1 })] }],
    ["a path that is no pointer", { ...EMPTY, deny: [said("network", { code: "ceiling", message: "m", path: "spec" })] }],
    ["a policy that says nothing that can be read", { ...EMPTY, deny: [["network"]] }],
    ["a policy that says something and more", { ...EMPTY, deny: [["network", [], []]] }],
    ["what a policy says that is no list", { ...EMPTY, deny: [["network", { code: "ceiling", message: "m" }]] }],
    ["two things said, one of them bad", { ...EMPTY, deny: [said("network", { code: "ceiling", message: "m" }, null)] }],
    ["one bad violation beside a good one", { ...EMPTY, deny: [good, null] }],
  ])("%s", (_name, result) => {
    expect(read(result)).toMatchObject({ deny: [{ rule: BROKEN_RULE }], broken: { code: "POLICY_BROKEN" } });
  });
});
