import { realpathSync, statSync } from "node:fs";
import { fail, ok, type Result } from "../../core/index.ts";
import { absent, commitTree, readCommit, type CommitTree } from "./commit-tree.ts";
import { diskTree } from "./disk-tree.ts";
import { openIndex } from "./git-index.ts";
import { openObjects } from "./objects.ts";
import { idOfRef } from "./revision.ts";
import { findRepository, headRef, type Repository } from "./repository.ts";
import { selectFiles } from "./select-files.ts";
import { noProject, readProject, sourceOf, type ReadLog } from "./tree-source.ts";
import { ignoredBelow } from "./walk.ts";
import type { RepositoryInfo, Source } from "./types.ts";

/**
 * The files on the disk, tracked by git or not. No repository is needed; in one, `info` says which
 * commit the files stand on and whether they differ from it.
 *
 * @param folder - The folder that holds moltbot.yaml.
 * @returns `PROJECT_NOT_FOUND`, or what keeps moltbot.yaml from being read.
 */
export async function openWorkTree(folder: string): Promise<Result<Source>> {
  const root = realFolder(folder);
  if (root === undefined) return fail(noProject(folder));
  const repository = findRepository(root);
  const tree = diskTree(root, repository?.format ?? "sha1", () => repository && openIndex(repository, root));
  const project = await readProject(tree, folder);
  if (!project.ok) return project;
  const log: ReadLog = { blobs: new Map(), requests: [], bytes: 0 };
  const info = (): Promise<Result<RepositoryInfo>> => (repository ? workTreeInfo(repository, log) : Promise.resolve(ok(OUTSIDE_GIT)));
  const ignored = async (): Promise<ReadonlySet<string>> => (repository ? await ignoredBelow(repository) : new Set());
  return ok(sourceOf({ tree, project: project.value, log, folder: root, ignored, info, close: () => Promise.resolve() }));
}

const OUTSIDE_GIT: RepositoryInfo = { commit: null, tree: null, ref: null, dirty: false, uncommitted: false };

/** The folder the user named, links resolved: what lies below it is never reached through one. */
function realFolder(folder: string): string | undefined {
  try {
    const root = realpathSync(folder);
    return statSync(root).isDirectory() ? root : undefined;
  } catch {
    return undefined;
  }
}

/** HEAD, and whether what was read is what it holds. The bytes decide, never the index or `git status`. */
async function workTreeInfo(repository: Repository, log: ReadLog): Promise<Result<RepositoryInfo>> {
  const ref = headRef(repository);
  const objects = openObjects(repository.gitDir);
  try {
    const head = await readCommit(objects, "HEAD");
    if (!head.ok) return head;
    if (head.value === "missing") return await withoutCommit(repository, ref);
    const dirty = await differs(commitTree(objects, head.value, repository.prefix), log);
    if (!dirty.ok) return dirty;
    return ok({ commit: head.value.id, tree: head.value.tree, ref, dirty: dirty.value, uncommitted: dirty.value });
  } finally {
    await objects.close();
  }
}

/** No commit yet: whatever is there is not in one. A HEAD that names a commit which is gone is another matter. */
async function withoutCommit(repository: Repository, ref: string | null): Promise<Result<RepositoryInfo>> {
  const head = await idOfRef(repository.gitDir, "HEAD");
  if (!head.ok) return head;
  if (head.value !== null) return fail(absent(head.value));
  return ok({ commit: null, tree: null, ref, dirty: true, uncommitted: true });
}

/** Does the commit hold other bytes for a path that was read, or a manifest that was not? */
async function differs(commit: CommitTree, log: ReadLog): Promise<Result<boolean>> {
  for (const request of log.requests) {
    const { manifests, overlays, problems } = await selectFiles(commit, request);
    const unreadable = problems.filter((each) => each.code === "GIT_FAILED");
    if (unreadable.length > 0) return fail(...unreadable);
    if ([...manifests, ...overlays].some((path) => !log.blobs.has(path))) return ok(true);
  }
  const ids = await commit.blobIds([...log.blobs.keys()]);
  return ok([...log.blobs].some(([path, id]) => ids.get(path) !== id));
}
