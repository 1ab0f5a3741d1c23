import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../../scripts/checkout.ts";
import { textOf } from "./tree.ts";

interface Job {
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FILES = fs.readdirSync(path.join(ROOT, ".github", "workflows")).map((name) => `.github/workflows/${name}`);

describe.each(FILES)("%s", (file) => {
  const text = textOf(file);
  const workflow = parse(text) as Workflow;

  test("may read the repository and nothing else", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeUndefined();
  });

  test("pins each action by its full digest, with the version beside it", () => {
    const uses = text.split("\n").filter((line) => /\buses:/.test(line));
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

test("CI runs the checks on both lines of Node and validates the examples", () => {
  const { jobs } = parse(textOf(".github/workflows/ci.yml")) as Workflow;
  const check = jobs["check"];
  expect(check?.strategy?.matrix.node).toEqual([24, 26]);
  const commands = check?.steps.map((step) => step.run ?? "") ?? [];
  expect(commands).toContain("npm run check");
  for (const example of fs.readdirSync(path.join(ROOT, "examples"), { withFileTypes: true })) {
    if (!example.isDirectory() || example.name === "plugins") continue;
    expect(commands).toContain(`bin/moltbot validate -C examples/${example.name}`);
  }
  for (const plugin of fs.readdirSync(path.join(ROOT, "examples", "plugins"))) {
    expect(commands).toContain(`bin/moltbot plugin test examples/plugins/${plugin}`);
  }
});
