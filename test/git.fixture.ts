/** A real git, with nothing of the developer's own settings. */
import { spawnSync } from "node:child_process";

const IDENTITY = ["-c", "user.name=Dev", "-c", "user.email=dev@acme.example", "-c", "commit.gpgsign=false"];

export function git(folder: string, ...args: readonly string[]): string {
  const ran = spawnSync("git", [...IDENTITY, "-C", folder, ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  if (ran.status !== 0) throw new Error(`git ${args.join(" ")}: ${ran.stderr}`);
  return ran.stdout.trim();
}

/** Makes a folder a repository on `main` and commits everything in it. */
export function gitInit(folder: string): string {
  git(folder, "init", "-q", "-b", "main");
  return gitCommit(folder);
}

/** Commits everything there is; returns the full hash. */
export function gitCommit(folder: string): string {
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "--allow-empty", "-m", "Change");
  return git(folder, "rev-parse", "HEAD");
}
