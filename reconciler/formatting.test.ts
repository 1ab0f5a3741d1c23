import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HEAD, PROJECT, agentText, codesOf, ECHO, manifest, repository, value, worldOf } from "../test/engine.fixture.ts";
import { formatFiles, formatTree } from "./formatting.ts";

const file = (path: string, text: string): { path: string; bytes: Uint8Array; blobId: null } => ({
  path,
  bytes: Buffer.from(text),
  blobId: null,
});
const texts = async (
  files: readonly ReturnType<typeof file>[],
  paths: "from the Project" | "from elsewhere" = "from the Project",
): Promise<Record<string, string>> => Object.fromEntries(value(await formatFiles(files, paths)).map(({ path, after }) => [path, after]));

const SKILL = manifest("Skill", "s", "prompt: x");

describe("formatFiles", () => {
  test("manifests of ours only: another's YAML, and what is no YAML at all, is left out", async () => {
    const found = await texts([
      file("a.yaml", SKILL),
      file("k.yaml", "apiVersion: apps/v1\nkind: X\n"),
      file("t.yaml", "{{ if }}"),
      file("e.yaml", ""),
    ]);
    expect(Object.keys(found)).toEqual(["a.yaml"]);
    expect(found["a.yaml"]).toContain("metadata:\n  name: s\n");
  });

  test("a file of ours beside a document of another's is left out", async () =>
    expect(await texts([file("a.yaml", `${SKILL}---\nkind: Other\n`)])).toEqual({}));

  test("JSON stays JSON, whatever its name promises", async () => {
    const json = '{"kind":"Skill","apiVersion":"moltbot.dev/v1alpha1","metadata":{"name":"s"},"spec":{"prompt":"x"}}';
    const found = await texts([file("a.json", json), file("b.JSON", SKILL)]);
    expect(JSON.parse(found["a.json"] ?? "")).toEqual(JSON.parse(json));
    expect(found["a.json"]).toMatch(/^\{\n {2}"kind"/);
    expect(found["b.JSON"]).toMatch(/^apiVersion: /);
  });

  test.each<[string, "from the Project" | "from elsewhere", readonly string[]]>([
    ["named as in the Project", "from the Project", ["r/user.yaml"]],
    ["named from a folder above", "from elsewhere", ["bots/r/user.yaml"]],
  ])("what a manifest embeds is left out: %s", async (_, paths, expected) => {
    const root = paths === "from elsewhere" ? "bots/" : "";
    const user = manifest("Skill", "u", "prompt: {file: r/embedded.yaml}");
    expect(Object.keys(await texts([file(`${root}r/user.yaml`, user), file(`${root}r/embedded.yaml`, SKILL)], paths))).toEqual(expected);
  });

  test("mistakes of every file, each at its place, and nothing formatted", async () => {
    const result = await formatFiles(
      [file("a.yaml", SKILL), file("b.yaml", `${HEAD}a: 1\na: 2\n`), file("c.yaml", `${HEAD}k: [`)],
      "from the Project",
    );
    expect(codesOf(result).sort()).toEqual(["DUPLICATE_KEY", "YAML_SYNTAX"]);
    expect(result.ok ? [] : result.diagnostics.map((each) => each.at?.file)).toEqual(["b.yaml", "c.yaml"]);
  });
});

describe("formatTree", () => {
  const project = manifest("Project", "acme", "environments: {prod: {overlays: [o/prod.yaml]}, test: {overlays: [o/test.yaml]}}");

  test("moltbot.yaml, manifests, and the overlays of every environment", async () => {
    const repo = repository({
      "moltbot.yaml": project,
      "r/a.yaml": agentText("a"),
      "r/e.yaml": ECHO,
      "o/prod.yaml": agentText("a"),
      "o/test.yaml": agentText("a"),
    });
    const { folder, files } = value(await formatTree({ repo }, worldOf()));
    expect(folder).toBe(repo);
    expect(files.map((each) => each.path).sort()).toEqual(["moltbot.yaml", "o/prod.yaml", "o/test.yaml", "r/a.yaml", "r/e.yaml"]);
  });

  test("in the folder that a Project delegates to", async () => {
    const repo = repository({
      "moltbot.yaml": manifest("Project", "root", "sources: [bots]"),
      "bots/moltbot.yaml": PROJECT,
      "bots/r/e.yaml": ECHO,
    });
    expect(value(await formatTree({ repo }, worldOf())).folder).toBe(join(repo, "bots"));
  });

  test("needs a Project that is sound, because it says where to look", async () => {
    expect(codesOf(await formatTree({ repo: repository({ "moltbot.yaml": "x: [" }) }, worldOf()))).toEqual(["YAML_SYNTAX"]);
    expect(codesOf(await formatTree({ repo: repository({ "moltbot.yaml": project, "r/e.yaml": ECHO }) }, worldOf()))).toEqual([
      "FILE_MISSING",
      "FILE_MISSING",
    ]);
  });
});
