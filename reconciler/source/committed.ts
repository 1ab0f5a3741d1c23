import { basename, dirname } from "node:path";
import { runGit } from "./git.ts";
import { findRepository } from "./repository.ts";

/**
 * Whether the commit that is checked out around a file holds a file at its place. Used to refuse private
 * keys that were committed. Where git cannot say, the answer is no: the file's mode is checked as well.
 *
 * @param file - An absolute path without links.
 */
export async function isCommitted(file: string): Promise<boolean> {
  const repository = findRepository(dirname(file));
  if (!repository) return false;
  const path = [repository.prefix, basename(file)].filter((part) => part !== "").join("/");
  const answer = await runGit({
    gitDir: repository.gitDir,
    command: ["rev-parse", "--verify", "--quiet", "--end-of-options", `HEAD:${path}`],
  });
  return answer.ok && answer.value.code === 0;
}
