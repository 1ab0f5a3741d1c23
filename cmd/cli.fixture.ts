import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** The launcher of this checkout; `npm run build` makes what it starts. */
export const BIN = path.resolve(import.meta.dirname, "..", "bin", "moltbot");

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A small, known environment: nothing of the developer's own settings reaches a test. */
export function cleanEnv(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? os.tmpdir(), LANG: "C.UTF-8", ...extra };
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs the built CLI as users do. */
export function moltbot(args: readonly string[], { cwd, env, input = "" }: RunOptions = {}): Ran {
  const ran = spawnSync(BIN, args, { cwd, env: cleanEnv(env), input, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, timeout: 30_000 });
  if (ran.error) throw ran.error;
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

/** The same, for tests that close a stream or send signals while it runs. */
export function start(args: readonly string[], { cwd, env }: RunOptions = {}): ReturnType<typeof spawn> {
  return spawn(BIN, args, { cwd, env: cleanEnv(env), stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs a shell line with `moltbot` as `$0`. */
export function shell(line: string, { cwd, env }: RunOptions = {}): Ran {
  const ran = spawnSync("sh", ["-c", line, BIN], { cwd, env: cleanEnv(env), encoding: "utf8", timeout: 30_000 });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

/** A folder with these files, removed by `dispose`. */
export function folderWith(files: Readonly<Record<string, string>>): { readonly path: string; readonly dispose: () => void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-cmd-"));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return { path: folder, dispose: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
