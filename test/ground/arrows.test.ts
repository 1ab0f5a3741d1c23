import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";

/**
 * The house has arrows that point one way (docs/architecture.md). Each case plants one file in an empty
 * copy of the house and lets the repository's own lint settings judge it, so that a rule which stops
 * working is seen here.
 */
interface Plant {
  readonly file: string;
  readonly code: string;
  /** The rule that must speak; absent where the line is allowed. */
  readonly rule?: string;
}

const ARROW = "no-restricted-imports";
const from = (room: string): string => `import { thing } from "${room}";\nexport const used = thing;\n`;
const typesFrom = (room: string): string => `import type { Thing } from "${room}";\nexport type Used = Thing;\n`;

const FORBIDDEN: readonly Plant[] = [
  { file: "core/up-to-trust.ts", code: from("../trust/policy/index.ts"), rule: ARROW },
  { file: "core/up-to-schemas.ts", code: from("../schemas/index.ts"), rule: ARROW },
  { file: "core/record/up-to-runtime.ts", code: from("../../runtime/store/index.ts"), rule: ARROW },
  { file: "schemas/up-to-reconciler.ts", code: from("../reconciler/engine.ts"), rule: ARROW },
  { file: "trust/policy/up-to-reconciler.ts", code: from("../../reconciler/plan/index.ts"), rule: ARROW },
  { file: "trust/policy/up-to-runtime.ts", code: from("../../runtime/store/index.ts"), rule: ARROW },
  { file: "trust/policy/deep-into-core.ts", code: from("../../core/canonical.ts"), rule: ARROW },
  { file: "runtime/agents/back-to-reconciler.ts", code: from("../../reconciler/plan/types.ts"), rule: ARROW },
  { file: "runtime/agents/back-to-cmd.ts", code: from("../../cmd/views/index.ts"), rule: ARROW },
  { file: "runtime/agents/deep-into-trust.ts", code: from("../../trust/secrets/open.ts"), rule: ARROW },
  { file: "reconciler/diff/sideways-to-apply.ts", code: from("../apply/index.ts"), rule: ARROW },
  { file: "reconciler/diff/past-the-target.ts", code: from("../../runtime/store/index.ts"), rule: ARROW },
  { file: "reconciler/plan/up-to-cmd.ts", code: from("../../cmd/views/index.ts"), rule: ARROW },
  { file: "reconciler/targets/embedded/deep-into-store.ts", code: from("../../../runtime/store/rows.ts"), rule: ARROW },
  { file: "reconciler/targets/embedded/into-agents.ts", code: from("../../../runtime/agents/index.ts"), rule: ARROW },
  { file: "reconciler/deep-into-stage.ts", code: from("./diff/fields.ts"), rule: ARROW },
  { file: "reconciler/controller/up-to-cmd.ts", code: from("../../cmd/views/index.ts"), rule: ARROW },
  { file: "cmd/past-the-engine.ts", code: from("../reconciler/diff/index.ts"), rule: ARROW },
  { file: "cmd/deep-into-runtime.ts", code: from("../runtime/store/rows.ts"), rule: ARROW },
  { file: "core/any.ts", code: "export const loose = (value: any): unknown => value;\n", rule: "no-explicit-any" },
  { file: "core/evil.ts", code: "export const run = (text: string): unknown => eval(text);\n", rule: "no-eval" },
  { file: "core/floating.ts", code: "export function start(): void {\n  Promise.resolve(1);\n}\n", rule: "no-floating-promises" },
  {
    file: "core/tangled.ts",
    code: `export function tangled(n: number): number {\n${Array.from({ length: 16 }, (_, i) => `  if (n === ${i}) return ${i + 1};\n`).join("")}  return 0;\n}\n`,
    rule: "complexity",
  },
];

const ALLOWED: readonly Plant[] = [
  { file: "trust/policy/to-core.ts", code: from("../../core/index.ts") },
  { file: "runtime/agents/to-trust.ts", code: from("../../trust/secrets/index.ts") },
  { file: "runtime/agents/to-core.ts", code: from("../../core/index.ts") },
  { file: "reconciler/diff/types-of-a-stage.ts", code: typesFrom("../plan/types.ts") },
  { file: "reconciler/diff/to-trust.ts", code: from("../../trust/capability/index.ts") },
  { file: "reconciler/targets/embedded/to-store.ts", code: from("../../../runtime/store/index.ts") },
  { file: "reconciler/to-stage.ts", code: from("./diff/index.ts") },
  { file: "cmd/to-engine.ts", code: from("../reconciler/engine.ts") },
  { file: "cmd/to-runtime.ts", code: from("../runtime/agents/index.ts") },
  { file: "cmd/types-of-a-stage.ts", code: typesFrom("../reconciler/plan/types.ts") },
];

interface Finding {
  readonly code: string;
  readonly filename: string;
}

let house = "";
let findings: readonly Finding[] = [];

beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-arrows-"));
  for (const { file, code } of [...FORBIDDEN, ...ALLOWED]) {
    fs.mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
    fs.writeFileSync(path.join(house, file), code);
  }
  for (const settings of [".oxlintrc.json", "tsconfig.json"]) fs.copyFileSync(path.join(ROOT, settings), path.join(house, settings));
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(house, "node_modules"));
  const oxlint = path.join(ROOT, "node_modules", "oxlint", "bin", "oxlint");
  const linted = spawnSync(process.execPath, [oxlint, "--format", "json"], { cwd: house, encoding: "utf8" });
  findings = (JSON.parse(linted.stdout) as { readonly diagnostics: readonly Finding[] }).diagnostics;
});

afterAll(() => fs.rmSync(house, { recursive: true, force: true }));

const rulesFor = (file: string): readonly string[] =>
  findings.filter((finding) => finding.filename === file).map((finding) => finding.code);

describe("the lint settings", () => {
  test.each(FORBIDDEN)("refuse $file ($rule)", ({ file, rule = "" }) => {
    expect(rulesFor(file).join(" ")).toContain(rule);
  });

  test.each(ALLOWED)("allow $file", ({ file }) => {
    expect(rulesFor(file).filter((code) => code.includes(ARROW))).toEqual([]);
  });
});
