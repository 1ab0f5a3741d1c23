import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject, Result } from "../../core/index.ts";
import { buildPolicies, findOpa, lockText, type PolicyBuild } from "../../scripts/policy-build.ts";
import { readAnswer } from "./answer.ts";
import { loadBuiltinPolicy, type Entry } from "./index.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const FOLDER = path.join(ROOT, "policies");
const OPA = findOpa().file;

let build: PolicyBuild;
let work: string;
beforeAll(() => {
  build = buildPolicies(FOLDER);
  work = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-bundle-"));
});
afterAll(() => {
  fs.rmSync(work, { recursive: true, force: true });
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((each) => each.detail).join("; "));
  return result.value;
}

/** Writes files into a folder of their own and gives its path. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(work, "f-"));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

const opaTest = (folder: string): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(OPA, ["test", folder], { encoding: "utf8" });
  return { status, output: stdout + stderr };
};

const names = fs.readdirSync(FOLDER).filter((name) => name.endsWith(".rego") && !name.endsWith("_test.rego"));
const read = (name: string): string => fs.readFileSync(path.join(FOLDER, name), "utf8");

describe("what is committed", () => {
  test("is what the sources compile to, byte for byte", () => {
    expect(Buffer.compare(build.wasm, fs.readFileSync(path.join(FOLDER, "bundle.wasm")))).toBe(0);
    expect(fs.readFileSync(path.join(FOLDER, "policies.lock.json"), "utf8")).toBe(lockText(build.lock));
  });

  test("compiles to the same bytes from another folder", () => {
    const copy = folderOf(Object.fromEntries(names.map((name) => [name, read(name)])));
    expect(Buffer.compare(buildPolicies(copy).wasm, build.wasm)).toBe(0);
  });

  test("is formatted as opa writes it", () => {
    expect(execFileSync(OPA, ["fmt", "--list", FOLDER], { encoding: "utf8" })).toBe("");
  });

  test("passes its own tests, which reach every line", () => {
    const report = JSON.parse(
      execFileSync(OPA, ["test", FOLDER, "--coverage", "--format", "json"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }),
    ) as { coverage: number };
    expect(report.coverage).toBe(100);
  });

  test("has a page for each policy, which names each rule", () => {
    for (const rule of Object.keys(build.lock.rules)) {
      const policy = rule.slice(0, rule.indexOf("."));
      expect(fs.readFileSync(path.join(ROOT, "docs/policies", `${policy}.md`), "utf8")).toContain(`\`${rule}\``);
    }
  });
});

// Each rule is taken out of its file; a test of that policy must notice.
describe("every rule is held by a test", () => {
  test.each(names)("%s", (name) => {
    const source = read(name);
    const tests = name.replace(".rego", "_test.rego");
    const rules = Object.entries(build.lock.rules).filter(([, facts]) => facts.file === `policies/${name}`);
    expect(rules.length).toBeGreaterThan(0);
    for (const [rule, { line }] of rules) {
      const lines = source.split("\n");
      const end = lines.indexOf("}", line);
      const without = [...lines.slice(0, line - 1), ...lines.slice(end + 1)].join("\n");
      expect([rule, opaTest(folderOf({ [name]: without, [tests]: read(tests) })).status]).not.toEqual([rule, 0]);
    }
    expect(opaTest(folderOf({ [name]: source, [tests]: read(tests) }))).toMatchObject({ status: 0 });
  });
});

describe("the compiled bundle says what opa itself says", () => {
  const flag = fc.constantFrom<Json>(true, false, null, "yes", 0);
  const grant = fc.record<Record<string, Json>>(
    {
      granted: flag,
      action: fc.constantFrom("read", "write", "get", ""),
      constraints: fc.constantFrom<Json>({}, { approval: "never" }, { approval: "once" }, { approval: "always" }, null),
      expiry: fc.constantFrom<Json>("none", "active", "expired", null),
      network: fc.option(fc.record({ inside: flag })),
      workspace: fc.option(fc.record({ inside: flag, mode: fc.constantFrom("none", "read", "write") })),
      passthrough: fc.option(
        fc.record({
          target: fc.constantFrom("openclaw", "other"),
          segments: fc.constantFrom<Json[]>(
            ["gateway", "bind"],
            ["channels", "x", "dmPolicy"],
            ["agents", "list", "0", "sandbox", "mode"],
            ["ui"],
            [],
          ),
          value: fc.constantFrom<Json>("loopback", "lan", "open", "all", true, false, null),
          isNamedUnsafe: fc.boolean(),
        }),
      ),
      reach: fc.record({ openChannel: fc.constantFrom<Json>(null, "web") }),
    },
    { requiredKeys: [] },
  );
  const admission = fc.record<Record<string, Json>>(
    {
      facts: fc.record<Record<string, Json>>(
        {
          unattended: fc.array(fc.constantFrom("/spec/capabilities/0", "/spec/capabilities/1")),
          ungranted: fc.array(
            fc.record({ what: fc.constantFrom("sub-agent", "memory", "step", "mcp-server", "x"), pointer: fc.constantFrom("/a", "/b") }),
          ),
          channel: fc.option(fc.record({ open: flag, reachesTools: flag, pointer: fc.constant("/spec/access/direct") })),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );

  test.each<[Entry, fc.Arbitrary<Record<string, Json>>]>([
    ["admission", admission],
    ["grant", grant],
  ])("%s", (entry, inputs) => {
    const policy = value(loadBuiltinPolicy());
    const samples: readonly JsonObject[] = fc.sample(inputs, 400);
    const folder = folderOf({ "inputs.json": JSON.stringify(samples), "aggregator.rego": build.aggregator });
    const query = `[result | some each in input; result := data.moltbot.${entry} with input as each]`;
    const sources = names.flatMap((name) => ["--data", path.join(FOLDER, name)]);
    const output = execFileSync(
      OPA,
      [
        "eval",
        "--strict-builtin-errors",
        "--format",
        "json",
        "--input",
        path.join(folder, "inputs.json"),
        "--data",
        path.join(folder, "aggregator.rego"),
        ...sources,
        "--import",
        "rego.v1",
        query,
      ],
      { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    const { result } = JSON.parse(output) as { result: [{ expressions: [{ value: Json[] }] }] };
    const expected = result[0].expressions[0].value.map((each) => readAnswer(JSON.stringify([{ result: each }]), entry, build.lock));
    expect(samples.map((input) => policy.evaluate(entry, input))).toEqual(expected);
    expect(expected.some((answer) => answer.deny.length > 0) && expected.every((answer) => answer.broken === null)).toBe(true);
  });
});

describe("the builder refuses", () => {
  const policy = (body: string, name = "mine"): string => `package moltbot.policies.${name}\n\nimport rego.v1\n\n${body}\n`;
  const good = 'grant_deny contains {"code": "no", "message": "No."} if input.x == 1';

  test.each<[string, string, RegExp]>([
    [
      "row 74: the network",
      'grant_deny contains {"code": "no", "message": "No."} if http.send({"url": input.x}).status_code == 200',
      /mine\.rego:5.*undefined function http\.send/s,
    ],
    ["row 74: the clock", 'grant_deny contains {"code": "no", "message": "No."} if time.now_ns() > 0', /undefined function time\.now_ns/],
    [
      "row 74: the environment",
      'grant_deny contains {"code": "no", "message": "No."} if opa.runtime().env.HOME',
      /undefined function opa\.runtime/,
    ],
    [
      "a function that fails on some arguments",
      'grant_deny contains {"code": "no", "message": "No."} if startswith(input.x, "a")',
      /undefined function startswith/,
    ],
    [
      "a code that is no literal",
      'grant_deny contains {"code": input.code, "message": "No."} if input.x == 1',
      /mine\.rego:5: the rule adds no object with a literal "code"/,
    ],
    [
      "a message that is no literal",
      'grant_deny contains {"code": "no", "message": input.m} if input.x == 1',
      /the message is not a literal/,
    ],
    ["an unknown field", 'grant_deny contains {"code": "no", "message": "No.", "level": "off"} if input.x == 1', /unknown field "level"/],
    ["a code used twice", `${good}\n\nadmission_deny contains {"code": "no", "message": "No."} if input.y == 1`, /used twice/],
    ["a misspelt set", `${good}\n\ngrants_deny contains {"code": "n2", "message": "No."} if input.x == 2`, /there is no set grants_deny/],
    ["no rule at all", "x := 1", /defines none of/],
    ["a line that is no Rego", "grant_deny contains", /opa parse failed/],
    [
      "an unused variable",
      'grant_deny contains {"code": "no", "message": "No."} if { y := input.x; input.x == 1 }',
      /assigned var y unused/,
    ],
  ])("%s", (_name, body, message) => {
    expect(() => buildPolicies(folderOf({ "mine.rego": policy(body) }))).toThrow(message);
  });

  test("a package that is not named as its file", () => {
    expect(() => buildPolicies(folderOf({ "mine.rego": policy(good, "yours") }))).toThrow(/must be data\.moltbot\.policies\.mine/);
    expect(() => buildPolicies(folderOf({ "Mine.rego": policy(good) }))).toThrow(/lower-case words/);
  });

  test("and takes what is well formed, with the lines its rules stand on", () => {
    const { lock } = buildPolicies(folderOf({ "mine.rego": policy(good), "mine_test.rego": "not even Rego" }));
    expect(lock).toMatchObject({
      policies: ["mine"],
      reads: ["x"],
      rules: { "mine.no": { file: "policies/mine.rego", line: 5, entry: "grant", effect: "deny" } },
    });
  });

  test.each<[string, string, readonly string[]]>([
    ["a path", "input.a.b == 1", ["a.b"]],
    ["a path up to a variable", "some i; input.a[i].b == 1", ["a"]],
    ["what another covers", "input.a.b == 1; input.a == 2", ["a"]],
    ["a path inside a path", "input.a[input.b.c] == 1", ["a", "b.c"]],
    ["everything", "x := input; x.y == 1", [""]],
    ["names that only begin alike", "input.a == 1; input.ab == 1", ["a", "ab"]],
  ])("knows which parts of the input are read: %s", (_name, body, reads) => {
    const rule = `grant_deny contains {"code": "no", "message": "No."} if { ${body} }`;
    expect(buildPolicies(folderOf({ "mine.rego": policy(rule) })).lock.reads).toEqual(reads);
  });
});
