import { spawn, type ChildProcessByStdio } from "node:child_process";
import { devNull } from "node:os";
import { delimiter, isAbsolute } from "node:path";
import type { Readable, Writable } from "node:stream";
import { escapeText, fail, LIMITS, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";

/**
 * The only place that starts git. A repository may be hostile: its configuration, attributes and hooks
 * name commands. So the environment is built from nothing, everything that could run something is
 * switched off, the repository is named and never searched for, and only the commands below exist.
 */
export type GitCommand =
  | readonly ["rev-parse", ...string[]]
  | readonly ["cat-file", "--batch"]
  | readonly ["log", "-1", "--no-patch", "--no-show-signature", "--no-textconv", "--no-ext-diff", ...string[]]
  | readonly ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"]
  | readonly ["init", "--bare", ...string[]]
  | readonly ["fetch", ...string[]];

/** How far a command may reach: nowhere, over the network, or to another repository on this machine. */
export type Reach = "none" | "network" | "local";

/** Neither environment variables nor configuration of the user or the system take part. */
function environment(reach: Reach): NodeJS.ProcessEnv {
  return {
    PATH: safePath(process.env["PATH"] ?? ""),
    // Not a folder, so nothing can be found in it.
    HOME: devNull,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    GIT_ALLOW_PROTOCOL: { none: "none", network: "https:ssh", local: "file" }[reach],
    GIT_PROTOCOL_FROM_USER: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_NO_LAZY_FETCH: "1",
    LC_ALL: "C",
    ...(reach === "network" ? ownAuthorities(process.env["GIT_SSL_CAINFO"]) : {}),
  };
}

/** The certificates of a private authority: the one thing of git's settings that the host may add. */
function ownAuthorities(file: string | undefined): Readonly<Record<string, string>> {
  return file !== undefined && isAbsolute(file) ? { GIT_SSL_CAINFO: file } : {};
}

/** A relative entry would find a `git` in whatever folder the child starts. */
function safePath(path: string): string {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry))
    .join(delimiter);
}

const SWITCHED_OFF = [
  "protocol.ext.allow=never",
  "protocol.file.allow=never",
  `core.hooksPath=${devNull}`,
  "core.fsmonitor=false",
  "safe.bareRepository=explicit",
  "transfer.fsckObjects=true",
  "submodule.recurse=false",
  "core.symlinks=false",
  "credential.helper=",
  "http.followRedirects=false",
  "gc.auto=0",
  "maintenance.auto=false",
  `mailmap.file=${devNull}`,
  "mailmap.blob=",
];

function argumentsOf(gitDir: string | null, command: GitCommand, reach: Reach, workTree: string | undefined): string[] {
  const settings = [
    ...SWITCHED_OFF,
    `core.sshCommand=${reach === "network" ? "ssh" : "false"}`,
    ...(reach === "local" ? ["protocol.file.allow=always"] : []),
  ];
  return [
    ...settings.flatMap((setting) => ["-c", setting]),
    ...(gitDir === null ? [] : [`--git-dir=${gitDir}`]),
    ...(workTree === undefined ? [] : [`--work-tree=${workTree}`]),
    ...command,
  ];
}

export type GitChild = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts git; the caller owns the child and ends it. It starts in the root folder, where it finds nothing,
 * or where it is to look at files, in their work tree.
 */
export function startGit(gitDir: string | null, command: GitCommand, reach: Reach, workTree?: string): GitChild {
  return spawn("git", argumentsOf(gitDir, command, reach, workTree), {
    cwd: workTree ?? "/",
    env: environment(reach),
    stdio: ["pipe", "pipe", "pipe"],
    shell: false,
    // A transfer starts helpers of its own; in a process group of its own they all end together.
    detached: reach !== "none",
  });
}

export interface GitAnswer {
  /** Null when it was ended by a signal: a timeout, or ours. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GitRun {
  readonly gitDir: string | null;
  readonly command: GitCommand;
  /** For a command that looks at files: the top of the work tree. */
  readonly workTree?: string;
  /** What it may answer; default {@link LIMITS.gitOutputBytes}. */
  readonly maxOutputBytes?: number;
  readonly reach?: Reach;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs one command to its end. Its own failure is an answer; `GIT_FAILED` only when it could not run at all. */
export function runGit(run: GitRun): Promise<Result<GitAnswer>> {
  return new Promise((resolve) => {
    const child = startGit(run.gitDir, run.command, run.reach ?? "none", run.workTree);
    const abort = (): void => endGit(child, run.reach ?? "none");
    const timer = setTimeout(abort, run.timeoutMs ?? LIMITS.gitTimeoutMs);
    run.signal?.addEventListener("abort", abort, { once: true });
    if (run.signal?.aborted) abort();
    const stdout = collect(child.stdout, abort, run.maxOutputBytes);
    const stderr = collect(child.stderr, abort);
    const done = (result: Result<GitAnswer>): void => {
      clearTimeout(timer);
      run.signal?.removeEventListener("abort", abort);
      resolve(result);
    };
    child.on("error", (error) => done(fail(cannotRun(error))));
    child.on("close", (code) => done(ok({ code, stdout: stdout(), stderr: stderr() })));
    child.stdin.on("error", () => undefined);
    child.stdin.end();
  });
}

function endGit(child: GitChild, reach: Reach): void {
  if (child.pid === undefined) return;
  if (reach === "none") {
    child.kill("SIGKILL");
    return;
  }
  try {
    // Helpers may outlive git itself, so the group is ended even after its leader.
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has ended.
  }
}

/** Collects text up to a limit; beyond it the child is ended. */
function collect(stream: Readable, overflow: () => void, maxBytes: number = LIMITS.gitOutputBytes): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) overflow();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

export function cannotRun(error: unknown): Diagnostic {
  const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return gitFailed(
    isMissing ? "git was not found in PATH" : `git could not be started (${error instanceof Error ? error.message : "unknown"})`,
  );
}

const MAX_REASON_CHARS = 300;

/** @param reason - What happened, as part of a sentence; git's own words are escaped and shortened. */
export function gitFailed(
  reason: string,
  remedy = "Check that git is installed and the repository whole (git fsck), then run the command again.",
): Diagnostic {
  const text = escapeText(reason.trim().replace(/\s*\n\s*/g, "; "));
  return problem("GIT_FAILED", { detail: `${text.slice(0, MAX_REASON_CHARS)}.`, remedy });
}

/** Why a command failed, from its answer. */
export function reasonOf(answer: GitAnswer): string {
  if (answer.code === null) return "git did not finish in time and was ended";
  const lines = answer.stderr.split("\n").map((line) => line.replace(/^(?:fatal|error): /, "").trim());
  return `git said: ${lines.find((line) => line !== "") ?? `exit code ${answer.code}`}`;
}
