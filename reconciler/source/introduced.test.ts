import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { repository } from "../../test/engine.fixture.ts";
import { introducedBy, parseLog } from "./introduced.ts";

function committed(): { readonly repo: string; readonly commit: string; readonly git: (...args: readonly string[]) => string } {
  const repo = repository({ "a.yaml": "one\ntwo\n" });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", repo, "-c", "user.name=Ada", "-c", "user.email=ada@acme.example", "-c", "commit.gpgsign=false", ...args], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", GIT_AUTHOR_DATE: "2026-01-02T03:04:05Z", GIT_COMMITTER_DATE: "2026-01-02T03:04:05Z" },
    }).trim();
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "Begin");
  const first = git("rev-parse", "HEAD");
  fs.writeFileSync(path.join(repo, "a.yaml"), "one\nthree\n");
  git("commit", "-qam", "Change the second line");
  expect(first).not.toBe(git("rev-parse", "HEAD"));
  return { repo, commit: git("rev-parse", "HEAD"), git };
}

const BYTES = Buffer.from("one\nthree\n");

test("each line has the commit that wrote it", async () => {
  const { repo, commit } = committed();
  expect(await introducedBy(repo, commit, "a.yaml", 2, BYTES)).toEqual({
    commit,
    author: "Ada",
    at: "2026-01-02T03:04:05.000Z",
    subject: "Change the second line",
  });
  expect(await introducedBy(repo, commit, "a.yaml", 1, BYTES)).toMatchObject({ subject: "Begin" });
});

test.each<[string, string, number, Buffer | undefined]>([
  ["a file that was changed since", "a.yaml", 1, Buffer.from("one\nfour\n")],
  ["a file that was not read", "a.yaml", 1, undefined],
  ["a line that is not there", "a.yaml", 99, BYTES],
  ["no line", "a.yaml", 0, BYTES],
  ["a file that is not in it", "b.yaml", 1, BYTES],
  ["what looks like an option", "--output=x", 1, BYTES],
])("nothing is claimed of %s", async (_name, file, line, bytes) => {
  const { repo, commit } = committed();
  expect(await introducedBy(repo, commit, file, line, bytes)).toBeNull();
});

test("nor of what is no commit, or no repository", async () => {
  const { repo, commit } = committed();
  expect(await introducedBy(repo, "HEAD", "a.yaml", 1, BYTES)).toBeNull();
  expect(await introducedBy(repository({}), commit, "a.yaml", 1, BYTES)).toBeNull();
  expect([parseLog(""), parseLog("nothing\nAda\n1\nx"), parseLog(`${"a".repeat(40)}\nAda\nsoon\nx`)]).toEqual([null, null, null]);
});

test("rows 32 and 33: drivers of the repository never run", async () => {
  const { repo, commit, git } = committed();
  const mark = path.join(repo, "ran");
  for (const each of [
    "diff.x.textconv",
    "filter.x.clean",
    "filter.x.smudge",
    "core.pager",
    "core.fsmonitor",
    "diff.external",
    "gpg.program",
  ])
    git("config", each, `touch ${mark}; cat`);
  git("config", "blame.ignoreRevsFile", "/nowhere/at/all");
  git("config", "log.showSignature", "true");
  fs.mkdirSync(path.join(repo, ".git/info"), { recursive: true });
  fs.writeFileSync(path.join(repo, ".git/info/attributes"), "*.yaml diff=x filter=x\n");
  fs.writeFileSync(path.join(repo, ".gitattributes"), "*.yaml diff=x filter=x\n");
  expect(await introducedBy(repo, commit, "a.yaml", 1, BYTES)).toMatchObject({ subject: "Begin" });
  expect(fs.existsSync(mark)).toBe(false);
});
