/**
 * Runs what CI runs: formatting, lint, types, whether generated files and docs are fresh, and the
 * tests. Every step runs even when one before it failed, so that one run shows all there is to mend.
 * `--no-tests` leaves the tests out. Nothing is changed; `npm run format` and `npm run generate` do that.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { cleanEnvironment, exitStatus, ROOT } from "./checkout.ts";

interface Step {
  readonly name: string;
  /** A script below the checkout and its arguments, run by the checkout's Node. */
  readonly command: readonly string[];
  /** What mends it, when it is not the code. */
  readonly remedy?: string;
}

const STATIC_STEPS: readonly Step[] = [
  { name: "format", command: ["node_modules/oxfmt/bin/oxfmt", "--check", "."], remedy: "npm run format" },
  { name: "lint", command: ["node_modules/oxlint/bin/oxlint"] },
  { name: "types", command: ["node_modules/typescript/bin/tsc", "-p", "."] },
  ...["generate.ts", "generate-commands.ts", "generate-docs.ts", "policy-build.ts"].map((script) => ({
    name: `fresh: ${script}`,
    command: [`scripts/${script}`, "--check"],
    remedy: "npm run generate",
  })),
];

const TESTS: Step = { name: "tests", command: ["scripts/test.ts"] };

function run(step: Step): boolean {
  console.log(`\n== ${step.name}`);
  const [script = "", ...rest] = step.command;
  const env = cleanEnvironment();
  return exitStatus(spawnSync(process.execPath, [path.join(ROOT, script), ...rest], { cwd: ROOT, stdio: "inherit", env })) === 0;
}

function main(argv: readonly string[]): number {
  const steps = argv.includes("--no-tests") ? STATIC_STEPS : [...STATIC_STEPS, TESTS];
  const failed = steps.filter((step) => !run(step));
  for (const step of failed) console.log(`FAILED: ${step.name}${step.remedy === undefined ? "" : `; mend it with: ${step.remedy}`}`);
  if (failed.length === 0) console.log(`\nAll checks passed: ${steps.map((step) => step.name).join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
