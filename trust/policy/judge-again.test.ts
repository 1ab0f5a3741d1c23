import { describe, expect, test } from "vitest";
import type { Address, JsonObject, Resource } from "../../core/index.ts";
import { judgeAgain } from "./judge-again.ts";
import { judgePlan, loadBuiltinPolicy, type JudgeRequest, type Policy } from "./index.ts";
import { brokenAnswer } from "./answer.ts";

const builtin = loadBuiltinPolicy();
if (!builtin.ok) throw new Error("the built-in bundle does not load");

const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const agent = (name: string, host: string, more: JsonObject = {}): Resource =>
  make("Agent", name, {
    capabilities: [{ tool: "http.fetch", permissions: [{ action: "get", resource: `https://${host}/**` }], ...more }],
  });

const [A, B] = [agent("a", "a.example"), agent("b", "b.example", { expiresAt: "2027-01-01T00:00:00Z" })];
const OLD = agent("a", "old.example", { expiresAt: "2026-09-01T00:00:00Z" });
const BASE: Omit<JudgeRequest, "policy"> = {
  project: make("Project", "acme", {}),
  environment: "default",
  resources: [A, B],
  before: new Map<Address, Resource | null>([
    ["Agent/a", OLD],
    ["Agent/b", null],
  ]),
  edges: [{ from: "Agent/a", reach: "calls", to: "Agent/b" }],
  edgesBefore: [],
  now: "2026-06-01T00:00:00.000Z",
};

/** Counts what is asked. */
function counting(): { readonly policy: Policy; readonly asked: () => number } {
  let asked = 0;
  const policy: Policy = {
    ...builtinPolicy(),
    evaluate: (entry, input) => {
      asked++;
      return builtinPolicy().evaluate(entry, input);
    },
  };
  return { policy, asked: () => asked };
}

function builtinPolicy(): Policy {
  if (!builtin.ok) throw new Error("unreachable");
  return builtin.value;
}

describe("judging the same twice", () => {
  test("asks once, for the very same resources a moment later", () => {
    const { policy, asked } = counting();
    const first = judgeAgain({ ...BASE, policy });
    const once = asked();
    // What is recorded is read anew; what was declared is at hand.
    const again = judgeAgain({
      ...BASE,
      policy,
      resources: [A, B],
      before: new Map(JSON.parse(JSON.stringify([...BASE.before])) as [Address, Resource | null][]),
      edges: structuredClone(BASE.edges),
      now: "2026-06-01T00:00:01.000Z",
    });
    expect([once > 0, asked()]).toEqual([true, once]);
    expect(again).toEqual(first);
  });

  test.each<[string, Partial<JudgeRequest>]>([
    ["a resource is another value, however equal", { resources: [structuredClone(A), B] }],
    ["a resource says something else", { resources: [agent("a", "x.example"), B] }],
    ["one more", { resources: [A, B, agent("c", "c.example")] }],
    ["one less", { resources: [A] }],
    ["the record had something else", { before: new Map([...BASE.before, ["Agent/a", agent("a", "x.example")]]) }],
    ["the record had nothing", { before: new Map([...BASE.before, ["Agent/a", null]]) }],
    ["something else changes", { before: new Map([...BASE.before, ["Agent/c", null]]) }],
    ["nothing changes", { before: new Map() }],
    ["another reference", { edges: [{ from: "Agent/b", reach: "calls", to: "Agent/a" }] }],
    ["a reference that was there", { edgesBefore: [{ from: "Agent/a", reach: "calls", to: "Agent/b" }] }],
    ["another environment", { environment: "prod" }],
    ["another Project", { project: make("Project", "acme", { policies: { rules: { "network.ceiling": "warn" } } }) }],
    ["another signer", { signer: { name: "x" } }],
    ["another commit", { commit: { id: "x" } }],
    ["another bundle", { bundles: new Map([["Plugin/p", { verified: true }]]) }],
    ["somebody wants notices", { wantsNotices: true }],
    ["a grant has ended", { now: "2027-01-01T00:00:00.000Z" }],
    ["a grant that was there has ended", { now: "2026-09-01T00:00:00.000Z" }],
    ["the clock was put back", { now: "2026-05-01T00:00:00.000Z" }],
    [
      "another trust part is in force",
      { active: { policy: builtinPolicy(), project: make("Project", "acme", {}), resources: [make("Project", "acme", {})], edges: [] } },
    ],
  ])("asks again when %s", (_, more) => {
    const { policy, asked } = counting();
    judgeAgain({ ...BASE, policy });
    const once = asked();
    const request = { ...BASE, policy, ...more };
    expect(judgeAgain(request)).toEqual(judgePlan({ ...request, policy: builtinPolicy() }));
    expect(asked()).toBeGreaterThan(once);
  });

  test("asks again what could not be answered", () => {
    let isBroken = true;
    const policy: Policy = {
      ...builtinPolicy(),
      evaluate: (entry, input) => (isBroken ? brokenAnswer("it is away") : builtinPolicy().evaluate(entry, input)),
    };
    expect(judgeAgain({ ...BASE, policy }).denied.map((each) => each.code)).toContain("POLICY_BROKEN");
    isBroken = false;
    expect(judgeAgain({ ...BASE, policy }).denied.map((each) => each.code)).not.toContain("POLICY_BROKEN");
  });
});
