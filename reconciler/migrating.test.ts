import { describe, expect, test } from "vitest";
import type { Kinds, ManifestMigration } from "../core/index.ts";
import { KINDS } from "../schemas/index.ts";
import { codesOf, ECHO, PROJECT, repository, value, worldOf, write } from "../test/engine.fixture.ts";
import { migrateFiles, migrateTree, plan, validate } from "./engine.ts";

/** The pre-release form that only tests know: an Agent's prompt was `instructions`, a Project's sources `folders`. */
const V0 = "moltbot.dev/v1alpha0";
const FROM_V0: ManifestMigration = {
  from: V0,
  to: "moltbot.dev/v1alpha1",
  kinds: {
    Agent: () => [{ op: "rename", pointer: "/spec/instructions", to: "prompt" }],
    Project: () => [{ op: "rename", pointer: "/spec/folders", to: "sources" }],
  },
};
const kinds: Kinds = { ...KINDS, migrations: [FROM_V0] };
const world = worldOf({ kinds });

const AGENT = `# what it is\napiVersion: ${V0}\nkind: Agent\nmetadata: {name: a}\nspec:\n  model: {provider: echo, name: echo} # fixed\n  instructions: Be kind.\n`;
const OLD_PROJECT = `apiVersion: ${V0}\nkind: Project\nmetadata: {name: acme}\nspec:\n  target: {type: embedded}\n  folders: [here]\n`;

describe("a tree of an older version", () => {
  test("is named by validate, brought along whole, and then plans; the moltbot.yaml among it", async () => {
    const repo = repository({ "moltbot.yaml": OLD_PROJECT, "here/a.yaml": AGENT, "here/echo.yaml": ECHO, "there/b.yaml": AGENT });
    const refused = await validate({ repo }, world);
    expect(codesOf(refused)).toContain("API_VERSION");
    const { folder, files } = value(await migrateTree({ repo }, world));
    expect(folder).toBe(repo);
    // `there` is no source, once moltbot.yaml is understood.
    expect(files.map(({ path, documents }) => [path, documents.map(({ address, document }) => `${document} ${address}`)])).toEqual([
      ["moltbot.yaml", ["1 Project/acme"]],
      ["here/a.yaml", ["1 Agent/a"]],
      ["here/echo.yaml", []],
    ]);
    write(repo, Object.fromEntries(files.map(({ path, after }) => [path, after])));
    expect(files[1]?.after).toBe(AGENT.replace(V0, "moltbot.dev/v1alpha1").replace("instructions", "prompt"));
    expect(value(await plan({ repo }, world)).plan.body.summary.create).toBe(3);
    expect(value(await migrateTree({ repo }, world)).files.filter(({ documents }) => documents.length > 0)).toEqual([]);
  });

  test("overlays of every environment come along; embedded files and foreign ones do not", async () => {
    const project = `apiVersion: ${V0}\nkind: Project\nmetadata: {name: acme}\nspec:\n  folders: [here]\n  environments:\n    a: {overlays: [over/a.yaml]}\n    b: {overlays: [over/b.yaml]}\n`;
    const overlay = `apiVersion: ${V0}\nkind: Agent\nmetadata: {name: a}\nspec: {instructions: x}\n`;
    const repo = repository({
      "moltbot.yaml": project,
      "here/a.yaml": AGENT.replace("Be kind.", "{file: here/prompt.yaml}"),
      "here/prompt.yaml": `apiVersion: ${V0}\nkind: Agent\nmetadata: {name: shown}\n`,
      "over/a.yaml": overlay,
      "over/b.yaml": overlay,
    });
    const { files } = value(await migrateTree({ repo }, world));
    expect(files.filter(({ documents }) => documents.length > 0).map(({ path }) => path)).toEqual([
      "moltbot.yaml",
      "here/a.yaml",
      "over/a.yaml",
      "over/b.yaml",
    ]);
  });

  test("a Project that delegates is followed in its old form too", async () => {
    const repo = repository({
      "moltbot.yaml": `apiVersion: ${V0}\nkind: Project\nmetadata: {name: outer}\nspec: {folders: [inner]}\n`,
      "inner/moltbot.yaml": OLD_PROJECT,
      "inner/here/a.yaml": AGENT,
      "inner/here/echo.yaml": ECHO,
    });
    const { folder, files } = value(await migrateTree({ repo }, world));
    expect([folder, files.length]).toEqual([`${repo}/inner`, 3]);
  });

  test("one file that cannot be brought along fails all, each problem with its place", async () => {
    const repo = repository({
      "moltbot.yaml": PROJECT,
      "r/a.yaml": AGENT,
      "r/b.yaml": AGENT.replace(V0, "moltbot.dev/v9"),
      "r/c.yaml": `apiVersion: ${V0}\na: *x\n`,
    });
    const result = await migrateTree({ repo }, world);
    expect(codesOf(result)).toEqual(["ALIAS_FORBIDDEN"]);
    write(repo, { "r/c.yaml": null });
    const again = await migrateTree({ repo }, world);
    expect(again.ok ? [] : again.diagnostics.map(({ code, at }) => [code, at?.file, at?.line])).toEqual([["API_VERSION", "r/b.yaml", 2]]);
  });

  test("files by name", async () => {
    const file = { path: "x/a.yaml", bytes: Buffer.from(AGENT), blobId: null };
    const foreign = { path: "x/b.yaml", bytes: Buffer.from("apiVersion: apps/v1\nkind: Deployment\n"), blobId: null };
    const files = value(await migrateFiles([file, foreign], "from elsewhere", kinds));
    expect(files.map(({ path, documents }) => [path, documents.length])).toEqual([["x/a.yaml", 1]]);
  });
});
