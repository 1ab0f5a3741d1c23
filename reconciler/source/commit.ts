import { fail, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { commitTree } from "./commit-tree.ts";
import { openObjects, type Objects } from "./objects.ts";
import { findRepository, markDamaged, type Repository } from "./repository.ts";
import { resolveRevision } from "./revision.ts";
import { readProject, sourceOf, type ReadLog } from "./tree-source.ts";
import type { RepositoryInfo, Source } from "./types.ts";
import { openWorkTree } from "./work-tree.ts";

/**
 * The files of a commit, read from git's object database and never from a checkout.
 *
 * @param folder - The folder of moltbot.yaml: in a work tree (linked ones too), below it, or in a bare
 *   repository. It need not exist in the work tree, only in the commit.
 * @param revision - A branch, tag, full ref or hash; `~N` and `^N` may follow.
 * @returns `NOT_A_REPOSITORY`, `REF_UNSAFE`, `REF_AMBIGUOUS`, `REF_NOT_IN_REPOSITORY`, `GIT_FAILED` for
 *   what git cannot read, `PROJECT_NOT_FOUND`.
 */
export async function openCommit(folder: string, revision: string): Promise<Result<Source>> {
  const repository = findRepository(folder);
  if (repository === undefined) return fail(notInGit(folder, revision));
  const objects = openObjects(repository.gitDir);
  const opened = await openAt(repository, objects, folder, revision);
  if (!opened.ok) {
    await objects.close();
    return noteDamage(repository, opened);
  }
  const source = opened.value;
  return ok({
    ...source,
    load: async (request, knownBytes) => noteDamage(repository, await source.load(request, knownBytes)),
    read: async (references) => noteDamage(repository, await source.read(references)),
    walk: async (visit) => noteDamage(repository, await source.walk(visit)),
  });
}

/** The full hash of the commit that a revision names; its folders need not hold a Project. */
export async function commitNamed(folder: string, revision: string): Promise<Result<string>> {
  const repository = findRepository(folder);
  if (repository === undefined) return fail(notInGit(folder, revision));
  const objects = openObjects(repository.gitDir);
  try {
    const resolved = await resolveRevision(repository, objects, revision);
    return resolved.ok ? ok(resolved.value.commit.id) : resolved;
  } finally {
    await objects.close();
  }
}

function notInGit(folder: string, revision: string): Diagnostic {
  return problem("NOT_A_REPOSITORY", {
    detail: `${shown(folder)} is in no git repository, so there is no ${shown(revision)}.`,
    remedy: "Leave out --ref to plan the files on disk.",
  });
}

async function openAt(repository: Repository, objects: Objects, folder: string, revision: string): Promise<Result<Source>> {
  const resolved = await resolveRevision(repository, objects, revision);
  if (!resolved.ok) return resolved;
  const { commit, ref } = resolved.value;
  const tree = commitTree(objects, commit, repository.prefix);
  const project = await readProject(tree, folder);
  if (!project.ok) return project;
  const log: ReadLog = { blobs: new Map(), requests: [], bytes: 0 };
  const info = async (): Promise<Result<RepositoryInfo>> => {
    const uncommitted = repository.top !== null && (await isWorkTreeDirty(folder, log));
    return ok({ commit: commit.id, tree: commit.tree, ref, dirty: false, uncommitted });
  };
  return ok(
    sourceOf({ tree, project: project.value, log, folder, ignored: () => Promise.resolve(new Set()), info, close: () => objects.close() }),
  );
}

/** A mirror in which something is missing or changed is made anew by its next fetch. */
function noteDamage<T>(repository: Repository, result: Result<T>): Result<T> {
  if (!result.ok && result.diagnostics.some((each) => each.code === "GIT_FAILED")) markDamaged(repository.gitDir);
  return result;
}

/**
 * Would the work tree, read in the same way, differ from HEAD? Only a remark hangs on the answer, so a
 * work tree that cannot be read counts as changed.
 */
async function isWorkTreeDirty(folder: string, log: ReadLog): Promise<boolean> {
  const source = await openWorkTree(folder);
  if (!source.ok) return true;
  for (const request of log.requests) if (!(await source.value.load(request)).ok) return true;
  const info = await source.value.info();
  return !info.ok || info.value.dirty;
}
