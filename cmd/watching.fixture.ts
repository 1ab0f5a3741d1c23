import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { gitCommit, gitInit } from "../test/git.fixture.ts";
import { start } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";

/** A small repository in git, with one commit on `main`. */
export function gitRepository(extra: Readonly<Record<string, string>> = {}): ReturnType<typeof tinyRepository> {
  const repo = tinyRepository(extra);
  gitInit(repo.path);
  return repo;
}

/** Replaces text in files and commits; returns the full hash. */
export function commit(folder: string, changes: Readonly<Record<string, readonly [string, string]>>): string {
  edit(folder, changes);
  return gitCommit(folder);
}

export function edit(folder: string, changes: Readonly<Record<string, readonly [string, string]>>): void {
  for (const [name, [from, to]] of Object.entries(changes)) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
  }
}

const DEADLINE_MS = 30_000;
const POLL_MS = 20;

/** A command that goes on until it is told to stop. */
export interface Running {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  /** Waits until the output (both streams) holds this text so many times. */
  says(text: string, times?: number): Promise<void>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built CLI. End it with `stop`, which also a failing test must reach: use {@link runningOnes}. */
export function running(args: readonly string[], options: Parameters<typeof start>[1] = {}): Running {
  const child = start(args, options);
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, "close") as Promise<[number | null]>;
  const count = (text: string): number => (out + err).split(text).length - 1;
  return {
    child,
    out: () => out,
    err: () => err,
    says: async (text, times = 1) => {
      const deadline = Date.now() + DEADLINE_MS;
      while (count(text) < times) {
        if (Date.now() > deadline || child.exitCode !== null) {
          throw new Error(`"${text}" was not said ${times} times; exit ${child.exitCode}; said was:\n${out}\n${err}`);
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode === null) child.kill(signal);
      return (await ended)[0];
    },
  };
}

/** Every command started in a test, ended after it whatever became of the test. */
export function runningOnes(): { readonly start: typeof running; readonly stopAll: () => Promise<void> } {
  let all: Running[] = [];
  return {
    start: (args, options) => {
      const one = running(args, options);
      all.push(one);
      return one;
    },
    stopAll: async () => {
      for (const { child } of all) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      all = [];
    },
  };
}
