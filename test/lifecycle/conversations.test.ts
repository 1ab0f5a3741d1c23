import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderWith, moltbot, type Ran } from "../../cmd/cli.fixture.ts";

/** Conversations belong to the agent they were had with, not to its name: through the built CLI. */

const project = (more = ""): string =>
  `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: acme\nspec:\n  sources: [all]\n${more}`;
const agent = (name: string): string =>
  `apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: ${name}\nspec:\n  model:\n    provider: echo\n    name: echo-1\n`;
const ECHO = "apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: echo\nspec:\n  type: echo\n  local: true\n";

const folders: (() => void)[] = [];
afterAll(() => folders.forEach((dispose) => dispose()));

interface Place {
  readonly write: (files: Readonly<Record<string, string | null>>) => void;
  readonly apply: () => void;
  readonly run: (...args: readonly string[]) => Ran;
  /** The titles of an agent's conversations. */
  readonly titles: (agent: string) => readonly string[];
}

function talked(): Place {
  const folder = folderWith({ "moltbot.yaml": project(), "all/echo.yaml": ECHO, "all/a.yaml": agent("a"), "all/z.yaml": agent("z") });
  folders.push(folder.dispose);
  const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: folder.path, input: "" });
  const place: Place = {
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        if (text === null) fs.rmSync(path.join(folder.path, name));
        else fs.writeFileSync(path.join(folder.path, name), text);
      }
    },
    apply: () => expect(run("apply", "--auto-approve")).toMatchObject({ code: 0 }),
    run,
    titles: (name) =>
      (JSON.parse(run("chat", name, "--sessions", "-o", "json").out) as { sessions: { title: string }[] }).sessions.map(
        ({ title }) => title,
      ),
  };
  place.apply();
  expect(run("chat", "a", "a secret of a").code).toBe(0);
  return place;
}

const moved = (from: string, to: string): string => project(`  moved:\n    - {from: Agent/${from}, to: Agent/${to}}\n`);

describe("conversations", () => {
  test("go along with a move, and stay behind for whoever takes the old name", () => {
    const { write, apply, run, titles } = talked();
    write({ "moltbot.yaml": moved("a", "b"), "all/a.yaml": agent("b") });
    apply();
    expect(titles("b")).toEqual(["a secret of a"]);
    expect(run("chat", "b", "more").code).toBe(0);
    write({ "moltbot.yaml": project(), "all/new.yaml": agent("a") });
    apply();
    expect([titles("a"), titles("b")]).toEqual([[], ["a secret of a"]]);
    expect(run("chat", "a", "another a").code).toBe(0);
    expect([titles("a"), titles("b")]).toEqual([["another a"], ["a secret of a"]]);
    // And on, and back: a name that was had before is not the same life.
    write({ "moltbot.yaml": moved("b", "c"), "all/a.yaml": agent("c") });
    apply();
    expect([titles("a"), titles("c")]).toEqual([["another a"], ["a secret of a"]]);
  });

  test("are not inherited by a new agent with the name of a deleted one", () => {
    const { write, apply, run, titles } = talked();
    write({ "all/a.yaml": null });
    apply();
    write({ "all/a.yaml": agent("a") });
    apply();
    expect(titles("a")).toEqual([]);
    expect(run("chat", "a", "new life").code).toBe(0);
    expect(run("rollback", "1", "--because", "it was right", "--auto-approve").code).toBe(0);
    expect(run("chat", "a", "still here").code).toBe(0);
    expect(titles("a")).toEqual(["new life"]);
  });

  test("come back with an agent that a rollback brings back", () => {
    const { write, apply, run, titles } = talked();
    write({ "all/a.yaml": null });
    apply();
    expect(run("rollback", "1", "--because", "it was right", "--auto-approve").code).toBe(0);
    expect(titles("a")).toEqual(["a secret of a"]);
  });

  test("stay with an agent that is changed", () => {
    const { write, apply, titles } = talked();
    write({ "all/a.yaml": `${agent("a")}  prompt: Be kind.\n` });
    apply();
    expect(titles("a")).toEqual(["a secret of a"]);
  });

  test("stay with an agent that a rollback changes back, whose name once was another's", () => {
    const { write, apply, run, titles } = talked();
    write({ "all/a.yaml": null });
    apply();
    write({ "all/a.yaml": `${agent("a")}  prompt: Be kind.\n` });
    apply();
    expect(run("chat", "a", "new life").code).toBe(0);
    expect(run("rollback", "1", "--because", "it was right", "--auto-approve").code).toBe(0);
    expect(titles("a")).toEqual(["new life"]);
  });
});
