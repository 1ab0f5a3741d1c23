import { fail, InternalError, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { parseCommit, type CommitObject } from "../../trust/signatures/index.ts";
import { gitFailed } from "./git.ts";
import { openObjects, type Objects } from "./objects.ts";
import { newQueue } from "./priority-queue.ts";
import { findRepository, markDamaged } from "./repository.ts";

/** A commit as the object database holds it; one that is no commit as git writes them has a fault instead. */
export interface HistoricCommit {
  readonly id: string;
  readonly parsed: CommitObject | { readonly fault: string };
}

/** What lies between two commits. */
export interface Stretch {
  /** The newer one itself. */
  readonly tip: HistoricCommit;
  /** Reachable from the newer and not from the older one, on every parent side; the newest first. */
  readonly commits: readonly HistoricCommit[];
  /** Ids of commits behind the older one, and of itself, that were passed: they show where the others end. */
  readonly behind: readonly string[];
  /** The newer one builds on the older one, or is it. */
  readonly isDescendant: boolean;
}

/**
 * The commits behind `tip` that are not behind `known`. Read from the raw objects, each hashed again:
 * neither shallow marks, grafts, replacements nor a commit graph that lies in the repository take part.
 * Where commits claim impossible dates, some that are behind `known` too may be among them, never fewer.
 *
 * @param folder - Any folder of the repository.
 * @param known - Null for the whole history of `tip`.
 * @returns `COMMIT_HISTORY_MISSING` when an object is not there, `COMMITS_TOO_MANY`, `COMMIT_TOO_LARGE`, `GIT_FAILED`.
 */
export async function commitsBetween(folder: string, tip: string, known: string | null): Promise<Result<Stretch>> {
  const repository = findRepository(folder);
  if (!repository) return fail(problem("NOT_A_REPOSITORY", { detail: `${shown(folder)} is in no git repository.` }));
  const objects = openObjects(repository.gitDir);
  try {
    const stretch = await walk(objects, tip, known);
    if (!stretch.ok && stretch.diagnostics.some((each) => each.code === "GIT_FAILED")) markDamaged(repository.gitDir);
    return stretch;
  } finally {
    await objects.close();
  }
}

/**
 * The raw objects of the same commits and of those they end at, for somebody who has no repository.
 *
 * @returns null where they are not all here, or are more than {@link LIMITS.proofCommits}.
 */
export async function rawCommits(
  folder: string,
  tip: string,
  known: string | null,
): Promise<readonly { readonly id: string; readonly bytes: Uint8Array }[] | null> {
  const stretch = await commitsBetween(folder, tip, known);
  const repository = findRepository(folder);
  if (!stretch.ok || !repository) return null;
  const ids = [...new Set([tip, ...stretch.value.commits.map(({ id }) => id), ...stretch.value.behind])];
  if (ids.length > LIMITS.proofCommits) return null;
  const objects = openObjects(repository.gitDir);
  try {
    const answers = await objects.getAll(ids, LIMITS.commitBytes);
    if (!answers.ok) return null;
    const found = answers.value.flatMap((answer) => ("object" in answer ? [{ id: answer.object.id, bytes: answer.object.bytes }] : []));
    return found.length === ids.length ? found : null;
  } finally {
    await objects.close();
  }
}

/** From which of the two ends a commit was reached. */
interface Visit {
  readonly commit: HistoricCommit;
  isNew: boolean;
  isKnown: boolean;
}

type Mark = Pick<Visit, "isNew" | "isKnown">;

/**
 * Both ends are walked at once, the newest by what commits claim first, until everything that waits is
 * behind the known one. Dates order the walk and decide nothing: a wrong one costs time.
 */
async function walk(objects: Objects, tip: string, known: string | null): Promise<Result<Stretch>> {
  const visits = new Map<string, Visit>();
  const queue = newQueue<Visit>(dateOf);
  const reach = async (id: string, { isNew, isKnown }: Mark): Promise<Diagnostic | undefined> => {
    const seen = visits.get(id);
    if (seen) {
      const isMore = (isNew && !seen.isNew) || (isKnown && !seen.isKnown);
      seen.isNew ||= isNew;
      seen.isKnown ||= isKnown;
      // What was learned of a commit holds for everything behind it.
      if (isMore) queue.push(seen, true);
      return undefined;
    }
    if (visits.size >= LIMITS.commitsVerified) return tooMany(tip);
    const commit = await readHistoric(objects, id);
    if (!commit.ok) return commit.diagnostics[0] ?? missing(id);
    const visit = { commit: commit.value, isNew, isKnown };
    visits.set(id, visit);
    queue.push(visit, !isKnown);
    return undefined;
  };
  const starts: readonly (readonly [string | null, Mark])[] = [
    [tip, { isNew: true, isKnown: false }],
    [known, { isNew: false, isKnown: true }],
  ];
  for (const [id, mark] of starts) {
    const fault = id === null ? undefined : await reach(id, mark);
    if (fault) return fail(fault);
  }
  while (queue.isOpen()) {
    const visit = queue.pop();
    if (!visit) break;
    for (const parent of parentsOf(visit.commit)) {
      const fault = await reach(parent, visit);
      if (fault) return fail(fault);
    }
  }
  const first = visits.get(tip);
  if (!first) throw new InternalError("the walk lost its start");
  const commits = [...visits.values()].filter(({ isKnown }) => !isKnown).map(({ commit }) => commit);
  const behind = [...visits.values()].filter(({ isKnown }) => isKnown).map(({ commit }) => commit.id);
  return ok({ tip: first.commit, commits, behind, isDescendant: known === null || visits.get(known)?.isNew === true });
}

function parentsOf({ parsed }: HistoricCommit): readonly string[] {
  return "fault" in parsed ? [] : parsed.parents;
}

function dateOf({ commit: { parsed } }: Visit): number {
  return "fault" in parsed ? 0 : parsed.claimedAt;
}

async function readHistoric(objects: Objects, id: string): Promise<Result<HistoricCommit>> {
  const answer = await objects.get(id, LIMITS.commitBytes);
  if (!answer.ok) return answer;
  if ("missing" in answer.value) return fail(missing(id));
  if ("tooLarge" in answer.value) return fail(tooLarge(id));
  const { type, bytes } = answer.value.object;
  if (type !== "commit") return fail(gitFailed(`the object ${id} is no commit`));
  const parsed = parseCommit(bytes, id.length === 40 ? "sha1" : "sha256");
  return ok({ id, parsed: "fault" in parsed ? parsed : parsed.commit });
}

function missing(id: string): Diagnostic {
  return problem("COMMIT_HISTORY_MISSING", {
    detail: `The commit ${id} is not in this repository, so what lies between it and the commit to apply cannot be verified.`,
    remedy: "Fetch the whole history:\n  git fetch --unshallow",
    context: { commit: id },
  });
}

function tooMany(tip: string): Diagnostic {
  return problem("COMMITS_TOO_MANY", {
    detail: `More than ${LIMITS.commitsVerified} commits (limit commitsVerified) would have to be verified for ${tip}.`,
    remedy: "Apply a commit in between first; before the first apply, name where verification begins:\n  moltbot trust init --since REV",
    context: { commit: tip, limit: LIMITS.commitsVerified },
  });
}

function tooLarge(id: string): Diagnostic {
  return problem("COMMIT_TOO_LARGE", {
    detail: `The commit ${id} has more than ${LIMITS.commitBytes} bytes (limit commitBytes).`,
    remedy: "Make the commit again with a shorter message.",
    context: { commit: id, limit: LIMITS.commitBytes },
  });
}
