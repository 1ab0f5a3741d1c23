import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commonDirOf } from "./repository.ts";

/** Settings under which git hashes other bytes than are on the disk, compares less, or reads further files. Filters need attributes as well. */
const SETTINGS = /autocrlf|eol|attributesfile|include|checkstat|trustctime/i;

/** Might git convert files on their way into this repository, by configuration or attributes outside the work tree? */
export function hasConversions(gitDir: string, env: NodeJS.ProcessEnv = process.env): boolean {
  const common = commonDirOf(gitDir);
  const home = env["HOME"] ?? "";
  const own = env["XDG_CONFIG_HOME"] || join(home, ".config");
  const configs = [
    join(common, "config"),
    join(gitDir, "config.worktree"),
    join(home, ".gitconfig"),
    join(own, "git", "config"),
    "/etc/gitconfig",
  ];
  const attributes = [join(common, "info", "attributes"), join(own, "git", "attributes"), "/etc/gitattributes"];
  if (env["GIT_CONFIG_GLOBAL"]) configs.push(env["GIT_CONFIG_GLOBAL"]);
  if (env["GIT_CONFIG_SYSTEM"]) configs.push(env["GIT_CONFIG_SYSTEM"]);
  return env["GIT_CONFIG_COUNT"] !== undefined || attributes.some(exists) || configs.some(mayConvert);
}

/** Does a folder have attributes of its own? */
export function hasAttributes(folder: string): boolean {
  return exists(join(folder, ".gitattributes"));
}

function exists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** A file that is there but cannot be read may say anything. */
function mayConvert(file: string): boolean {
  if (file === "/dev/null" || !exists(file)) return false;
  try {
    return SETTINGS.test(readFileSync(file, "utf8"));
  } catch {
    return true;
  }
}
