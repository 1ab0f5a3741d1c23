import * as fc from "fast-check";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apply, exportTree, plan, rollback, validate, verifyAudit } from "../../reconciler/engine.ts";
import { agentText, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES, type Tree } from "../engine.fixture.ts";

const world = worldOf();
const ANY = { ...YES, allowDeletes: 1_000 };

/** Small worlds: some agents with skills, sub-agents, grants and secrets among a few names, spread over files. */
const names = ["a", "b", "c", "d"] as const;
const skills = fc.uniqueArray(fc.constantFrom("s1", "s2"));
const agent = fc.record({
  prompt: fc.constantFrom("Be kind.", "Be short.", "Ask first."),
  skills,
  subAgents: fc.uniqueArray(fc.constantFrom(...names)),
  ports: fc.uniqueArray(fc.integer({ min: 8000, max: 8003 })),
});
const declared = fc.record({
  agents: fc.dictionary(fc.constantFrom(...names), agent, { minKeys: 1 }),
  isOneFile: fc.boolean(),
  isReversed: fc.boolean(),
});

type Declared = typeof declared extends fc.Arbitrary<infer T> ? T : never;

function treeOf({ agents, isOneFile, isReversed }: Declared): Tree {
  const present = Object.keys(agents);
  const texts = Object.entries(agents).map(([name, each]) =>
    agentText(
      name,
      [
        `prompt: ${each.prompt}`,
        `skills: [${each.skills.join(", ")}]`,
        `subAgents: [${each.subAgents.filter((other) => other !== name && present.includes(other)).join(", ")}]`,
        `capabilities: [${each.ports.map((port) => `{name: p${port}, tool: http.fetch, permissions: [{action: get, resource: 'http://localhost:${port}/**'}]}`).join(", ")}]`,
      ].join("\n"),
    ),
  );
  const rest = [
    ECHO,
    manifest("Skill", "s1", "prompt: One."),
    manifest("Skill", "s2", "prompt: Two."),
    manifest("Secret", "k", "values: {value: {env: {name: KEY}}}"),
  ];
  const all = isReversed ? [...texts, ...rest].toReversed() : [...texts, ...rest];
  if (isOneFile) return { "moltbot.yaml": PROJECT, "r/all.yaml": all.join("---\n") };
  return { "moltbot.yaml": PROJECT, ...Object.fromEntries(all.map((text, i) => [`r/f${i}.yaml`, text])) };
}

function replaceTree(repo: string, tree: Tree): void {
  rmSync(join(repo, "r"), { recursive: true, force: true });
  write(repo, tree);
}

describe("over generated worlds", () => {
  test(
    "after apply, plan is empty, from any world to any other; so too after rollback and export; the ledger verifies",
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(declared, declared, async (first, second) => {
          const repo = repository(treeOf(first));
          for (const tree of [treeOf(first), treeOf(second)]) {
            replaceTree(repo, tree);
            value(await apply({ repo }, null, ANY, world));
            const { body } = value(await plan({ repo }, world)).plan;
            expect([body.changes, body.drift]).toEqual([[], []]);
          }
          const files = value(await exportTree({ repo }, world)).files;
          const exported = repository(Object.fromEntries(files.map((file) => [file.path, file.text])));
          expect(value(await plan({ repo: exported, state: join(repo, ".moltbot") }, world)).plan.body.changes).toEqual([]);
          value(await rollback({ repo }, 1, "property", ANY, world));
          replaceTree(repo, treeOf(first));
          expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
          value(await verifyAudit({ repo }, null, world));
        }),
        { numRuns: 15 },
      );
    },
  );

  test("I1: order, files and machine change no byte of the plan's body", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(declared, async (each) => {
        const bodies = [];
        for (const isOneFile of [true, false]) {
          for (const isReversed of [true, false]) {
            const repo = repository(treeOf({ ...each, isOneFile, isReversed }));
            const other = worldOf({
              actor: `someone-${bodies.length}@elsewhere`,
              clock: { now: () => new Date(Date.now() + bodies.length * 3_600_000) },
            });
            bodies.push(value(await plan({ repo }, other)).plan);
          }
        }
        expect(new Set(bodies.map((made) => made.digest)).size).toBe(1);
        expect(new Set(bodies.map((made) => JSON.stringify(made.body))).size).toBe(1);
      }),
      { numRuns: 10 },
    );
  });

  test("validate agrees with plan on what there is", async () => {
    await fc.assert(
      fc.asyncProperty(declared, async (each) => {
        const repo = repository(treeOf(each));
        const { resources } = value(await validate({ repo }, world));
        expect(value(await plan({ repo }, world)).plan.body.summary.create).toBe(resources.length);
      }),
      { numRuns: 10 },
    );
  });
});
