/** What policies add to a plan: none at all, those of moltbot, and beside them some of one's own. Each in a process of its own, in turn. */
import fs from "node:fs";
import path from "node:path";
import { buildPolicies, findOpa, lockText, readInputSchemas } from "../trust/policy-build/index.ts";
import { must } from "./in-process.ts";
import { median, NODE, run } from "./run.ts";
import { writeWorld } from "./world.ts";

const ABOUT = "Each agent has an owner.";
/** Policies of one's own, by what they make of the questions. */
const OWN = {
  "built-in alone": null,
  // Labels and tools repeat: few questions differ.
  "own, equal questions": `grant_deny contains {"code": "team", "message": "${ABOUT}"} if {
	input.tool == "exec.run"
	not input.agent.labels.team
}`,
  // Every agent is another question.
  "own, each agent another": `grant_deny contains {"code": "name", "message": "${ABOUT}"} if input.agent.name == "nobody"

admission_deny contains {"code": "resource", "message": "${ABOUT}"} if input.resource.name == "nobody"`,
} as const;

export interface PolicyCost {
  readonly name: string;
  readonly cpuS: number;
  /** To the plan without policies of the same round; the median. */
  readonly ratio: number;
}

export function policyCosts(folder: string, count: number, rounds: number): readonly PolicyCost[] {
  const plain = writeWorld(path.join(folder, "plain"), count, "random").folder;
  const sides: { readonly name: string; readonly args: readonly string[]; readonly cpu: number[] }[] = [
    { name: "no policies", args: [plain, "--silent"], cpu: [] },
  ];
  for (const [name, rules] of Object.entries(OWN)) {
    const repo = rules === null ? plain : writeWorld(path.join(folder, name.replaceAll(/\W+/g, "-")), count, "random").folder;
    if (rules !== null) writeOwn(repo, rules);
    sides.push({ name, args: [repo], cpu: [] });
  }
  for (let round = 0; round < rounds; round++) for (const { args, cpu } of sides) cpu.push(planOnce(args));
  const [without] = sides;
  return sides.map(({ name, cpu }) => ({
    name,
    cpuS: median(cpu),
    ratio: median(cpu.map((each, i) => each / (without?.cpu[i] ?? 1))),
  }));
}

/** CPU seconds of one plan, without start-up. */
export function planOnce(args: readonly string[]): number {
  const ran = run([NODE, path.join(import.meta.dirname, "plan-once.ts"), ...args]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return Number(ran.stdout);
}

function writeOwn(repo: string, rules: string): void {
  const rego = `package moltbot.policies.own\n\nimport rego.v1\n\n${rules}\n`;
  const source = { name: "own", rego, data: {}, file: "policies/own.rego", firstLine: 1 };
  const schemas = must(readInputSchemas(path.join(import.meta.dirname, "../schemas/policy-input")));
  const { wasm, lock } = must(buildPolicies({ sources: [source], schemas, opa: must(findOpa()), reserved: [] }));
  fs.mkdirSync(path.join(repo, "policies"));
  fs.writeFileSync(path.join(repo, "policies/own.rego"), rego);
  fs.writeFileSync(path.join(repo, "policies/bundle.wasm"), wasm);
  fs.writeFileSync(path.join(repo, "policies/policies.lock.json"), lockText(lock));
  fs.writeFileSync(
    path.join(repo, "r/own.yaml"),
    "apiVersion: moltbot.dev/v1alpha1\nkind: Policy\nmetadata:\n  name: own\nspec:\n  rego:\n    file: policies/own.rego\n",
  );
}
