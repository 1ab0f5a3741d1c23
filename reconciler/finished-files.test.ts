import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KINDS } from "../schemas/index.ts";
import { agentText, codesOf, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { gitCommit, gitInit } from "../test/git.fixture.ts";
import { digestBytes, mapResult, type Result } from "../core/index.ts";
import { apply, graph, newReadings, origins, plan, render, validate, type Cache, type Planned, type Query, type World } from "./engine.ts";

/** A cache that lasts; finished plans are left out where only finished files are looked at. */
function cacheOf(keeps: (name: string) => boolean = (name) => name.endsWith(".files")): Cache & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    tool: digestBytes("tool"),
    kept,
    read: (name) => kept.get(name),
    write: (name, bytes) => void (keeps(name) && kept.set(name, bytes)),
  };
}

/** Changes what the pack holds without changing its length. */
function poison(cache: ReturnType<typeof cacheOf>, from: string, to: string): void {
  for (const [name, bytes] of cache.kept)
    cache.kept.set(name, Buffer.from(Buffer.from(bytes).toString("latin1").replace(from, to), "latin1"));
}

/** A result as whoever reads it sees it, to the byte. */
function seen(result: Result<unknown>): string {
  return JSON.stringify(result.ok ? [result.value, result.warnings] : result.diagnostics);
}

const TREE = {
  "moltbot.yaml": PROJECT,
  "r/echo.yaml": ECHO,
  "r/a.yaml": agentText("a", "prompt: {file: prompts/a.md}"),
  "r/b.yaml": agentText("b"),
  "prompts/a.md": "Be kind.",
};

const KEY = manifest("Secret", "k", "values: {value: {env: {name: KEY}}}");
const CLOUD = `${manifest("ModelProvider", "cloud", "type: anthropic\ncredentials: {secret: k, key: value}")}---\n${KEY}`;

/** What one file of a world may come to hold; null removes it. */
const FILES: Readonly<Record<string, readonly (string | null)[]>> = {
  "moltbot.yaml": [
    PROJECT,
    `${PROJECT}# again\n`,
    manifest("Project", "acme", "environments: {prod: {overlays: [over.yaml]}, dev: {exclude: [Agent/b]}}"),
  ],
  "r/echo.yaml": [ECHO, null, "broken: [", ECHO.replace("echo", "echos")],
  "r/a.yaml": [TREE["r/a.yaml"], agentText("a", "modle: x"), agentText("a", "skills: [s]"), `${agentText("a")}---\n${agentText("c")}`],
  "r/b.yaml": [TREE["r/b.yaml"], null, agentText("a"), agentText("b", "prompt: {file: r/s.yaml}"), agentText("b", "subAgents: [a]")],
  "r/s.yaml": [null, manifest("Skill", "s", "prompt: One."), "# nothing\n", manifest("Project", "other", "target: {type: embedded}")],
  "r/cloud.yaml": [null, CLOUD, CLOUD.replace("key: value", "key: other"), CLOUD.replace("k, key", "l, key")],
  "over.yaml": [agentText("b", "prompt: Over."), agentText("a", "prompt: Over."), agentText("none", "prompt: Over.")],
  "prompts/a.md": ["Be kind.", "Be brief.", null],
};
const edit = fc
  .constantFrom(...Object.keys(FILES))
  .chain((path) => fc.record({ path: fc.constant(path), text: fc.constantFrom(...(FILES[path] ?? [])) }));

/** Of a plan, what is shown of it. */
function showable({ plan: made, blockers, confirmations, notices }: Planned): unknown {
  return { made, blockers, confirmations, notices };
}

async function answers(query: Query, world: World): Promise<readonly string[]> {
  return [
    seen(await validate(query, world)),
    seen(mapResult(await plan(query, world), showable)),
    seen(await render(query, world)),
    seen(await graph(query, null, world)),
    seen(await origins(query, [], world)),
  ];
}

describe("files that were finished before", () => {
  test.each([
    ["in git", true],
    ["outside git", false],
  ])("I1: change no byte of any answer, through edits, environments and mistakes, %s", { timeout: 120_000 }, async (_, inGit) => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 3, maxLength: 8 }), fc.boolean(), async (edits, isWhole) => {
        const repo = repository({ ...TREE, "over.yaml": agentText("b", "prompt: Over.") });
        if (inGit) gitInit(repo);
        const cache = cacheOf(isWhole ? () => true : undefined);
        const clock = { now: () => new Date("2026-06-01T00:00:00Z") };
        const lasting = worldOf({ readings: newReadings({ trustsIds: true }), clock });
        for (const each of [undefined, ...edits]) {
          if (each) write(repo, { [each.path]: each.text });
          for (const environment of [undefined, "prod", "dev"]) {
            const query = { repo, ...(environment === undefined ? {} : { environment }) };
            const anew = await answers(query, worldOf({ clock }));
            expect(await answers(query, worldOf({ cache, clock }))).toEqual(anew);
            expect(await answers(query, lasting)).toEqual(anew);
          }
        }
      }),
      { numRuns: 4 },
    );
  });

  test("are not parsed again: what is kept of them is what is shown", async () => {
    const repo = repository(TREE);
    gitInit(repo);
    const cache = cacheOf();
    const world = worldOf({ cache });
    const first = seen(await render({ repo }, world));
    poison(cache, "Be kind.", "Be rude.");
    expect(seen(await render({ repo }, world))).toBe(first.replace("Be kind.", "Be rude."));
    write(repo, { "r/b.yaml": agentText("b", "prompt: Be new.") });
    expect(seen(await render({ repo }, world))).toContain("Be new.");
  });

  test("say the same at a later commit, and nothing of a commit that is named", async () => {
    const repo = repository(TREE);
    gitInit(repo);
    const cache = cacheOf();
    const world = worldOf({ cache });
    value(await validate({ repo }, world));
    write(repo, { "r/b.yaml": agentText("b", "prompt: Be new.") });
    gitCommit(repo);
    const [with_, without] = [value(await plan({ repo }, world)).plan, value(await plan({ repo }, worldOf())).plan];
    expect(with_).toEqual(without);
    poison(cache, "Be new.", "Be old.");
    expect(value(await plan({ repo, ref: "HEAD" }, world)).plan.digest).toBe(without.digest);
  });

  test("poisoned, they are shown at most: apply of that plan is STALE, and apply without it does what the files say", async () => {
    const repo = repository(TREE);
    const cache = cacheOf();
    const world = worldOf({ cache });
    value(await plan({ repo }, world));
    const digest = /(?<=\t)sha256:[0-9a-f]{64}/g;
    for (const [name, bytes] of cache.kept) {
      // A careful hand also gives the resource the digest that its new text has.
      cache.kept.set(name, Buffer.from(Buffer.from(bytes).toString().replaceAll("Be kind.", "Be rude.").replace(digest, digestBytes("x"))));
    }
    const shown = value(await plan({ repo }, world)).plan;
    expect(JSON.stringify(shown.body.changes)).toContain("Be rude.");
    expect(codesOf(await apply({ repo }, shown, YES, world))).toEqual(["PLAN_STALE"]);
    const applied = value(await apply({ repo }, null, YES, world));
    expect(JSON.stringify(applied.plan.body.changes)).not.toContain("Be rude.");
  });

  test("apply, rollback and destroy never look: a cache that cannot be asked is no trouble to them", async () => {
    const repo = repository(TREE);
    const refuse = (): never => {
      throw new Error("nobody may look here");
    };
    const world = worldOf({ cache: { tool: digestBytes("tool"), read: refuse, write: refuse } });
    expect(value(await apply({ repo }, null, YES, world)).outcome).toBe("applied");
  });

  test.each<[string, Partial<World>, string]>([
    ["schemas", { kinds: { ...KINDS, digest: digestBytes("other schemas") } }, "tool"],
    ["version", { version: "0.0.1-test" }, "tool"],
    ["program", {}, "other tool"],
  ])("are not those of other %s", async (_, more, tool) => {
    const repo = repository(TREE);
    const cache = cacheOf();
    value(await validate({ repo }, worldOf({ cache })));
    poison(cache, "Be kind.", "Be rude.");
    const other = worldOf({ ...more, cache: { ...cache, tool: digestBytes(tool) } });
    expect(seen(await render({ repo }, other))).not.toContain("Be rude.");
  });

  test.each([[""], ["\n\n"], ["not a pack"], ["sha256:x\nf\n\n"]])("are not there when what is kept is %j", async (text) => {
    const repo = repository(TREE);
    const cache: Cache = { tool: digestBytes("tool"), read: () => Buffer.from(text), write: () => undefined };
    expect(seen(await validate({ repo }, worldOf({ cache })))).toBe(seen(await validate({ repo }, worldOf())));
  });

  test("with ciphertext are not kept, nor those of another folder", async () => {
    const repo = repository({ ...TREE, "r/k.yaml": KEY });
    const cache = cacheOf();
    value(await validate({ repo }, worldOf({ cache })));
    const [pack = new Uint8Array()] = cache.kept.values();
    expect(Buffer.from(pack).toString()).toContain("r/a.yaml");
    expect(Buffer.from(pack).toString()).not.toContain("r/k.yaml");
    value(await validate({ repo: repository(TREE) }, worldOf({ cache })));
    expect(cache.kept.size).toBe(2);
  });
});
