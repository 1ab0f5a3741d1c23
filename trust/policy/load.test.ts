import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { digestBytes, type JsonObject, type Result } from "../../core/index.ts";
import { compileRego } from "../policy-build/rego.fixture.ts";
import { instantiate } from "./evaluator.ts";
import { denyAll, loadBuiltinPolicy, loadPolicy, parseLock } from "./index.ts";
import { BROKEN_RULE, type Answer, type Policy, type PolicyLock } from "./types.ts";
import { inspectModule } from "./wasm.ts";
import { compileModule } from "../wasm/index.ts";

const POLICIES = new URL("../../policies/", import.meta.url);
const BUNDLE = fs.readFileSync(new URL("bundle.wasm", POLICIES));
const LOCK_TEXT = fs.readFileSync(new URL("policies.lock.json", POLICIES), "utf8");
const LOCK = value(parseLock(LOCK_TEXT));

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((each) => each.detail).join("; "));
  return result.value;
}

/** A bundle with its own lock, as if somebody had built and reviewed it. */
function locked(bytes: Uint8Array, changes: Partial<PolicyLock> = {}): Result<Policy> {
  return loadPolicy(bytes, { ...LOCK, wasm: digestBytes(bytes), ...changes });
}

const isBroken = (answer: Answer): boolean =>
  answer.deny.length === 1 &&
  answer.deny[0]?.rule === BROKEN_RULE &&
  answer.broken?.code === "POLICY_BROKEN" &&
  answer.warn.length + answer.oblige.length === 0;

const codes = (result: Result<unknown>): readonly string[] => (result.ok ? [] : result.diagnostics.map((each) => each.code));

const CALL: JsonObject = {
  granted: true,
  action: "get",
  constraints: { approval: "never" },
  expiry: "none",
  network: { inside: true },
  workspace: null,
  passthrough: null,
  reach: { openChannel: null, ceiling: null },
};

/** An aggregator that says whatever a test wants it to. */
const aggregator = (rules: string): string => `package moltbot\nimport rego.v1\nadmission := {}\ncall := {}\n${rules}\n`;

describe("the built-in bundle", () => {
  test("answers", () => {
    const policy = value(loadPolicy(BUNDLE, LOCK));
    expect(policy.evaluate("grant", CALL)).toEqual({ deny: [], warn: [], oblige: [], broken: null });
    expect(policy.evaluate("grant", { ...CALL, expiry: "expired" }).deny.map((each) => each.rule)).toEqual(["expiry.expired"]);
    expect(policy.evaluate("grant", { ...CALL, constraints: { approval: "once" } }).oblige.map((each) => each.rule)).toEqual([
      "approval.session",
    ]);
    expect(policy.digest).toBe(digestBytes(BUNDLE));
  });

  test("is found where moltbot is installed", () => {
    expect(value(loadBuiltinPolicy()).policies).toEqual(LOCK.policies);
  });

  test("an empty question is denied by every rule that asks for proof", () => {
    expect(
      value(loadPolicy(BUNDLE, LOCK))
        .evaluate("grant", {})
        .deny.map((each) => each.rule),
    ).toEqual([
      "default-deny.ungranted",
      "expiry.expired",
      "network.ceiling",
      "open-channel.reachable",
      "team-ceiling.beyond",
      "workspace.mode",
      "workspace.outside",
    ]);
  });

  test("no rule reads a whole resource: then every question would be another one, and none answered twice", () => {
    expect(LOCK.reads.filter((path) => ["", "new", "old", "resource"].includes(path))).toEqual([]);
  });

  test("what rules do not read changes neither the answer nor the object that holds it", () => {
    const policy = value(loadPolicy(BUNDLE, LOCK));
    expect(policy.evaluate("grant", { ...CALL, agent: { name: "other" }, pattern: "x" })).toBe(policy.evaluate("grant", CALL));
  });

  test("text of any kind in the question is only text", () => {
    const policy = value(loadPolicy(BUNDLE, LOCK));
    for (const text of ['"', "\\", "\0", "\u2028", "\ud800", "😀", "}]"]) {
      expect(
        isBroken(policy.evaluate("grant", { ...CALL, action: text })) ||
          policy.evaluate("grant", { ...CALL, action: text }).deny.length === 0,
      ).toBe(true);
    }
  });

  test("100,000 different questions leave the memory of the instance as it was", () => {
    const facts = value(inspectModule(BUNDLE));
    const evaluator = instantiate(compileModule(BUNDLE), facts.memoryPages);
    const ask = (i: number): string =>
      evaluator.evaluate(
        evaluator.entrypoints.get("moltbot/grant") ?? -1,
        JSON.stringify({ ...CALL, action: `a${i}`, expiry: i % 2 ? "expired" : "none" }),
      );
    for (let i = 0; i < 100; i++) ask(i);
    const before = evaluator.memoryBytes();
    for (let i = 0; i < 100_000; i++) ask(i);
    expect(evaluator.memoryBytes()).toBe(before);
  });
});

describe("rows 73 and 75: a bundle that is not the locked one", () => {
  const half = BUNDLE.subarray(0, BUNDLE.length / 2);
  const flipped = Uint8Array.from(BUNDLE);
  flipped[5_000] = (flipped[5_000] ?? 0) ^ 1;

  test.each<[string, Uint8Array]>([
    ["cut short", half],
    ["one bit changed", flipped],
    ["empty", new Uint8Array()],
    ["another file", Buffer.from(LOCK_TEXT)],
    ["one byte more", Buffer.concat([BUNDLE, Buffer.from([0])])],
  ])("row 75: %s is untrusted before anything of it runs", (_name, bytes) => {
    expect(codes(loadPolicy(bytes, LOCK))).toEqual(["POLICY_UNTRUSTED"]);
  });

  test.each<[string, Uint8Array, string]>([
    ["cut short", half, "POLICY_MODULE"],
    ["empty", new Uint8Array(), "POLICY_MODULE"],
    ["its header alone", BUNDLE.subarray(0, 8), "POLICY_MODULE"],
  ])("row 73: %s, and locked so", (_name, bytes, code) => {
    expect(codes(locked(bytes))).toEqual([code]);
  });

  test("row 73: without the aggregator there is nothing to ask", () => {
    expect(
      codes(
        locked(compileRego("package moltbot\nimport rego.v1\nadmission := {}\ncall := {}\ngrant := {}\n"), {
          entrypoints: ["moltbot/grant"],
        }),
      ),
    ).toEqual(["POLICY_BROKEN"]);
  });

  test.each([
    "",
    "{}",
    "[]",
    "null",
    "{",
    LOCK_TEXT.replace('"1.0"', '"2.0"'),
    LOCK_TEXT.replace("sha256:", "sha1:"),
    LOCK_TEXT.replace('"rules"', '"rule"'),
    LOCK_TEXT.replace('"deny"', '"allow"'),
  ])("row 73: a lock that is none: %#", (text) => {
    expect(codes(parseLock(text))).toEqual(["POLICY_LOCK"]);
  });

  test("row 73: everything is denied, saying why", () => {
    const failed = loadPolicy(half, LOCK);
    const policy = denyAll(failed.ok ? [] : failed.diagnostics);
    for (const entry of ["admission", "grant"] as const) {
      expect(policy.evaluate(entry, CALL)).toMatchObject({
        deny: [{ rule: BROKEN_RULE }],
        warn: [],
        oblige: [],
        broken: { code: "POLICY_UNTRUSTED" },
      });
    }
    expect(isBroken(denyAll([]).evaluate("grant", CALL))).toBe(true);
  });

  test("a folder without the files is reported, not thrown", () => {
    expect(codes(loadBuiltinPolicy("/nonexistent"))).toEqual(["POLICY_LOCK"]);
  });
});

describe("rows 69 to 71: a bundle that answers badly", () => {
  test.each<[string, string]>([
    ["row 69: undefined for this input", 'grant := {"evaluated": []} if input.action == "never asked"'],
    ['row 70: "true"', 'grant := "true"'],
    ["row 70: 1", "grant := 1"],
    ["row 70: {}", "grant := {}"],
    ["row 70: []", "grant := []"],
    ["row 70: null", "grant := null"],
    ["no policy evaluated", 'grant := {"evaluated": [], "deny": [], "warn": [], "oblige": []}'],
    ["row 71: a conflict", 'grant := x if { some x in ["a", "b"]; input.action == "get" }'],
  ])("%s", (_name, rule) => {
    const policy = value(locked(compileRego(aggregator(rule))));
    expect(isBroken(policy.evaluate("grant", CALL))).toBe(true);
    expect(isBroken(policy.evaluate("grant", CALL))).toBe(true);
  });

  test("row 71: after an abort the next question is answered by a fresh instance", () => {
    const names = JSON.stringify(LOCK.policies);
    const rule = `grant := {"evaluated": ${names}, "deny": [], "warn": [], "oblige": []} if input.action != "conflict"\ngrant := x if { some x in ["a", "b"]; input.action == "conflict" }`;
    const policy = value(locked(compileRego(aggregator(rule))));
    expect(policy.evaluate("grant", CALL).broken).toBeNull();
    expect(isBroken(policy.evaluate("grant", { ...CALL, action: "conflict" }))).toBe(true);
    expect(policy.evaluate("grant", { ...CALL, action: "after" }).broken).toBeNull();
  });

  test("row 72: a policy that wants more memory than the limit is stopped and denied, and answers again", () => {
    const many = `grant := {"evaluated": ${JSON.stringify(LOCK.policies)}, "deny": [], "warn": [], "oblige": []} if {
      list := [a | some i in input.list; some j in input.list; some k in input.list; a := [i, j, k, "some text that takes room"]]
      list != input.list
    }`;
    const policy = value(locked(compileRego(aggregator(many)), { reads: [""] }));
    const listOf = (length: number): JsonObject => ({ list: Array.from({ length }, (_, i) => i) });
    expect(policy.evaluate("grant", listOf(3)).broken).toBeNull();
    expect(isBroken(policy.evaluate("grant", listOf(150)))).toBe(true);
    expect(policy.evaluate("grant", listOf(4)).broken).toBeNull();
  });

  test("a question that is too long, or no JSON, is denied", () => {
    const policy = value(locked(BUNDLE, { reads: [""] }));
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(isBroken(policy.evaluate("grant", { ...CALL, text: "x".repeat(4 * 1024 * 1024) }))).toBe(true);
    expect(isBroken(policy.evaluate("grant", circle as JsonObject))).toBe(true);
  });
});

describe("rows 74 and 76: a bundle that asks for too much", () => {
  test.each([
    ["the clock", "time.now_ns()"],
    ["the network", 'http.send({"method": "get", "url": "http://127.0.0.1/"})'],
    ["the environment", "opa.runtime()"],
    ["chance", 'rand.intn("x", 10)'],
  ])("row 74: %s", (_name, call) => {
    expect(codes(locked(compileRego(aggregator(`grant := x if x := ${call}`))))).toEqual(["POLICY_MODULE"]);
  });

  test("row 76: a module that runs when it is loaded", () => {
    // Section 8 names the first function as the one to start with.
    const withStart = Buffer.concat([BUNDLE.subarray(0, 8), Buffer.from([8, 1, 0]), BUNDLE.subarray(8)]);
    expect(codes(locked(withStart))).toEqual(["POLICY_MODULE"]);
  });
});
