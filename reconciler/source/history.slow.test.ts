import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { commitsBetween } from "./history.ts";
import { repository } from "./repo.fixture.ts";

/** A line of empty commits on a branch of its own, made in one go. */
function line(folder: string, count: number): void {
  const who = (i: number): string => `committer Ops <ops@acme.example> ${1_000_000 + i} +0000\n`;
  const commits = Array.from({ length: count }, (_, i) => `commit refs/heads/line\n${who(i)}data 1\nx\n`);
  execFileSync("git", ["fast-import", "--quiet"], { cwd: folder, input: commits.join(""), env: { PATH: process.env["PATH"] } });
}

test("as many commits as the limit are verified, and not one more", async () => {
  using repo = repository({ "a.txt": "x" });
  line(repo.path, LIMITS.commitsVerified + 1);
  const [tip, before] = [repo.git("rev-parse", "line"), repo.git("rev-parse", "line~1")];
  expect(await commitsBetween(repo.path, before, null)).toMatchObject({ ok: true });
  expect(await commitsBetween(repo.path, tip, null)).toMatchObject({ ok: false, diagnostics: [{ code: "COMMITS_TOO_MANY" }] });
}, 120_000);
