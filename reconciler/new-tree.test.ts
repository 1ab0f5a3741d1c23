import { describe, expect, test } from "vitest";
import { repository, value, worldOf, YES } from "../test/engine.fixture.ts";
import { apply, plan } from "./engine.ts";
import { missingIgnores, nameFrom, NEW_TREE_DEFAULTS, newTree, type NewTree } from "./new-tree.ts";

const tree = (more: Partial<NewTree>): NewTree => {
  const provider = more.provider ?? "echo";
  return {
    project: "acme",
    agent: "support",
    provider,
    model: NEW_TREE_DEFAULTS.models[provider],
    endpoint: NEW_TREE_DEFAULTS.endpoint,
    isMixed: false,
    ...more,
  };
};

describe("a new tree", () => {
  test.each<[string, Partial<NewTree>, boolean]>([
    ["echo", {}, false],
    ["ollama", { provider: "ollama" }, false],
    ["a server on this machine", { provider: "openai-compatible" }, false],
    ["the same by IPv6", { provider: "openai-compatible", endpoint: "http://[::1]:8080/v1" }, false],
    ["a service", { provider: "openai-compatible", endpoint: "https://models.acme.example/v1" }, true],
    ["anthropic", { provider: "anthropic" }, true],
    ["beside folders of others", { provider: "anthropic", isMixed: true }, true],
  ])("%s plans and applies at once, and plans empty then", async (_, more, needsKey) => {
    const files = await newTree(tree(more));
    expect(files.some((file) => file.path.startsWith("secrets/"))).toBe(needsKey);
    const repo = repository(Object.fromEntries(files.map((file) => [file.path, file.text])));
    const planned = value(await plan({ repo }, worldOf()));
    expect(planned.blockers).toEqual([]);
    expect(planned.plan.body.summary).toMatchObject({ denied: 0, warned: 0, update: 0, delete: 0 });
    value(await apply({ repo }, null, YES, worldOf()));
    expect(value(await plan({ repo }, worldOf())).plan.body.changes).toEqual([]);
  });

  test("names its sources only where something else could be read", async () => {
    const text = async (more: Partial<NewTree>): Promise<string> => (await newTree(tree(more)))[0]?.text ?? "";
    expect(await text({})).not.toContain("sources");
    expect(await text({ isMixed: true, provider: "anthropic" })).toContain("sources:\n    - agents\n    - providers\n    - secrets\n");
  });
});

describe("names", () => {
  test.each<[string, string | undefined]>([
    ["bots", "bots"],
    ["My Bots!", "my-bots"],
    ["--a--", "a"],
    ["a".repeat(62) + "--b", "a".repeat(62)],
    ["東京", undefined],
    ["", undefined],
  ])("%s: %s", (text, name) => expect(nameFrom(text)).toBe(name));
});

describe("what a .gitignore lacks", () => {
  test.each<[string, string]>([
    ["", ".moltbot/\n"],
    ["dist", "\n.moltbot/\n"],
    ["dist\n", ".moltbot/\n"],
    [".moltbot/\n", ""],
    ["x\r\n/.moltbot\r\n", ""],
    ["# .moltbot/\n", ".moltbot/\n"],
  ])("%j", (text, missing) => expect(missingIgnores(text)).toBe(missing));
});
