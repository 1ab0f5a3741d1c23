import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, moltbot } from "./cli.fixture.ts";

describe("schema", () => {
  test("lists the kinds, and shows one as text, JSON Schema and CUE", () => {
    expect(moltbot(["schema"]).out).toMatch(/^KIND +DECLARES\nAgent +An assistant/);
    const text = moltbot(["schema", "Agent"]).out;
    expect(text).toMatch(/^Agent\n/);
    expect(text).toContain("spec.model.name  (string, required");
    expect(JSON.parse(moltbot(["schema", "Agent", "--format", "json"]).out)).toMatchObject({ title: "Agent", type: "object" });
    expect(JSON.parse(moltbot(["schema", "Agent", "-o", "json"]).out)).toMatchObject({ title: "Agent" });
    expect(moltbot(["schema", "Agent", "--format", "cue"]).out).toContain("#Agent");
  });

  test("writes every schema, again too, and touches nothing else", () => {
    const folder = folderWith({ "mine.txt": "mine" });
    try {
      for (let i = 0; i < 2; i++) expect(moltbot(["schema", "--all", folder.path])).toMatchObject({ code: 0, err: "" });
      const files = fs.readdirSync(folder.path);
      expect(files).toEqual(expect.arrayContaining(["agent.schema.json", "manifest.schema.json", "mine.txt"]));
      expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
      expect(fs.readFileSync(path.join(folder.path, "mine.txt"), "utf8")).toBe("mine");
    } finally {
      folder.dispose();
    }
  });

  test.each<[string, readonly string[], number, string]>([
    ["an unknown kind", ["Agnet"], 1, "Did you mean Agent?"],
    ["an unknown kind as CUE", ["Agnet", "--format", "cue"], 1, "Did you mean Agent?"],
    ["a kind and all", ["Agent", "--all", "x"], 64, "contradict"],
    ["a folder that cannot be made", ["--all", "/dev/null/x"], 7, "OUTPUT_FAILED"],
  ])("%s", (_, args, code, words) => {
    const ran = moltbot(["schema", ...args]);
    expect(ran).toMatchObject({ code, out: "" });
    expect(ran.err).toContain(words);
  });
});
