import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, firstUnsafe, isObject, LIMITS, ok, problem, shown, type Diagnostic, type Json, type Result } from "../../core/index.ts";
import { parseAddress, type Address } from "./address.ts";
import { readCommit } from "./commit-tree.ts";
import { gitFailed, reasonOf, runGit, type GitAnswer } from "./git.ts";
import { openObjects } from "./objects.ts";
import { isMarkedDamaged, isMirror, MIRROR_FILE } from "./repository.ts";
import { idOfRef } from "./revision.ts";
import { readFailed } from "./tree.ts";
import type { Mirror, MirrorOptions } from "./types.ts";

/** The one ref of a mirror. */
const MIRROR_REF = "refs/moltbot/source";

/** What a mirror follows; written into it, so that it cannot start to follow something else in silence. */
interface Binding {
  readonly formatVersion: "1.0";
  readonly url: string;
  readonly branch: string;
}

/**
 * A bare clone of one branch in `stateDir`, ours alone (0700), with our own configuration: nothing of
 * the followed repository but its objects ever gets into it.
 *
 * @returns `REF_UNSAFE` for an address or branch git must not see, `MIRROR_BOUND` when the folder
 *   follows something else.
 */
export async function openMirror(url: string, branch: string, stateDir: string, options: MirrorOptions = {}): Promise<Result<Mirror>> {
  const address = parseAddress(url, options.allowLocal === true);
  if (!address.ok) return address;
  const wrongBranch = branchProblem(branch);
  if (wrongBranch) return fail(wrongBranch);
  const folder = join(stateDir, "source.git");
  const binding: Binding = { formatVersion: "1.0", url: address.value.url, branch };
  const bound = checkBinding(folder, binding, options.rebind === true);
  if (bound) return fail(bound);
  if (!isBoundTo(folder, binding)) {
    const made = await makeMirror(freshOf(folder), binding);
    if (!made.ok) return made;
    const moved = replace(folder);
    if (moved) return fail(moved);
  }
  return ok({ folder, head: () => headOf(folder), fetch: (signal) => fetchInto(folder, { address: address.value, binding, signal }) });
}

/** A new mirror is made beside its place and moved into it whole. */
function freshOf(folder: string): string {
  return `${folder}.new`;
}

function branchProblem(branch: string): Diagnostic | undefined {
  const isName = /^[^\s~^:?*[\]\\'"`$;&|<>(){}!]+$/.test(branch) && firstUnsafe(branch) === undefined && branch.length <= 250;
  if (isName && !/^[-/.]|\.\.|@\{|\/\/|\/\.|[/.]$|\.lock(?:\/|$)|^@$/.test(branch)) return undefined;
  return problem("REF_UNSAFE", {
    detail: `${shown(branch)} is not the name of a branch.`,
    remedy: "Name a branch without refs/heads/, such as main.",
  });
}

function readBinding(folder: string): Json | undefined {
  if (!isMirror(folder)) return undefined;
  try {
    return JSON.parse(readFileSync(join(folder, MIRROR_FILE), "utf8")) as Json;
  } catch {
    return undefined;
  }
}

function isBoundTo(folder: string, binding: Binding): boolean {
  const found = readBinding(folder);
  return isObject(found) && found["url"] === binding.url && found["branch"] === binding.branch;
}

/** Why this folder may not become, or go on as, the mirror asked for. */
function checkBinding(folder: string, binding: Binding, mayRebind: boolean): Diagnostic | undefined {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined || mayRebind || isBoundTo(folder, binding)) return undefined;
  const found = readBinding(folder);
  const other = isObject(found) ? `${shown(found["url"])}, branch ${shown(found["branch"])}` : "something that is no mirror of ours";
  return problem("MIRROR_BOUND", {
    detail: `${shown(folder)} follows ${other}, not ${shown(binding.url)}, branch ${shown(binding.branch)}.`,
    remedy: "If the change is wanted, run the command with --rebind; else use another --state folder.",
  });
}

async function makeMirror(folder: string, binding: Binding): Promise<Result<void>> {
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Without a template: those of the system may hold hooks.
    const made = await runGit({ gitDir: folder, command: ["init", "--bare", "--quiet", "--template="] });
    if (!made.ok) return made;
    if (made.value.code !== 0) return fail(gitFailed(reasonOf(made.value), "Check the state folder and its file system."));
    writeFileSync(join(folder, MIRROR_FILE), `${JSON.stringify(binding)}\n`, { mode: 0o600 });
    return ok(undefined);
  } catch (error) {
    return fail(writeProblem(folder, error));
  }
}

function replace(folder: string): Diagnostic | undefined {
  try {
    rmSync(folder, { recursive: true, force: true });
    renameSync(freshOf(folder), folder);
    return undefined;
  } catch (error) {
    return writeProblem(folder, error);
  }
}

function writeProblem(path: string, error: unknown): Diagnostic {
  return readFailed(path, error instanceof Error && "code" in error ? String(error.code) : "unknown reason");
}

/** The fetched commit, if it is there and readable. */
async function headOf(folder: string): Promise<Result<string | null>> {
  const id = await idOfRef(folder, MIRROR_REF);
  if (!id.ok || id.value === null) return id;
  const objects = openObjects(folder);
  try {
    const commit = await readCommit(objects, id.value);
    if (!commit.ok) return commit;
    return commit.value === "missing"
      ? fail(gitFailed(`the commit ${id.value} is missing in the mirror`, "The next fetch repairs it."))
      : ok(commit.value.id);
  } finally {
    await objects.close();
  }
}

interface Fetch {
  readonly address: Address;
  readonly binding: Binding;
  readonly signal: AbortSignal | undefined;
}

async function fetchInto(folder: string, fetch: Fetch): Promise<Result<string>> {
  if (!(await isDamaged(folder))) {
    const first = await fetchOnce(folder, fetch);
    if (first.ok || !(await isDamaged(folder))) return first;
  }
  // What can still be read stays in its place until a whole new mirror stands beside it.
  const fresh = freshOf(folder);
  const made = await makeMirror(fresh, fetch.binding);
  if (!made.ok) return made;
  const fetched = await fetchOnce(fresh, fetch);
  if (!fetched.ok) return fetched;
  const moved = replace(folder);
  return moved ? fail(moved) : fetched;
}

/** Locks that a fetch leaves behind when it is killed. The mirror is ours alone, so no other one holds them. */
const LOCKS = [`${MIRROR_REF}.lock`, "shallow.lock", "packed-refs.lock", "config.lock"];

async function fetchOnce(folder: string, { address, binding, signal }: Fetch): Promise<Result<string>> {
  for (const lock of LOCKS) rmSync(join(folder, lock), { force: true });
  const refspec = `+refs/heads/${binding.branch}:${MIRROR_REF}`;
  const options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance", "--atomic"];
  const answer = await runGit({
    gitDir: folder,
    command: ["fetch", ...options, "--", address.url, refspec],
    reach: address.reach,
    timeoutMs: LIMITS.fetchTimeoutMs,
    signal,
  });
  if (!answer.ok) return answer;
  if (answer.value.code !== 0) return fail(redirected(binding, answer.value) ?? fetchProblem(binding, reasonOf(answer.value)));
  const head = await headOf(folder);
  if (!head.ok) return head;
  return head.value === null ? fail(fetchProblem(binding, "the branch is not there")) : ok(head.value);
}

/** A server that sends us elsewhere is not followed, whoever it names: another address is another binding. */
function redirected(binding: Binding, { stderr }: GitAnswer): Diagnostic | undefined {
  const status = /returned error: (30[12378])\b/.exec(stderr)?.[1];
  if (status === undefined) return undefined;
  return problem("SOURCE_REDIRECTED", {
    detail: `${shown(binding.url)} answers with a redirection (${status}) to another address. It was not followed, and nothing was sent there.`,
    remedy: "If the repository moved and the new address is trusted, follow it on purpose:\nmoltbot watch --source NEW-ADDRESS --rebind",
    context: { status: Number(status) },
  });
}

function fetchProblem(binding: Binding, reason: string): Diagnostic {
  return gitFailed(
    `the branch ${binding.branch} of ${binding.url} could not be fetched: ${reason}`,
    "What was fetched before stays in force; the next fetch tries again.",
  );
}

/** The mirror itself is broken: it is not one, or what is behind its ref is gone, changed, or was found so by a reader. */
async function isDamaged(folder: string): Promise<boolean> {
  return !isMirror(folder) || isMarkedDamaged(folder) || !(await headOf(folder)).ok;
}
