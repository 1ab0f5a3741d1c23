import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { git, gitInit } from "../../test/git.fixture.ts";
import { repository as folderOf } from "../../test/engine.fixture.ts";
import { blobIdOf } from "./blob-id.ts";
import { openIndex } from "./git-index.ts";
import { findRepository } from "./repository.ts";

const LONG_AGO = new Date("2026-01-01T00:00:00Z");

/** A repository whose files were written long before its index, so that none is racy. */
function tracked(): string {
  const root = fs.realpathSync(folderOf({ "r/a.yaml": "kind: A\n", "r/ü.yaml": "kind: B\n" }));
  for (const file of ["r/a.yaml", "r/ü.yaml"]) fs.utimesSync(join(root, file), LONG_AGO, LONG_AGO);
  gitInit(root);
  return root;
}

/** The id that the index vouches for, in an environment that holds no settings of the developer's. */
function idOf(root: string, path = "r/a.yaml", folder = root): string | undefined {
  const before = { ...process.env };
  onTestFinished(() => void Object.assign(process.env, before));
  process.env["HOME"] = "/nonexistent";
  delete process.env["XDG_CONFIG_HOME"];
  delete process.env["GIT_CONFIG_COUNT"];
  const found = findRepository(folder);
  return found && openIndex(found, folder)?.idOf(path);
}

const A = blobIdOf(Buffer.from("kind: A\n"));

describe("the index vouches for", () => {
  test("a file that was not touched since it was added, from the top and from a folder", () => {
    const root = tracked();
    expect(idOf(root)).toBe(A);
    expect(idOf(root, "r/ü.yaml")).toBe(blobIdOf(Buffer.from("kind: B\n")));
    expect(idOf(root, "a.yaml", join(root, "r"))).toBe(A);
  });
});

describe("the index does not vouch for", () => {
  test.each<[string, (root: string) => void]>([
    ["other bytes", (root) => fs.writeFileSync(join(root, "r/a.yaml"), "kind: Other\n")],
    [
      "other bytes of the same length and modification time",
      (root) => {
        fs.writeFileSync(join(root, "r/a.yaml"), "kind: X\n");
        fs.utimesSync(join(root, "r/a.yaml"), LONG_AGO, LONG_AGO);
      },
    ],
    [
      "another file of the same length and modification time, moved into place",
      (root) => {
        fs.writeFileSync(join(root, "new"), "kind: X\n");
        fs.utimesSync(join(root, "new"), LONG_AGO, LONG_AGO);
        fs.renameSync(join(root, "new"), join(root, "r/a.yaml"));
      },
    ],
    ["a file that is gone", (root) => fs.rmSync(join(root, "r/a.yaml"))],
    [
      "a link in its place",
      (root) => {
        fs.renameSync(join(root, "r/a.yaml"), join(root, "r/b.yaml"));
        fs.symlinkSync("b.yaml", join(root, "r/a.yaml"));
      },
    ],
    ["assume-unchanged", (root) => void git(root, "update-index", "--assume-unchanged", "r/a.yaml")],
    ["skip-worktree", (root) => void git(root, "update-index", "--skip-worktree", "r/a.yaml")],
    [
      "a racy file: modified no earlier than the index",
      (root) => {
        const later = new Date(Date.now() + 3_600_000);
        fs.utimesSync(join(root, "r/a.yaml"), later, later);
        git(root, "add", "-A");
      },
    ],
    ["attributes beside the file", (root) => fs.writeFileSync(join(root, "r/.gitattributes"), "*.yaml text eol=crlf\n")],
    ["attributes above the file", (root) => fs.writeFileSync(join(root, ".gitattributes"), "*.yaml filter=secret\n")],
    [
      "attributes in git's own folder",
      (root) => {
        fs.mkdirSync(join(root, ".git/info"), { recursive: true });
        fs.writeFileSync(join(root, ".git/info/attributes"), "* ident\n");
      },
    ],
    ["core.autocrlf", (root) => void git(root, "config", "core.autocrlf", "input")],
    ["core.checkStat", (root) => void git(root, "config", "core.checkStat", "minimal")],
    ["another version of the index", (root) => void git(root, "update-index", "--index-version", "4")],
    ["a split index", (root) => void git(root, "update-index", "--split-index")],
    ["an index that is gone", (root) => fs.rmSync(join(root, ".git/index"))],
    [
      "an index with a flipped bit",
      (root) => {
        const bytes = fs.readFileSync(join(root, ".git/index"));
        bytes[60] = (bytes[60] ?? 0) ^ 1;
        fs.writeFileSync(join(root, ".git/index"), bytes);
      },
    ],
    ["an index cut short", (root) => fs.truncateSync(join(root, ".git/index"), 50)],
  ])("%s", (_, change) => {
    const root = tracked();
    change(root);
    expect(idOf(root)).toBeUndefined();
  });

  test("a file it does not hold", () => {
    const root = tracked();
    fs.writeFileSync(join(root, "r/new.yaml"), "kind: A\n");
    expect(idOf(root, "r/new.yaml")).toBeUndefined();
  });

  test("anything in a repository of sha256 objects", () => {
    const root = fs.realpathSync(folderOf({ "r/a.yaml": "kind: A\n" }));
    fs.utimesSync(join(root, "r/a.yaml"), LONG_AGO, LONG_AGO);
    git(root, "init", "-q", "--object-format=sha256");
    git(root, "add", "-A");
    expect(idOf(root)).toBeUndefined();
  });
});
