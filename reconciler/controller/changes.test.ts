import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { repository } from "../../test/engine.fixture.ts";
import { changesIn, type Changes } from "./changes.ts";

const LONG_MS = 60_000;
const SHORT_MS = 400;
const EARLY_MS = 20;

/** A watched folder; its own setting up was one change and is over. */
async function watched(folder: string, except: readonly string[] = []): Promise<Changes> {
  const changes = changesIn(folder, except);
  onTestFinished(() => changes.close());
  await changes.wait(LONG_MS, new AbortController().signal);
  return changes;
}

/** Whether a change ended the wait, before its time did. */
async function isWokenBy(changes: Changes, change: () => void): Promise<boolean> {
  const begun = performance.now();
  const waiting = changes.wait(SHORT_MS, new AbortController().signal);
  change();
  await waiting;
  // A timer may end a moment early by another clock.
  return performance.now() - begun < SHORT_MS - EARLY_MS;
}

const save = (file: string) => (): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, String(Math.random()));
};

describe("changesIn", () => {
  test("a save wakes; names that are never manifests, and what is ours, do not", async () => {
    const folder = repository({ "r/a.yaml": "" });
    const changes = await watched(folder, [join(folder, "state")]);
    expect(await isWokenBy(changes, save(join(folder, "r/a.yaml")))).toBe(true);
    expect(await isWokenBy(changes, save(join(folder, "new/b.yaml")))).toBe(true);
    // A new folder is told about more than once; what is still on its way is not about the next save.
    for (let i = 0; i < 10 && (await isWokenBy(changes, () => undefined)); i++);
    for (const name of [".moltbot/store.db", "r/.a.yaml.swp", "node_modules/x.yaml", "state/watch.json"])
      expect([name, await isWokenBy(changes, save(join(folder, name)))]).toEqual([name, false]);
  });

  test("a folder behind a link is watched", async () => {
    const folder = repository({ "r/a.yaml": "" });
    const link = join(repository({}), "link");
    symlinkSync(folder, link);
    expect(await isWokenBy(await watched(link), save(join(folder, "r/a.yaml")))).toBe(true);
  });

  test("a change before the wait ends it at once", async () => {
    const folder = repository({ "r/a.yaml": "" });
    const changes = await watched(folder);
    save(join(folder, "r/a.yaml"))();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await isWokenBy(changes, () => undefined)).toBe(true);
  });

  test("time alone, and the signal", async () => {
    const changes = changesIn(null);
    expect(await isWokenBy(changes, () => undefined)).toBe(false);
    const end = new AbortController();
    const waiting = changes.wait(LONG_MS, end.signal);
    end.abort();
    await waiting;
    await changes.wait(LONG_MS, end.signal);
    await changes.close();
  });
});
