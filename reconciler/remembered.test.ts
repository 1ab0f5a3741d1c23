import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore } from "../runtime/store/index.ts";
import { KINDS } from "../schemas/index.ts";
import { agentText, codesOf, ECHO, PROJECT, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { gitCommit, gitInit } from "../test/git.fixture.ts";
import { digestBytes, type Digest } from "../core/index.ts";
import { apply, plan, type Cache, type Plan, type Query, type World } from "./engine.ts";

const TREE = {
  "moltbot.yaml": PROJECT,
  "r/echo.yaml": ECHO,
  "r/a.yaml": agentText("a", "prompt: {file: prompts/a.md}"),
  "prompts/a.md": "Be kind.",
};

/** A cache that marks whatever it gives back: what comes from it is known by its mark. */
function marking(tool: Digest = digestBytes("tool"), texts = new Map<string, string>()): Cache & { readonly texts: Map<string, string> } {
  return {
    tool,
    texts,
    read: (name) => {
      const text = name.endsWith(".plan") ? texts.get(name) : undefined;
      if (text === undefined) return undefined;
      const entry = JSON.parse(text) as { plan: Plan };
      return Buffer.from(JSON.stringify({ ...entry, plan: { ...entry.plan, digest: POISON, body: { ...entry.plan.body, changes: [] } } }));
    },
    write: (name, bytes) => void texts.set(name, Buffer.from(bytes).toString()),
  };
}

const POISON = digestBytes("poison");

function remembering(more: Partial<World> = {}): World & { readonly cache: ReturnType<typeof marking> } {
  return { ...worldOf(more), cache: marking() };
}

async function isTaken(query: Query, world: World): Promise<boolean> {
  return value(await plan(query, world)).plan.digest === POISON;
}

describe("a plan that was finished before", () => {
  test("is taken as it was while nothing moved, before and after an apply", async () => {
    const repo = repository(TREE);
    const world = remembering();
    expect(await isTaken({ repo }, world)).toBe(false);
    expect(await isTaken({ repo }, world)).toBe(true);
    value(await apply({ repo }, null, YES, world));
    expect(await isTaken({ repo }, world)).toBe(false);
    expect(await isTaken({ repo }, world)).toBe(true);
  });

  test("is the same value as one made from the beginning, with the repository as it is now", async () => {
    const repo = repository(TREE);
    gitInit(repo);
    const kept = new Map<string, Uint8Array>();
    const cache: Cache = { tool: POISON, read: (name) => kept.get(name), write: (name, bytes) => void kept.set(name, bytes) };
    const world = worldOf({ cache });
    value(await plan({ repo }, world));
    write(repo, { "notes.txt": "unrelated" });
    gitCommit(repo);
    const taken = value(await plan({ repo }, world));
    const { plan: made, warnings, blockers, confirmations, notices } = value(await plan({ repo }, worldOf()));
    expect(taken).toEqual({ plan: made, warnings, blockers, confirmations, notices });
  });

  test.each<[string, Record<string, string | null>]>([
    ["a manifest has another byte", { "r/echo.yaml": `${ECHO}# comment\n` }],
    ["an embedded file has another byte", { "prompts/a.md": "Be kind!" }],
    ["a manifest is new", { "r/b.yaml": agentText("b") }],
    ["a manifest moved", { "r/echo.yaml": null, "r/echo2.yaml": ECHO }],
    ["the Project has another byte", { "moltbot.yaml": `${PROJECT}# comment\n` }],
  ])("is made anew when %s", async (_, files) => {
    const repo = repository(TREE);
    const world = remembering();
    value(await plan({ repo }, world));
    write(repo, files);
    expect(await isTaken({ repo }, world)).toBe(false);
    expect(await isTaken({ repo }, world)).toBe(true);
  });

  test("tells of a bad manifest, however good the plan before was", async () => {
    const repo = repository(TREE);
    const world = remembering();
    value(await plan({ repo }, world));
    write(repo, { "r/b.yaml": "broken: [" });
    expect(codesOf(await plan({ repo }, world))).not.toEqual([]);
  });

  test.each<[string, Partial<World>]>([
    ["schemas", { kinds: { ...KINDS, digest: digestBytes("other schemas") } }],
    ["version", { version: "0.0.1-test" }],
    ["program", { cache: marking(digestBytes("other tool")) }],
  ])("is not that of other %s", async (_, more) => {
    const repo = repository(TREE);
    const first = remembering();
    value(await plan({ repo }, first));
    const texts = first.cache.texts;
    const cache = marking(more.cache?.tool ?? first.cache.tool, texts);
    expect(await isTaken({ repo }, worldOf({ ...more, cache }))).toBe(false);
  });

  test("is not that of other environments, states or repositories", async () => {
    const [repo, other] = [repository(TREE), repository(TREE)];
    const world = remembering();
    value(await plan({ repo }, world));
    expect(await isTaken({ repo: other }, world)).toBe(false);
    expect(await isTaken({ repo, state: join(repo, "state") }, world)).toBe(false);
  });

  test("never hides drift", async () => {
    const repo = repository(TREE);
    const world = remembering();
    value(await apply({ repo }, null, YES, world));
    value(await plan({ repo }, world));
    const store = value(
      openStore(join(repo, ".moltbot"), { mode: "write", create: false }, { clock: world.clock, randomHex: () => world.ids.next() }),
    );
    const patch = [{ pointer: "/spec/prompt", value: "Be rude." }];
    value(store?.addEdit({ owner: "acme/default", address: "Agent/a", patch, actor: "ops" }) ?? { ok: false, diagnostics: [] });
    store?.close();
    const planned = value(await plan({ repo }, world)).plan;
    expect([planned.digest === POISON, planned.body.drift.length]).toEqual([false, 1]);
  });

  test("is made anew once a declared instant has passed, or when the clock was put back", async () => {
    const expiring = `capabilities:\n  - tool: time\n    permissions: [{action: call}]\n    expiresAt: 2027-01-01T00:00:00Z`;
    const repo = repository({ ...TREE, "r/a.yaml": agentText("a", expiring) });
    const at = (instant: string): Partial<World> => ({ clock: { now: () => new Date(instant) } });
    const world = remembering(at("2026-06-01T00:00:00Z"));
    value(await plan({ repo }, world));
    expect(await isTaken({ repo }, { ...world, ...at("2026-12-31T00:00:00Z") })).toBe(true);
    expect(await isTaken({ repo }, { ...world, ...at("2026-05-01T00:00:00Z") })).toBe(false);
    expect(await isTaken({ repo }, { ...world, ...at("2027-01-02T00:00:00Z") })).toBe(false);
  });

  test("poisoned, it is shown at most: apply of it is STALE, and apply without it does what the files say", async () => {
    const repo = repository(TREE);
    const world = remembering();
    value(await plan({ repo }, world));
    const shown = value(await plan({ repo }, world)).plan;
    expect([shown.digest, shown.body.changes]).toEqual([POISON, []]);
    expect(codesOf(await apply({ repo }, shown, YES, world))).toEqual(["PLAN_STALE"]);
    const applied = value(await apply({ repo }, null, YES, world));
    expect([applied.outcome, applied.plan.body.changes.length]).toEqual(["applied", 3]);
  });

  test.each([["not JSON"], ["{}"], ['{"key":1}'], ["null"]])("is not there when what is kept is %s", async (text) => {
    const repo = repository(TREE);
    const cache: Cache = { tool: POISON, read: () => Buffer.from(text), write: () => undefined };
    expect(value(await plan({ repo }, worldOf({ cache }))).plan.body.changes.length).toBe(3);
  });

  test("is not looked for when only a part, or a commit, is planned", async () => {
    const repo = repository(TREE);
    gitInit(repo);
    const world = remembering();
    value(await plan({ repo }, world));
    expect(await isTaken({ repo, ref: "HEAD" }, world)).toBe(false);
    expect(await isTaken({ repo, targets: ["Agent/a"] }, world)).toBe(false);
  });
});
