import { renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agentText, codesOf, ECHO, PROJECT, repository, value, worldOf, write } from "../../test/engine.fixture.ts";
import { gitCommit, gitInit } from "../../test/git.fixture.ts";
import { status } from "../engine.ts";
import type { LoopEvent } from "./loop.ts";
import { watch, type WatchOptions } from "./watch.ts";

const TREE = { "moltbot.yaml": PROJECT, "r/e.yaml": ECHO, "r/a.yaml": agentText("a") };
const BACKOFF = { baseMs: 20, maxMs: 40 };

function optionsFor(repo: string, more: Partial<WatchOptions> = {}): WatchOptions {
  return { state: join(repo, ".moltbot"), once: true, backoff: BACKOFF, lockTimeoutMs: 1_000, ...more };
}

async function round(
  repo: string,
  options: WatchOptions,
): Promise<{ readonly events: LoopEvent[]; readonly state: Awaited<ReturnType<typeof watch>> }> {
  const events: LoopEvent[] = [];
  return { state: await watch({ repo }, options, worldOf(), (event) => events.push(event)), events };
}

const kinds = ({ events }: { readonly events: readonly LoopEvent[] }): string[] => events.map((each) => each.kind);

describe("watch, one round", () => {
  test("the work tree: applied, unchanged, broken, and each broken state once by its own name", async () => {
    const repo = repository(TREE);
    const first = await round(repo, optionsFor(repo));
    expect(kinds(first)).toEqual(["applied"]);
    expect(value(first.state)).toMatchObject({ source: null, applied: { label: "work tree", generation: 1 } });
    expect(kinds(await round(repo, optionsFor(repo)))).toEqual(["unchanged"]);
    write(repo, { "r/a.yaml": agentText("a", "promt: x") });
    const broken = value((await round(repo, optionsFor(repo))).state);
    const again = value((await round(repo, optionsFor(repo))).state);
    expect(broken.attempted).toMatchObject({ label: "work tree", outcome: "failed" });
    expect(again.attempted?.id).toBe(broken.attempted?.id);
    expect(again).toMatchObject({ failures: 2, applied: { generation: 1 } });
    write(repo, { "r/a.yaml": agentText("a", "prompt: x\nx: y") });
    expect(value((await round(repo, optionsFor(repo))).state).attempted?.id).not.toBe(broken.attempted?.id);
  });

  test("a branch: what is committed, whatever the work tree holds; gone and back", async () => {
    const [repo, home] = [repository(TREE), repository({})];
    const first = gitInit(repo);
    write(repo, { "r/a.yaml": "broken: [" });
    const options = optionsFor(home, { source: { url: repo, branch: "main", folder: "", rebind: false } });
    expect(value((await round(home, options)).state)).toMatchObject({
      applied: { id: first, generation: 1 },
      source: { url: repo, branch: "main" },
    });
    renameSync(repo, `${repo}.gone`);
    const gone = await round(home, options);
    renameSync(`${repo}.gone`, repo);
    expect(kinds(gone)).toEqual(["failed"]);
    expect(value(gone.state)).toMatchObject({ failing: { codes: ["GIT_FAILED"] }, attempted: { id: first, outcome: "applied" } });
    write(repo, { "r/a.yaml": agentText("a", "prompt: Be brief.") });
    const second = gitCommit(repo);
    expect(value((await round(home, options)).state)).toMatchObject({ applied: { id: second, generation: 2 }, failing: null });
    expect(value(await status({ repo, state: join(home, ".moltbot") }, worldOf()))).toMatchObject({
      watch: { applied: { id: second } },
      active: { commit: second, dirty: false },
    });
  });

  test("an address that git must not see, a mirror of something else", async () => {
    const [repo, home] = [repository(TREE), repository({})];
    gitInit(repo);
    const at = (url: string, branch: string, rebind = false): WatchOptions =>
      optionsFor(home, { source: { url, branch, folder: "", rebind } });
    expect(codesOf((await round(home, at("ext::sh -c id", "main"))).state)).toEqual(["REF_UNSAFE"]);
    expect((await round(home, at(repo, "main"))).state.ok).toBe(true);
    expect(codesOf((await round(home, at(repo, "other"))).state)).toEqual(["MIRROR_BOUND"]);
    expect(value((await round(home, at(repo, "other", true))).state)).toMatchObject({ failing: { codes: ["GIT_FAILED"] } });
  });
});

test("watch goes on until it is told to stop, and looks again at each save", async () => {
  const repo = repository(TREE);
  const end = new AbortController();
  const generations: number[] = [];
  const ended = watch(
    { repo },
    optionsFor(repo, { once: false, backoff: { baseMs: 60_000, maxMs: 60_000 } }),
    worldOf({ signal: end.signal }),
    (event) => {
      if (event.kind !== "applied") return;
      generations.push(event.applied.generation?.number ?? 0);
      if (generations.length === 1) setTimeout(() => write(repo, { "r/a.yaml": agentText("a", "prompt: Be brief.") }), 300);
      else end.abort();
    },
  );
  expect(value(await ended)).toMatchObject({ failures: 0, applied: { generation: 2 } });
  expect(generations).toEqual([1, 2]);
});
