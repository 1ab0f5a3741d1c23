import fs from "node:fs";
import path from "node:path";

/**
 * Makes a folder and those above it. Node's own way to do so never ends where the system says that a folder
 * below one that is there does not exist, as `/proc` does.
 *
 * @throws the file system's error
 */
export function makeFolders(folder: string, mode = 0o777): void {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !fs.existsSync(at); at = path.dirname(at)) missing.push(at);
  for (const each of missing.toReversed()) {
    try {
      fs.mkdirSync(each, { mode });
    } catch (error) {
      // Somebody else was faster.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
