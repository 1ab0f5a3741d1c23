import fs from "node:fs";
import path from "node:path";
import { fail, LIMITS, ok, problem, shown, type Result } from "../../../core/index.ts";
import type { CommandRequest } from "../types.ts";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
/** What makes bubblewrap's or our own helpers behave differently, were it ever read outside. They are harmless inside. */
const LEAST_MEMORY_BYTES = 4 * 1024 * 1024;

/** Whether a command can be run as it stands. What is passed on is exactly what was asked; nothing is repaired. */
export function checkRequest(request: CommandRequest): Result<void> {
  const { argv, env, cwd, limits, workspace, access } = request;
  if (argv[0] === "" || argv[0].startsWith("-")) return invalid(`the program ${shown(argv[0])} is not a name`);
  const texts = [...argv, cwd, ...Object.values(env)];
  if (texts.some((each) => each.includes("\0"))) return invalid("a text in it holds NUL");
  const chars = texts.reduce((sum, each) => sum + each.length, 0);
  if (argv.length > LIMITS.commandArguments) return tooMuch("arguments", argv.length, LIMITS.commandArguments, "commandArguments");
  if (chars > LIMITS.commandChars) return tooMuch("characters", chars, LIMITS.commandChars, "commandChars");
  const odd = Object.keys(env).find((name) => !VARIABLE.test(name));
  if (odd !== undefined) return invalid(`the variable ${shown(odd)} is not a name`);
  if (path.posix.isAbsolute(cwd) || cwd.split("/").includes("..")) return invalid(`the folder ${shown(cwd)} is not in the workspace`);
  if (access !== "none" && !isFolder(workspace)) return invalid("the workspace is not a folder");
  if (limits.memoryBytes < LEAST_MEMORY_BYTES) return invalid(`a command needs ${LEAST_MEMORY_BYTES} bytes of memory at least`);
  return ok(undefined);
}

function isFolder(place: string): boolean {
  return path.isAbsolute(place) && (fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function invalid(why: string): Result<never> {
  return fail(problem("COMMAND_INVALID", { detail: `The command is refused: ${why}. Nothing was started.` }));
}

function tooMuch(what: string, got: number, most: number, name: string): Result<never> {
  const detail = `The command has ${got} ${what}; ${most} are allowed (limits.${name}). Nothing was started.`;
  return fail(problem("COMMAND_LIMIT", { detail }));
}
