import { afterAll, describe, expect, test } from "vitest";
import { digestBytes, LIMITS, type JsonObject } from "../../core/index.ts";
import { buildPolicies, type BuildSource } from "../policy-build/index.ts";
import { compileRego, testOpa, valueOf } from "../policy-build/rego.fixture.ts";
import { isolatedPolicy, loadPolicy, together, type Answer, type Policy, type PolicyLock } from "./index.ts";

const ANY = { admission: "{}", call: "{}", grant: "{}" };

function build(body: string, data: JsonObject = {}): { readonly wasm: Uint8Array; readonly lock: PolicyLock } {
  const rego = `package moltbot.policies.mine\n\nimport rego.v1\n\n${body}\n`;
  const source: BuildSource = { name: "mine", rego, data, file: "policies/mine.rego", firstLine: 1 };
  return valueOf(buildPolicies({ sources: [source], schemas: ANY, opa: testOpa(), reserved: [] }));
}

const opened: Policy[] = [];
afterAll(() => {
  for (const each of opened) each.close?.();
});

function isolated(wasm: Uint8Array, lock: PolicyLock, ms?: number): Policy {
  const policy = valueOf(isolatedPolicy(wasm, lock, ms));
  opened.push(policy);
  return policy;
}

const rules = (answer: Answer): readonly string[] => answer.deny.map((each) => each.rule);

// The second compares 20,000 numbers 400 million times, and takes no memory for it.
const HEAVY = `grant_deny contains {"code": "no", "message": "No."} if input.n == 1

grant_deny contains {"code": "heavy", "message": "Heavy."} if {
	input.n == 2
	list := numbers.range(1, 20000)
	other := array.concat(numbers.range(1, 19999), [0])
	some _ in list
	some _ in list
	list == other
}

grant_deny contains {"code": "hungry", "message": "Hungry."} if {
	input.n == 3
	list := numbers.range(1, 10000)
	all := [[a, b, "some text that takes room"] | some a in list; some b in list]
	count(all) == 0
}`;

describe("policies in a thread of their own", () => {
  const heavy = build(HEAVY);

  test("answer as they do without", () => {
    const [alone, inProcess] = [isolated(heavy.wasm, heavy.lock), valueOf(loadPolicy(heavy.wasm, heavy.lock))];
    for (const n of [0, 1, 4]) expect(alone.evaluate("grant", { n })).toEqual(inProcess.evaluate("grant", { n }));
    expect(rules(alone.evaluate("grant", { n: 1 }))).toEqual(["mine.no"]);
    expect(alone.evaluate("call", { n: 1 })).toMatchObject({ deny: [], broken: null });
    expect(alone.evaluate("grant", { n: 1, text: "ä😀".repeat(100_000) }).broken).toBeNull();
  });

  test("row 72: one that does not end is stopped and denied, others answer meanwhile, and it answers again", () => {
    const policy = isolated(heavy.wasm, heavy.lock, 3_000);
    const other = isolated(heavy.wasm, heavy.lock);
    const from = performance.now();
    const stopped = policy.evaluate("grant", { n: 2 });
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(rules(stopped)).toEqual(["policy.broken"]);
    expect(stopped.broken?.detail).toContain("limits.policyEvaluationMs");
    expect(rules(other.evaluate("grant", { n: 1 }))).toEqual(["mine.no"]);
    expect(rules(policy.evaluate("grant", { n: 1 }))).toEqual(["mine.no"]);
  });

  test("row 72: one that eats memory is stopped at its limit and denied", () => {
    const policy = isolated(heavy.wasm, heavy.lock, 20_000);
    expect(rules(policy.evaluate("grant", { n: 3 }))).toEqual(["policy.broken"]);
    expect(rules(policy.evaluate("grant", { n: 1 }))).toEqual(["mine.no"]);
  });

  test("row 72: one that was stopped too often is asked no more", () => {
    const policy = isolated(heavy.wasm, heavy.lock, 50);
    for (let i = 0; i < LIMITS.policyStops; i++) expect(rules(policy.evaluate("grant", { n: 2 }))).toEqual(["policy.broken"]);
    const from = performance.now();
    const answer = policy.evaluate("grant", { n: 1 });
    expect(performance.now() - from).toBeLessThan(1_000);
    expect(answer.broken?.detail).toContain("limits.policyStops");
  });

  test("a broken policy denies, and takes nothing from what others say", () => {
    const both = together(valueOf(loadPolicy(heavy.wasm, heavy.lock)), isolated(heavy.wasm, heavy.lock));
    both.close?.();
    const answer = both.evaluate("grant", { n: 1 });
    expect(rules(answer)).toEqual(["mine.no", "policy.broken"]);
    expect(answer.broken?.code).toBe("POLICY_BROKEN");
  });

  test("a bundle that is not the locked one, asks for too much or lacks the aggregator is refused as without", () => {
    const codes = (bytes: Uint8Array, lock: PolicyLock): readonly string[] => {
      const loaded = isolatedPolicy(bytes, lock);
      return loaded.ok ? [] : loaded.diagnostics.map((each) => each.code);
    };
    expect(codes(heavy.wasm.subarray(1), heavy.lock)).toEqual(["POLICY_UNTRUSTED"]);
    const clock = compileRego("package moltbot\nimport rego.v1\nadmission := {}\ncall := {}\ngrant := x if x := time.now_ns()\n");
    expect(codes(clock, { ...heavy.lock, wasm: digestBytes(clock) })).toEqual(["POLICY_MODULE"]);
    expect(codes(heavy.wasm, { ...heavy.lock, entrypoints: [] })).toEqual(["POLICY_BROKEN"]);
  });
});

describe("row 79: data changes while questions are asked", () => {
  const body = 'grant_deny contains {"code": "no", "message": data.moltbot.settings.mine.version} if input.n >= 0';

  test("1,000 decisions over two versions: no mixing, and each policy names its code and data", () => {
    const [one, two] = [build(body, { version: "one" }), build(body, { version: "two" })];
    expect(one.lock.wasm).toBe(two.lock.wasm);
    const policies = [isolated(one.wasm, one.lock), isolated(two.wasm, two.lock)];
    expect(policies[0]?.data).not.toBe(policies[1]?.data);
    for (let n = 0; n < 1_000; n++) {
      const at = n % 2;
      expect(policies[at]?.evaluate("grant", { n }).deny).toEqual([{ rule: "mine.no", message: ["one", "two"][at], path: null }]);
    }
  });
});
