import { LIMITS } from "../../core/index.ts";
import { blobIdOf } from "./blob-id.ts";
import { runGit } from "./git.ts";
import { openObjects } from "./objects.ts";
import { findRepository } from "./repository.ts";

/** The commit that brought a line to what it is. What it says of people is what the commit says, no evidence. */
export interface Introduction {
  readonly commit: string;
  readonly author: string;
  readonly at: string;
  readonly subject: string;
}

/** The raw object of one commit; null where it cannot be read. */
export async function rawCommit(folder: string, id: string): Promise<Uint8Array | null> {
  const repository = findRepository(folder);
  if (!repository || !HASH.test(id)) return null;
  const objects = openObjects(repository.gitDir);
  try {
    const answers = await objects.getAll([id], LIMITS.commitBytes);
    const [answer] = answers.ok ? answers.value : [];
    return answer && "object" in answer ? answer.object.bytes : null;
  } finally {
    await objects.close();
  }
}

const HASH = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * Who wrote a line, as it is in a commit. Null where git cannot say: then nothing is claimed.
 *
 * @param folder - Of moltbot.yaml; `file` is relative to it.
 * @param commit - A full hash.
 * @param bytes - The file as it was read: where the commit holds another, its line is not the commit's.
 */
export async function introducedBy(
  folder: string,
  commit: string,
  file: string,
  line: number,
  bytes: Uint8Array | undefined,
): Promise<Introduction | null> {
  const repository = findRepository(folder);
  if (!repository || !HASH.test(commit) || !Number.isSafeInteger(line) || line < 1) return null;
  const path = [repository.prefix, file].filter((part) => part !== "").join("/");
  const { gitDir } = repository;
  const committed = await runGit({ gitDir, command: ["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}:${path}`] });
  if (!bytes || !committed.ok || committed.value.stdout.trim() !== blobIdOf(bytes, repository.format)) return null;
  // `git blame` would read the files that the repository's blame.ignoreRevsFile names.
  const answer = await runGit({
    gitDir,
    timeoutMs: LIMITS.lineHistoryMs,
    command: [
      ...(["log", "-1", "--no-patch", "--no-show-signature", "--no-textconv", "--no-ext-diff"] as const),
      `--format=${FORMAT}`,
      `-L${line},${line}:${path}`,
      commit,
    ],
  });
  return answer.ok && answer.value.code === 0 ? parseLog(answer.value.stdout) : null;
}

/** Hash, author, time in seconds and subject, a line each: none can hold a line feed. */
const FORMAT = "%H%n%an%n%at%n%s";

export function parseLog(text: string): Introduction | null {
  const [commit = "", author = "", seconds = "", subject = ""] = text.split("\n");
  const at = new Date(Number(seconds) * 1000);
  if (!HASH.test(commit) || seconds === "" || Number.isNaN(at.getTime())) return null;
  return { commit, author, at: at.toISOString(), subject };
}
