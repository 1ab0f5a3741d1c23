/** A git repository with a Project that asks for signed commits, and keys to sign them, made by the real programs. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { agentText, ECHO, manifest, worldOf } from "../test/engine.fixture.ts";
import { sshWorkshop, type SshWorkshop } from "../trust/signatures/commits/ssh.fixture.ts";
import type { Query, World } from "./types.ts";

export const OPS = "ops@acme.example";
const DATE = "2026-03-01T00:00:00Z";

export interface SignedRepository {
  readonly folder: string;
  readonly keys: SshWorkshop;
  readonly query: (more?: Partial<Query>) => Query;
  write(files: Readonly<Record<string, string>>): void;
  git(...command: readonly string[]): string;
  /** The real git with something on its standard input. */
  gitWith(input: string | Uint8Array, ...command: readonly string[]): string;
  /** Commits everything; signed with that key, or not at all. */
  commit(key: string | null, message?: string, ...options: readonly string[]): string;
  /** One more commit with something new in it. */
  change(key: string | null, prompt: string): string;
  /** A line of allowed_signers. */
  allow(key: string, options?: string, principal?: string): string;
  /** Makes the repository, and writes its first files. */
  begin(commits?: string): void;
  /** The same keys over another folder. */
  copiedTo(folder: string): SignedRepository;
  [Symbol.dispose](): void;
}

export function projectText(trust: string, commits = "require"): string {
  return manifest("Project", "acme", `target: {type: embedded}\nverification: {commits: ${commits}}\n${trust}`);
}

/** `trust: {allowedSigners: {file: ...}}`, or with more beside it. */
export const SIGNERS_FILE = "trust: {allowedSigners: {file: trust/signers}}";

/** @param keys - Names of keys to make; the first is `ops`, whom the list names. */
export function signedRepository(commits = "require", names: readonly string[] = ["ops", "eve"]): SignedRepository {
  const keys = sshWorkshop();
  for (const name of names) keys.key(name);
  const made = repositoryIn(mkdtempSync(join(tmpdir(), "moltbot-signed-")), keys);
  made.begin(commits);
  return made;
}

function repositoryIn(folder: string, keys: SshWorkshop): SignedRepository {
  const write: SignedRepository["write"] = (files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const gitWith: SignedRepository["gitWith"] = (input, ...command) =>
    execFileSync("git", ["-c", "init.defaultBranch=main", "-c", "gpg.format=ssh", ...command], {
      cwd: folder,
      encoding: "utf8",
      input,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: keys.folder,
        GNUPGHOME: process.env["GNUPGHOME"],
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Ops",
        GIT_AUTHOR_EMAIL: OPS,
        GIT_COMMITTER_NAME: "Ops",
        GIT_COMMITTER_EMAIL: OPS,
        GIT_AUTHOR_DATE: DATE,
        GIT_COMMITTER_DATE: process.env["TEST_COMMITTER_DATE"] ?? DATE,
      },
    }).trim();
  const git: SignedRepository["git"] = (...command) => gitWith("", ...command);
  const allow: SignedRepository["allow"] = (key, options = "", principal = OPS) =>
    `${principal} ${options === "" ? "" : `${options} `}${keys.publicKey(key)}\n`;
  const commit: SignedRepository["commit"] = (key, message = "change", ...options) => {
    git("add", "-A");
    const sign = key === null ? ["--no-gpg-sign"] : [`-S${join(keys.folder, key)}`];
    git("commit", "-q", "--allow-empty", "-m", message, ...sign, ...options);
    return git("rev-parse", "HEAD");
  };
  return {
    folder,
    keys,
    query: (more = {}) => ({ repo: folder, ...more }),
    write,
    git,
    gitWith,
    commit,
    change: (key, prompt) => {
      write({ "agents/a.yaml": agentText("a", `prompt: ${JSON.stringify(prompt)}`) });
      return commit(key, prompt);
    },
    allow,
    begin: (commits = "require") => {
      write({
        ".gitignore": ".moltbot/\n",
        "moltbot.yaml": projectText(SIGNERS_FILE, commits),
        "trust/signers": allow("ops"),
        "agents/echo.yaml": ECHO,
        "agents/a.yaml": agentText("a"),
      });
      git("init", "-q");
    },
    copiedTo: (other) => repositoryIn(other, keys),
    [Symbol.dispose]: () => {
      keys[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A world in which it is a while after the commits were made. */
export function worldAt(now = "2026-03-02T00:00:00Z"): World {
  return worldOf({ clock: { now: () => new Date(now) } });
}
