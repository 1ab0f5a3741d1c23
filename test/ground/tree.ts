/** The files of this repository as they are on disk now: tracked, or new and not ignored. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/checkout.ts";

/** Sorted paths relative to the checkout. Files that are deleted but not yet committed are left out. */
export function repositoryFiles(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" });
  return listed
    .split("\0")
    .filter((file) => file !== "" && fs.existsSync(path.join(ROOT, file)))
    .sort();
}

export function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}
