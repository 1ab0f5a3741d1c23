import fs from "node:fs";
import path from "node:path";

/** The folder of that name in the user's own cache, made where it is missing; undefined where there is none that is ours alone. */
export function cacheFolder(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const home = env["XDG_CACHE_HOME"] || (env["HOME"] && path.join(env["HOME"], ".cache"));
  const folder = home && path.isAbsolute(home) ? path.join(home, "moltbot", name) : undefined;
  return folder !== undefined && isOurs(folder) ? folder : undefined;
}

/** A folder (no link to one) of this user that nobody else may look into or write to. */
function isOurs(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const facts = fs.lstatSync(folder);
    return facts.isDirectory() && (facts.mode & 0o077) === 0 && (process.getuid === undefined || facts.uid === process.getuid());
  } catch {
    return false;
  }
}
