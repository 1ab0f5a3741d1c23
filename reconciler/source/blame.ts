import { blobIdOf } from "./blob-id.ts";
import { runGit } from "./git.ts";
import { findRepository } from "./repository.ts";

/** The commit that brought a line to what it is. What it says of people is what the commit says, no evidence. */
export interface Introduction {
  readonly commit: string;
  readonly author: string;
  readonly at: string;
  readonly subject: string;
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
  const answer = await runGit({
    gitDir,
    command: ["blame", "--porcelain", "--no-textconv", "--ignore-revs-file=", `-L${line},${line}`, commit, "--", path],
  });
  return answer.ok && answer.value.code === 0 ? parseBlame(answer.value.stdout) : null;
}

/** Porcelain: the hash first, then a field a line, the line itself behind a tab. */
export function parseBlame(text: string): Introduction | null {
  const [head = "", ...rest] = text.split("\n");
  const commit = head.split(" ")[0] ?? "";
  if (!HASH.test(commit)) return null;
  const end = rest.findIndex((line) => line.startsWith("\t"));
  const fields = new Map(
    rest.slice(0, end < 0 ? rest.length : end).map((line) => {
      const space = line.indexOf(" ");
      return space < 0 ? ([line, ""] as const) : ([line.slice(0, space), line.slice(space + 1)] as const);
    }),
  );
  const seconds = Number(fields.get("author-time"));
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return null;
  return { commit, author: fields.get("author") ?? "", at: time.toISOString(), subject: fields.get("summary") ?? "" };
}
