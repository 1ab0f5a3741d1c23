import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { escapeText, fail, LIMITS, problem, type Result, type Secret } from "../core/index.ts";
import { readFile } from "./secret-input.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage.ts";

/** The user's editor as a program and its arguments; no shell reads it. */
export function editorOf({ VISUAL, EDITOR }: Readonly<Record<string, string | undefined>>): readonly string[] {
  const words = (VISUAL?.trim() || EDITOR?.trim() || "").split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) throw new UsageError("No editor is named. Set VISUAL or EDITOR, for example EDITOR=nano.");
  return words;
}

/** What an editor needs of our environment; no identity, no passphrase, no `env` value of a Secret goes along. */
const PASSED_ON =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|TERMINFO|TERMINFO_DIRS|LANG|LC_[A-Z]+|LINES|COLUMNS|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_[A-Z_]+|DBUS_SESSION_BUS_ADDRESS|TMUX|STY|SSH_TTY|VIM|VIMRUNTIME|VIMINIT|NO_COLOR)$/;

/**
 * Lets the user edit bytes in a file that nobody else can read, in a folder of its own that is removed
 * however this ends. What a killed process left behind is removed by the next one.
 *
 * @param name - Of the file: editors choose colours by it.
 */
export async function editPrivately(
  session: Session,
  [program = "", ...args]: readonly string[],
  before: Uint8Array,
  name: string,
): Promise<Result<Secret<Uint8Array>>> {
  const base = privateBase();
  removeAbandoned(base);
  const folder = fs.mkdtempSync(path.join(base, `moltbot-edit-${process.pid}-`));
  const clean = (): void => fs.rmSync(folder, { recursive: true, force: true });
  process.once("exit", clean);
  try {
    fs.chmodSync(folder, 0o700);
    const file = path.join(folder, name);
    fs.writeFileSync(file, before, { mode: 0o600, flag: "wx" });
    session.progress.pause();
    const failure = await run(program, [...args, file]);
    session.interrupt.signal.throwIfAborted();
    if (failure !== undefined) return fail(editorFailed(failure));
    // An editor may write a file anew; whatever else lies there now is nothing that somebody wrote.
    if (!fs.lstatSync(file, { throwIfNoEntry: false })?.isFile()) return fail(editorFailed("left no file where the text was"));
    return readFile(file, LIMITS.envelopeBytes);
  } finally {
    process.off("exit", clean);
    clean();
  }
}

/** Memory rather than a disk, where the system has a place for it. */
function privateBase(): string {
  try {
    fs.accessSync("/dev/shm", fs.constants.W_OK | fs.constants.X_OK);
    return fs.statSync("/dev/shm").isDirectory() ? "/dev/shm" : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}

function removeAbandoned(base: string): void {
  for (const name of fs.readdirSync(base)) {
    const pid = /^moltbot-edit-(\d{1,10})-/.exec(name)?.[1];
    const folder = path.join(base, name);
    const stats = pid === undefined ? undefined : fs.lstatSync(folder, { throwIfNoEntry: false });
    const isOurs = stats?.isDirectory() === true && stats.uid === process.geteuid?.();
    if (isOurs && !isAlive(Number(pid))) fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** @returns why it failed; undefined when it ended well. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => PASSED_ON.test(key)));
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit", shell: false, env });
    child.on("error", (error: NodeJS.ErrnoException) => resolve(`could not be started (${error.code ?? "unknown"})`));
    child.on("exit", (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`));
  });
}

function editorFailed(why: string): ReturnType<typeof problem> {
  return problem("EDITOR_FAILED", {
    detail: `The editor ${escapeText(why)}. Nothing was changed.`,
    remedy: "Check VISUAL and EDITOR: the editor must save to the file that it is given, and end when you are done.",
  });
}
