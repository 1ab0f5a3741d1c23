import { fail, firstUnsafe, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { absent, readCommit, type Commit } from "./commit-tree.ts";
import { gitFailed, reasonOf, runGit } from "./git.ts";
import type { Objects } from "./objects.ts";
import { headRef, type Repository } from "./repository.ts";

export interface Revision {
  readonly commit: Commit;
  /** The full ref that was named; null when it was a hash or is behind `~` or `^`. */
  readonly ref: string | null;
}

const MAX_REVISION_CHARS = 250;

/** A name, then any number of steps back: `main`, `refs/tags/v1`, `HEAD~3`, `3f2a91c`, `main^2`. */
const REVISION = /^(.+?)((?:[~^]\d{0,6})*)$/;

/** Why a text is not a revision we hand to git; undefined when it is. */
function syntaxProblem(text: string): string | undefined {
  if (text === "" || text.length > MAX_REVISION_CHARS) return `it has ${text.length} characters`;
  if (text.startsWith("-")) return "it starts with `-`, like an option";
  const unsafe = firstUnsafe(text) ?? /[\s\\:?*[\]'"`$;&|<>(){}!]/.exec(text)?.[0];
  if (unsafe !== undefined) return `it holds ${shown(unsafe)}`;
  const name = REVISION.exec(text)?.[1] ?? "";
  if (/\.\.|@\{|\/\/|^\/|\/$|\.$|\.lock(?:\/|$)|(?:^|\/)\.|^@$|[~^]/.test(name)) return "it is not the name of a branch, tag or commit";
  return undefined;
}

/**
 * The commit a user's text names, once; only its full hash is used from then on. A text that several
 * things answer to is refused even where they agree today: tomorrow one of them moves.
 */
export async function resolveRevision(repository: Repository, objects: Objects, text: string): Promise<Result<Revision>> {
  const why = syntaxProblem(text);
  if (why !== undefined) return fail(unsafeRevision(text, why));
  const [, name = "", steps = ""] = REVISION.exec(text) ?? [];
  const meanings = await meaningsOf(repository.gitDir, objects, name);
  if (!meanings.ok) return meanings;
  const [meaning, ...others] = meanings.value;
  if (meaning === undefined) return fail(unknown(text));
  if (others.length > 0) return fail(ambiguous(text, meanings.value));
  const commit = await readCommit(objects, `${meaning.id}${steps}`);
  if (!commit.ok) return commit;
  // A ref whose object is gone is a damaged repository; a hash or a step too far is a wrong name.
  if (commit.value === "missing") return fail(meaning.ref !== null && steps === "" ? absent(meaning.id) : unknown(text));
  const ref = meaning.ref === "HEAD" ? headRef(repository) : meaning.ref;
  return ok({ commit: commit.value, ref: steps === "" ? ref : null });
}

/** Something a name can mean: a ref, or (ref null) the hash of a commit. */
interface Meaning {
  readonly ref: string | null;
  readonly id: string;
}

async function meaningsOf(gitDir: string, objects: Objects, name: string): Promise<Result<readonly Meaning[]>> {
  const refs = await findRefs(gitDir, name);
  if (!refs.ok) return refs;
  const hashes = await hashesOf(gitDir, name);
  if (!hashes.ok) return hashes;
  const meanings: Meaning[] = [...refs.value];
  for (const id of hashes.value) {
    const commit = await readCommit(objects, id);
    if (!commit.ok) return commit;
    // The beginning of a file's or folder's hash is no name of a commit.
    if (commit.value !== "missing") meanings.push({ ref: null, id });
  }
  return ok(meanings);
}

/** Every ref the name can mean, by the rules of gitrevisions(7). */
async function findRefs(gitDir: string, name: string): Promise<Result<readonly Meaning[]>> {
  const candidates = name.startsWith("refs/")
    ? [name]
    : [...(name === "HEAD" ? ["HEAD"] : []), `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`];
  const found: Meaning[] = [];
  for (const ref of candidates) {
    const id = await idOfRef(gitDir, ref);
    if (!id.ok) return id;
    if (id.value !== null) found.push({ ref, id: id.value });
  }
  return ok(found);
}

/** The hash a ref holds, whether or not the object is there; null when there is no such ref. */
export async function idOfRef(gitDir: string, ref: string): Promise<Result<string | null>> {
  const answer = await runGit({ gitDir, command: ["rev-parse", "--verify", "--quiet", "--end-of-options", ref] });
  if (!answer.ok) return answer;
  const id = /^([0-9a-f]{40}|[0-9a-f]{64})\n$/.exec(answer.value.stdout)?.[1];
  if (answer.value.code === 0 && id !== undefined) return ok(id);
  // Exit code 1 is the quiet "no"; anything else is a repository that git cannot read.
  return answer.value.code === 1 ? ok(null) : fail(gitFailed(reasonOf(answer.value)));
}

/** Objects whose hash the name is or begins; several when the beginning is too short. */
async function hashesOf(gitDir: string, name: string): Promise<Result<readonly string[]>> {
  if (!/^[0-9a-f]{4,64}$/.test(name)) return ok([]);
  if (name.length === 40 || name.length === 64) return ok([name]);
  const answer = await runGit({ gitDir, command: ["rev-parse", `--disambiguate=${name}`] });
  if (!answer.ok) return answer;
  if (answer.value.code !== 0) return fail(gitFailed(reasonOf(answer.value)));
  return ok(
    answer.value.stdout
      .split("\n")
      .filter((line) => line !== "")
      .slice(0, MAX_PREFIXED),
  );
}

/** Of a prefix so short that more objects share it, the rest need not be looked at. */
const MAX_PREFIXED = 64;

function unsafeRevision(text: string, why: string): Diagnostic {
  return problem("REF_UNSAFE", {
    detail: `${shown(text)} is not allowed as a ref: ${why}.`,
    remedy: "Name a branch, a tag or a commit hash; `~N` and `^N` may follow.",
  });
}

const MAX_LISTED = 5;

function ambiguous(text: string, meanings: readonly Meaning[]): Diagnostic {
  const list = meanings
    .slice(0, MAX_LISTED)
    .map(({ ref, id }) => ref ?? `the commit ${id}`)
    .join(", ");
  return problem("REF_AMBIGUOUS", {
    detail: `${shown(text)} can mean ${list}${meanings.length > MAX_LISTED ? " and more" : ""}.`,
    remedy: "Give the full ref (refs/heads/..., refs/tags/...) or the whole hash.",
  });
}

function unknown(text: string): Diagnostic {
  return problem("REF_NOT_IN_REPOSITORY", {
    detail: `No branch, tag or commit answers to ${shown(text)}.`,
    remedy: "Check the name; in a shallow clone, fetch what is older first.",
  });
}
