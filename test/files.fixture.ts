import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/**
 * Every file below a folder with its mode and the digest of its bytes; links and folders are named. Two of
 * these are equal when nothing was written in between, and short enough to read when they are not.
 *
 * @param ignored - Names (relative, `/`) that may appear or change, such as the empty file of a lock.
 */
export function filesBelow(folder: string, ignored: RegExp = /(?!)/): Readonly<Record<string, string>> {
  if (!fs.existsSync(folder)) return {};
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => !ignored.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, describe(path.join(folder, name))]));
}

function describe(file: string): string {
  const stats = fs.lstatSync(file);
  const mode = (stats.mode & 0o7777).toString(8);
  if (stats.isSymbolicLink()) return `link ${fs.readlinkSync(file)}`;
  if (!stats.isFile()) return stats.isDirectory() ? `folder ${mode}` : `special ${mode}`;
  return `${mode} ${stats.size} ${createHash("sha256").update(fs.readFileSync(file)).digest("hex").slice(0, 16)}`;
}
