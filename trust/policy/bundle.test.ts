import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject, Result } from "../../core/index.ts";
import { buildFolder } from "../../scripts/policy-build.ts";
import { lockText, type PolicyBuild } from "../policy-build/index.ts";
import { testOpa } from "../policy-build/rego.fixture.ts";
import { aggregatorOf } from "./aggregator.ts";
import { readAnswer } from "./answer.ts";
import { loadBuiltinPolicy, type Entry } from "./index.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const FOLDER = path.join(ROOT, "policies");
const OPA = testOpa().file;

let build: PolicyBuild;
let work: string;
beforeAll(() => {
  build = value(buildFolder(FOLDER));
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
    expect(Buffer.compare(value(buildFolder(copy)).wasm, build.wasm)).toBe(0);
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
    const folder = folderOf({
      "inputs.json": JSON.stringify(samples),
      "aggregator.rego": aggregatorOf(build.parsed.map((each) => each.aggregated)),
    });
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
