import { join } from "node:path";
import { fail, mapResult, ok, problem, type Diagnostic, type JsonObject, type Owner, type Resource, type Result } from "../core/index.ts";
import {
  isEmptyTrust,
  loadPolicyAttestations,
  readCommitTrust,
  trustedSigners,
  type ListedPolicySigner,
  type TrustedSigner,
} from "../trust/signatures/index.ts";
import { judgeInForce, nameOf, policyLevelOf, trustOf, type CommitJudge, type PolicyLevel } from "./commit-judge.ts";
import { readDesired } from "./desired.ts";
import { noRecord, open } from "./opened.ts";
import { place } from "./place.ts";
import { commitNamed } from "./source/index.ts";
import { stateFolder } from "./targets/index.ts";
import { ANCHOR_FILE, anchorExists, readAnchor, readAnchorFile, removeAnchor, writeAnchor, type TrustAnchor } from "./trust-anchor.ts";
import { differenceWarnings, trustDifferences, type TrustDifference, type TrustLists } from "./trust-lists.ts";
import type { Query, World } from "./types.ts";
import { anchorOf } from "./verifying.ts";

/** Whom this host believes, and why. */
export interface TrustReport {
  /** Null where nothing is applied and no Project is here. */
  readonly owner: Owner | null;
  /** Something was applied. */
  readonly isApplied: boolean;
  /** What judges the next commit: `nobody` where nothing is verified. */
  readonly judge: CommitJudge["by"];
  readonly level: CommitJudge["level"];
  /** The generation that judges; null where another does. */
  readonly generation: number | null;
  /** Who may sign the next commit. */
  readonly signers: readonly TrustedSigner[];
  readonly anchor: AnchorReport | null;
  /** How the compiled policies in force are held to account, and who may say that they were compiled from their sources; null where nothing is applied. */
  readonly policies: { readonly level: PolicyLevel; readonly signers: readonly ListedPolicySigner[] } | null;
  /** Who stands in one of the lists and not in another: what was taken from one may still be believed by another. */
  readonly differences: readonly TrustDifference[];
}

export interface AnchorReport {
  readonly file: string;
  readonly actor: string;
  readonly at: string;
  /** The commit up to which the history is vouched for. */
  readonly since: string | null;
  readonly signers: readonly TrustedSigner[];
}

/**
 * Who judges the next commit here, and whom they allow. Works while manifests are broken: then only the files' list is not
 * held against the others.
 */
export async function trustReport(query: Query, world: World): Promise<Result<TrustReport>> {
  const opened = await open(query, world);
  if (!opened.ok) return query.state === undefined ? opened : await withoutProject(query.state, opened);
  const { context, target, owner } = opened.value;
  const anchor = anchorOf(context, query);
  if (!anchor.ok) return anchor;
  const observation = await target.observe(owner, [], world.signal);
  if (!observation.ok) return observation;
  const { live, read } = observation.value;
  const projects = await read([...live.rows.keys()].filter((address) => address.startsWith("Project/")));
  if (!projects.ok) return projects;
  const active: Resource | undefined = [...projects.value.values()][0];
  const judge = judgeInForce(active, undefined, anchor.value, live.generation);
  const signers = await signersOf(judge.trust);
  if (!signers.ok) return signers;
  const anchored =
    anchor.value && (await anchorReport(join(stateFolder(context.project.target, context.folder, query.state), ANCHOR_FILE), anchor.value));
  if (anchored && !anchored.ok) return anchored;
  const generation = judge.by === "generation" ? (live.generation?.number ?? null) : null;
  const stored = anchored?.value ?? null;
  const lists = await listsOf(judge.by, stored, active, query, world);
  const report: TrustReport = {
    owner,
    isApplied: active !== undefined,
    judge: judge.by,
    level: judge.level,
    generation,
    signers: signers.value,
    anchor: stored,
    policies: await policiesOf(active),
    differences: trustDifferences(lists),
  };
  return ok(report, differenceWarnings(lists));
}

async function policiesOf(active: Resource | undefined): Promise<TrustReport["policies"]> {
  if (!active) return null;
  const { listedPolicySigners } = await loadPolicyAttestations();
  return { level: policyLevelOf(active), signers: listedPolicySigners(active) };
}

async function listsOf(
  judge: CommitJudge["by"],
  anchor: AnchorReport | null,
  active: Resource | undefined,
  query: Query,
  world: World,
): Promise<TrustLists> {
  const declared = await declaredTrust(query, world);
  return {
    judge,
    anchor: anchor?.signers ?? null,
    active: active ? await listOf(trustOf(active)) : null,
    files: declared.ok ? await listOf(declared.value.trust) : null,
  };
}

/** A list that names nobody asks for nothing, so it differs from none. */
async function listOf(trust: JsonObject): Promise<readonly TrustedSigner[] | null> {
  const signers = await signersOf(trust);
  return signers.ok && signers.value.length > 0 ? signers.value : null;
}

/** A host on which nothing was applied yet may have an anchor all the same. */
async function withoutProject(dir: string, otherwise: Result<never>): Promise<Result<TrustReport>> {
  const stored = readAnchor(dir);
  if (!stored.ok) return stored;
  if (!stored.value) return otherwise;
  const anchor = await anchorReport(join(dir, ANCHOR_FILE), stored.value);
  return mapResult(anchor, (report) => ({
    owner: null,
    isApplied: false,
    judge: "anchor",
    level: "require",
    generation: null,
    signers: report.signers,
    anchor: report,
    policies: null,
    differences: [],
  }));
}

async function anchorReport(file: string, { actor, at, since, trust }: TrustAnchor): Promise<Result<AnchorReport>> {
  const signers = await signersOf(trust);
  return signers.ok ? ok({ file, actor, at, since, signers: signers.value }) : signers;
}

async function signersOf(trust: JsonObject): Promise<Result<readonly TrustedSigner[]>> {
  const read = await readCommitTrust(trust);
  return "faults" in read
    ? { ok: false, diagnostics: read.faults.map(({ at, why }) => unusable(at, why)) }
    : ok(trustedSigners(read.trust));
}

function unusable(at: readonly string[], why: string): Diagnostic {
  return problem("SIGNERS_INVALID", {
    detail: `${at.join(".")} cannot be used: ${why}.`,
    remedy: "Correct it; docs/commits.md has the forms.",
  });
}

export interface AnchorRequest {
  /** An allowed_signers file, an armored keyring or another host's anchor; absent for what the Project itself lists. */
  readonly file?: string;
  /** A revision up to which the history is vouched for. */
  readonly since?: string;
  readonly mayReplace: boolean;
  /** The list of the active generation is not to be believed any more: the anchor judges the next apply. */
  readonly overrules: boolean;
  /** Asked with the signers in hand; a failed result ends it before anything is written. */
  readonly confirm: (signers: readonly TrustedSigner[], source: string) => Promise<Result<void>>;
}

/** Stores on this host whom to believe: until something is applied, and so that signatures stay required. */
export async function setAnchor(query: Query, request: AnchorRequest, world: World): Promise<Result<AnchorReport>> {
  const dir = await stateOf(query, world);
  if (!dir.ok) return dir;
  const state = dir.value;
  const old = request.mayReplace ? ok(null) : readAnchor(state);
  if (!old.ok) return old;
  if (old.value) return fail(anchorExists(join(state, ANCHOR_FILE)));
  const wanted = await wantedAnchor(query, request, world);
  if (!wanted.ok) return wanted;
  const { signers, ...parts } = wanted.value;
  const confirmed = await request.confirm(signers, request.file ?? "the Project's own list, which the repository brings along");
  if (!confirmed.ok) return confirmed;
  const { actor } = world;
  const at = world.clock.now().toISOString();
  const file = writeAnchor(state, { formatVersion: "1.0", kind: "TrustAnchor", ...parts, actor, at }, request.mayReplace);
  return file.ok ? ok({ file: file.value, actor, at, since: parts.since, signers }) : file;
}

type Wanted = Pick<TrustAnchor, "trust" | "since" | "over"> & { readonly signers: readonly TrustedSigner[] };

/** What is asked for, read and checked: an anchor that nobody could satisfy is never stored. */
async function wantedAnchor(query: Query, { file, since, overrules }: AnchorRequest, world: World): Promise<Result<Wanted>> {
  const from = file === undefined ? await declaredTrust(query, world) : readAnchorFile(file);
  if (!from.ok) return from;
  const read = await readCommitTrust(from.value.trust);
  if ("faults" in read) return { ok: false, diagnostics: read.faults.map(({ at, why }) => unusable(at, why)) };
  if (isEmptyTrust(read.trust)) return fail(unusable([file ?? "spec.trust"], "it lists nobody who may sign commits"));
  const begin = since === undefined ? ok(from.value.since) : await commitNamed(query.repo, since);
  if (!begin.ok) return begin;
  const over = overrules ? await activeName(query, world) : ok(null);
  if (!over.ok) return over;
  return ok({ trust: from.value.trust, since: begin.value, over: over.value, signers: trustedSigners(read.trust) });
}

/** The active generation, by the name an anchor overrules it with. */
async function activeName(query: Query, world: World): Promise<Result<string>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const status = await opened.value.target.record.status(opened.value.owner);
  if (!status.ok) return status;
  return status.value?.active ? ok(nameOf(status.value.active)) : noRecord(opened.value.owner);
}

/** What the Project of the files or of the commit lists. Only what judges commits is taken. */
async function declaredTrust(query: Query, world: World): Promise<Result<Pick<TrustAnchor, "trust" | "since">>> {
  const desired = await readDesired(query, world);
  if (!desired.ok) return desired;
  const { config, project } = desired.value;
  const { plugins: _, ...trust } = trustOf(config.byAddress.get(`Project/${project.name}`)?.resource);
  return ok({ trust, since: null });
}

/** Ends the anchor; the active generation judges alone, if it asks for signatures. */
export async function dropAnchor(
  query: Query,
  confirm: () => Promise<Result<void>>,
  world: World,
): Promise<Result<{ readonly file: string; readonly removed: boolean }>> {
  const dir = await stateOf(query, world);
  if (!dir.ok) return dir;
  const confirmed = await confirm();
  if (!confirmed.ok) return confirmed;
  const removed = removeAnchor(dir.value);
  return removed.ok ? ok({ file: join(dir.value, ANCHOR_FILE), removed: removed.value }) : removed;
}

/** The state folder. One that is named needs no Project beside it: a host may follow a repository elsewhere. */
async function stateOf(query: Query, world: World): Promise<Result<string>> {
  return query.state === undefined ? mapResult(await place(query, world), ({ state }) => state) : ok(query.state);
}
