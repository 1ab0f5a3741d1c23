import { caution, escapeText, type Diagnostic } from "../core/index.ts";

/** What became of version control: a commit was made, somebody else's repository was found, or it failed. */
export type Committed =
  | { readonly kind: "committed"; readonly commit: string }
  | { readonly kind: "inside" }
  | { readonly kind: "left-out" }
  | { readonly kind: "failed"; readonly diagnostic: Diagnostic };

const DEFAULT_BRANCH = "main";
/** Who commits; every other variable that steers git is kept from it. */
const IDENTITY = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];

/**
 * Makes the folder a git repository with one commit of these files. With the user's own configuration:
 * the commit is theirs. A folder inside a repository is left alone, so that they decide what goes in.
 */
export async function firstCommit(folder: string, files: readonly string[]): Promise<Committed> {
  const { simpleGit } = await import("simple-git");
  try {
    const git = simpleGit({ baseDir: folder, allowEnvironment: IDENTITY });
    if (await git.checkIsRepo()) return { kind: "inside" };
    const { value } = await git.getConfig("init.defaultBranch");
    await git.init(value === null ? [`--initial-branch=${DEFAULT_BRANCH}`] : []);
    await git.add(["--", ...files]);
    await git.commit("Declare the first agent");
    return { kind: "committed", commit: await git.revparse(["HEAD"]) };
  } catch (error) {
    return { kind: "failed", diagnostic: notCommitted(error as Error) };
  }
}

/** The files stand; only git did not do its part. */
function notCommitted(error: Error): Diagnostic {
  const first = error.message.split("\n").find((line) => line.trim() !== "") ?? "no reason given";
  return caution("GIT_FAILED", {
    detail: `The files are written, but git did not commit them: ${escapeText(first.trim())}.`,
    remedy:
      'Tell git who you are, or commit them yourself:\n  git config user.name "..."; git config user.email "..."\n  git add -A && git commit',
  });
}
