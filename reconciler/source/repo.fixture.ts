import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder for one test, removed with `dispose` (or at the end of a `using` block). */
export interface Scratch {
  readonly path: string;
  /** Writes files; a path that ends with `/` is an empty folder. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Runs the real git as a user would, in the folder or below it. */
  git(...command: readonly string[]): string;
  gitIn(folder: string, ...command: readonly string[]): string;
  /** Adds everything and commits it. */
  commit(message?: string): string;
  [Symbol.dispose](): void;
}

export const PROJECT = "apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: p\nspec: {}\n";

export function skill(name: string): string {
  return `apiVersion: moltbot.dev/v1alpha1\nkind: Skill\nmetadata:\n  name: ${name}\nspec:\n  prompt: x\n`;
}

export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): Scratch {
  const path = mkdtempSync(join(tmpdir(), "moltbot-"));
  const write: Scratch["write"] = (more) => {
    for (const [name, content] of Object.entries(more)) {
      const whole = join(path, name);
      mkdirSync(name.endsWith("/") ? whole : dirname(whole), { recursive: true });
      if (!name.endsWith("/")) writeFileSync(whole, content);
    }
  };
  const gitIn: Scratch["gitIn"] = (folder, ...command) =>
    execFileSync("git", ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", ...command], {
      cwd: join(path, folder),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: path,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Test",
        GIT_AUTHOR_EMAIL: "test@acme.example",
        GIT_COMMITTER_NAME: "Test",
        GIT_COMMITTER_EMAIL: "test@acme.example",
        GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
        GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
      },
    }).trim();
  write(files);
  return {
    path,
    write,
    gitIn,
    git: (...command) => gitIn(".", ...command),
    commit: (message = "change") => {
      gitIn(".", "add", "-A");
      gitIn(".", "commit", "-q", "--allow-empty", "-m", message);
      return gitIn(".", "rev-parse", "HEAD");
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The same with a repository and everything committed. */
export function repository(files: Readonly<Record<string, string | Uint8Array>>): Scratch {
  const made = scratch(files);
  made.git("init", "-q");
  made.commit("first");
  return made;
}
