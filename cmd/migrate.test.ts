import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { filesBelow } from "../test/files.fixture.ts";
import { moltbot as run, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";

let repo: ReturnType<typeof tinyRepository>;
beforeEach(() => {
  repo = tinyRepository();
});
afterEach(() => repo.dispose());
const moltbot = (...args: readonly string[]): Ran => run(args, { cwd: repo.path });

/** This build knows no older version: the steps themselves are tested where a table can be given. */
describe("migrate --manifests", () => {
  test.each([[[]], [["--check"]], [["agents"]], [["agents/a.yaml", "--check"]]])("%j: every manifest is of the present version", (args) => {
    const before = filesBelow(repo.path);
    const ran = moltbot("migrate", "--manifests", ...args);
    expect(ran).toEqual({ code: 0, out: expect.stringMatching(/^✓ \d manifests?, all of the present version\.\n$/) as string, err: "" });
    const json = JSON.parse(moltbot("migrate", "--manifests", "-o", "json", ...args).out) as object;
    expect(json).toMatchObject({ formatVersion: "1.0", kind: "ManifestsMigrated", changed: [] });
    expect(filesBelow(repo.path)).toEqual(before);
  });

  test("a version that nobody knows is named at its place, and nothing is changed", () => {
    const other = tinyRepository({ "agents/b.yaml": "apiVersion: moltbot.dev/v9\nkind: Agent\nmetadata:\n  name: b\nspec: {}\n" });
    try {
      const ran = run(["migrate", "--manifests"], { cwd: other.path });
      expect([ran.code, ran.out]).toEqual([1, ""]);
      expect(ran.err).toContain("agents/b.yaml:1:13  error API_VERSION");
    } finally {
      other.dispose();
    }
  });

  test.each([[["agents"]], [["--check"]], [["--manifests", "--ref", "main"]]])("migrate %j is a usage error", (args) => {
    expect(moltbot("migrate", ...args).code).toBe(64);
  });

  test("a path that is not there", () => {
    const ran = moltbot("migrate", "--manifests", "none");
    expect([ran.code, ran.err]).toEqual([7, expect.stringContaining("READ_FAILED")]);
  });
});
