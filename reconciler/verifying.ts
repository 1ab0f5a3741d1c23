import { addressOf, caution, ok, problem, type Diagnostic, type JsonObject, type Resource, type Result } from "../core/index.ts";
import { isEmptyTrust, readCommitTrust, type CommitTrust, type CommitSigner, type Verdict } from "../trust/signatures/index.ts";
import { judgeOne, verdictOf } from "./commit-verdicts.ts";
import { judgeInForce, levelOf, trustOf, type CommitJudge } from "./commit-judge.ts";
import type { Context } from "./desired.ts";
import type { LiveState } from "./diff/index.ts";
import { stateFolders } from "./left-record.ts";
import { locate } from "./manifest/index.ts";
import { originIn, type ResolvedConfig } from "./resolve/index.ts";
import { commitsBetween, type HistoricCommit, type Stretch } from "./source/index.ts";
import { readAnchor, readAnchorFile, type TrustAnchor } from "./trust-anchor.ts";
import type { Query, World } from "./types.ts";

/** What is known of the commit that a plan is made from. */
export interface Verification {
  readonly judge: CommitJudge["by"];
  /** Who signed the newest commit, and may; null where nobody was asked, or they may not. */
  readonly signer: CommitSigner | null;
  /** Every commit that had to be looked at is signed by somebody allowed. */
  readonly isVerified: boolean;
  /** Why an older or unrelated commit is taken all the same. */
  readonly olderBecause: string | null;
  readonly blockers: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** The commits that were looked at; null where none were. */
  readonly history: History | null;
}

/** What was read of the repository's history, for whoever asks about the same commits next. */
export interface History {
  /** Up to where; null for down to the roots. */
  readonly known: string | null;
  readonly stretch: Stretch;
}

export const NOT_VERIFIED: Verification = {
  judge: "nobody",
  signer: null,
  isVerified: false,
  olderBecause: null,
  blockers: [],
  warnings: [],
  history: null,
};

/** What the desired state is held against. */
export interface Verifiable {
  readonly context: Context;
  readonly config: ResolvedConfig;
  readonly live: LiveState;
  /** The Project as it is active; undefined where none is. */
  readonly active: Resource | undefined;
}

/**
 * The stage "verify", for commits: every commit since the last applied one, on each parent side, must be
 * signed by somebody whom the judge in force allows.
 *
 * @returns `SIGNERS_INVALID` when the declared trust cannot be used, `TRUST_ANCHOR_INVALID`.
 */
export async function verifyCommits(verifiable: Verifiable, query: Query, world: World): Promise<Result<Verification>> {
  const { context, config, active } = verifiable;
  const anchor = anchorOf(context, query);
  if (!anchor.ok) return anchor;
  const declared = config.byAddress.get(addressOf("Project", context.project.name))?.resource;
  const wrong = await declaredProblems(declared, verifiable, world);
  if (wrong.length > 0) return { ok: false, diagnostics: wrong };
  const judge = judgeInForce(active, declared, anchor.value, verifiable.live.generation);
  if (judge.by === "nobody") return ok(NOT_VERIFIED);
  world.progress({ stage: "verify", message: "verifying commits" });
  const read = await readCommitTrust(judge.trust);
  if ("faults" in read) return { ok: false, diagnostics: read.faults.map(({ at, why }) => judgeUnusable(judge, at, why)) };
  const found = await judgeAll(verifiable, { judge, trust: read.trust, anchor: anchor.value, declared }, query, world);
  // Who only warns blocks nothing: what it found is told beside the plan.
  if (judge.level === "require") return ok(found);
  return ok({ ...found, blockers: [], warnings: [...found.blockers.map((each) => caution(each.code, each)), ...found.warnings] });
}

/** The anchor of this run: the one on the command line, else that of the state folder. */
export function anchorOf({ project, folder }: Pick<Context, "project" | "folder">, query: Query): Result<TrustAnchor | null> {
  if (query.trustAnchor === undefined) return hostAnchor({ project, folder }, query);
  const file = readAnchorFile(query.trustAnchor);
  return file.ok ? ok({ formatVersion: "1.0", kind: "TrustAnchor", over: null, actor: "", at: "", ...file.value }) : file;
}

/** The anchor of this host: that of the state folder, or of the one that the repository may have led away from. */
export function hostAnchor(context: Pick<Context, "project" | "folder">, query: Query): Result<TrustAnchor | null> {
  for (const dir of stateFolders(context, query)) {
    const anchor = readAnchor(dir);
    if (!anchor.ok || anchor.value !== null) return anchor;
  }
  return ok(null);
}

/** A trust part that cannot be read, or that would lock everybody out, never becomes active. */
async function declaredProblems(
  declared: Resource | undefined,
  { context, config }: Verifiable,
  world: World,
): Promise<readonly Diagnostic[]> {
  if (!declared) return [];
  const read = await readCommitTrust(trustOf(declared));
  const faults = "faults" in read ? read.faults.map(({ at, why }) => ({ at: ["spec", "trust", ...at], why })) : [];
  if ("trust" in read && levelOf(declared) !== "off" && isEmptyTrust(read.trust)) {
    faults.push({ at: ["spec", "verification", "commits"], why: "commits must be signed, and spec.trust lists nobody who may sign" });
  }
  const each = config.byAddress.get(addressOf(declared.kind, declared.metadata.name));
  const found = faults.map(({ at, why }) =>
    problem("SIGNERS_INVALID", {
      detail: `In the Project, ${at.join(".")} cannot be used: ${why}.`,
      remedy: "Correct it; docs/commits.md has the forms.",
      ...(each && each.layers.length > 0 ? { origin: originIn(each, at, "value", world.kinds) } : {}),
    }),
  );
  return locate(found, context.files);
}

function judgeUnusable({ by }: CommitJudge, at: readonly string[], why: string): Diagnostic {
  const whose = by === "anchor" ? "the trust anchor" : "the active generation";
  return problem("SIGNERS_INVALID", {
    detail: `In ${whose}, ${at.join(".")} cannot be used: ${why}.`,
    remedy:
      by === "anchor" ? "Make the anchor again:\n  moltbot trust init --replace" : "Give the signers from outside:\n  moltbot trust init",
  });
}

interface Judging {
  readonly judge: CommitJudge;
  readonly trust: CommitTrust;
  readonly anchor: TrustAnchor | null;
  readonly declared: Resource | undefined;
}

async function judgeAll(verifiable: Verifiable, judging: Judging, query: Query, world: World): Promise<Verification> {
  const { context, live } = verifiable;
  const { judge, anchor, declared } = judging;
  const { commit, dirty } = context.repository;
  const lowered = anchor && levelOf(declared) !== "require" ? [verificationLowered(levelOf(declared))] : [];
  const refused = (blockers: readonly Diagnostic[]): Verification => ({
    ...NOT_VERIFIED,
    judge: judge.by,
    blockers: [...lowered, ...blockers],
  });
  if (commit === null || dirty) return refused([unsignedFiles(commit)]);
  const known = knownCommit(judge, anchor, live);
  const stretch = await stretchTo(context.folder, commit, known, query);
  if (!stretch.ok) return refused(stretch.diagnostics);
  const found = await judgeStretch(stretch.value, known, judging.trust, world);
  if (judge.by === "missing") return refused([anchorMissing(commit, found.tip)]);
  const { isDescendant } = stretch.value;
  const isOlder = !isDescendant && query.allowOlder === undefined;
  const all = refused([...found.problems, ...(isOlder ? [notNewer(commit, known ?? "")] : [])]);
  return {
    ...all,
    history: { known, stretch: stretch.value },
    signer: found.tip?.status === "good" ? found.tip.signer : null,
    isVerified: all.blockers.length === 0,
    olderBecause: isDescendant ? null : (query.allowOlder ?? null),
  };
}

/** Up to where nothing has to be looked at: what is applied, or what the operator vouched for. */
function knownCommit({ by }: CommitJudge, anchor: TrustAnchor | null, { generation }: LiveState): string | null {
  const since = anchor?.since ?? null;
  // What was applied before anybody asked for signatures was never verified.
  return by === "anchor" && (anchor?.over ?? null) === null ? since : (generation?.commit ?? since);
}

/** What is applied already need not be good again: it was, by the judge of its time. */
async function judgeStretch({ tip, commits }: Stretch, known: string | null, trust: CommitTrust, world: World): Promise<Judged> {
  return await judgeCommits(commits.includes(tip) || tip.id === known ? commits : [tip, ...commits], tip, trust, world);
}

/** Where the last applied commit is gone, an explicit word lets everything be verified, down to the roots. */
async function stretchTo(folder: string, commit: string, known: string | null, query: Query): Promise<Result<Stretch>> {
  const stretch = await commitsBetween(folder, commit, known);
  const isGone = !stretch.ok && known !== null && stretch.diagnostics.some((each) => each.context["commit"] === known);
  if (!isGone || query.allowOlder === undefined) return stretch;
  const whole = await commitsBetween(folder, commit, null);
  return whole.ok ? ok({ ...whole.value, isDescendant: false }) : whole;
}

const MAX_TOLD = 10;

interface Judged {
  /** What the newest commit's signature is worth; undefined when it has none. */
  readonly tip: Verdict | undefined;
  readonly problems: readonly Diagnostic[];
}

/**
 * All of these must be good. The newest is looked at in any case, for its signer, and its key must be valid
 * now: the others are vouched for by what builds on them.
 */
async function judgeCommits(commits: readonly HistoricCommit[], tip: HistoricCommit, trust: CommitTrust, world: World): Promise<Judged> {
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const problems: Diagnostic[] = [];
  let bad = 0;
  const verdict = await judgeOne(tip, trust, now);
  for (const commit of commits) {
    const each = commit === tip ? verdict : await verdictOf(commit, trust);
    if (each?.status === "good") continue;
    bad++;
    if (problems.length < MAX_TOLD) problems.push(badCommit(commit, each));
  }
  const last = problems.at(-1);
  if (last && bad > problems.length)
    problems[problems.length - 1] = { ...last, detail: `${last.detail} ${bad - problems.length} more commits are refused.` };
  return { tip: verdict, problems };
}

const SHORT = 12;

function badCommit({ id, parsed }: HistoricCommit, verdict: Exclude<Verdict, { readonly status: "good" }> | undefined): Diagnostic {
  const name = id.slice(0, SHORT);
  if (!verdict) {
    const base = !("fault" in parsed) && parsed.parents.length === 0 ? "--root" : `${name}^`;
    return problem("COMMIT_UNSIGNED", {
      detail: `The commit ${name} has no signature.`,
      remedy: `${whoseIsIt(name)}\nIf it is yours, sign it and what is built on it; a signature says that you know each of them:\n  git rebase --exec 'git commit --amend --no-edit -S' ${base}`,
      context: { commit: id },
    });
  }
  if (verdict.status === "untrusted") {
    return problem("COMMIT_SIGNATURE_INVALID", {
      detail: `The commit ${name} cannot be trusted: ${verdict.why}.`,
      remedy: `${whoseIsIt(name)}\nIf it is known, whoever made it signs it again with a key that is allowed:\n  moltbot trust show`,
      context: { commit: id },
    });
  }
  return problem("COMMIT_SIGNER_NOT_ALLOWED", {
    detail: `The commit ${name} is signed, but ${verdict.why}.`,
    remedy: `${whoseIsIt(name)}\nCompare the key with those who may sign. Neither list it nor sign the commit again before you know whose it is; if nobody does, take the branch back to before it (moltbot explain COMMIT_SIGNER_NOT_ALLOWED):\n  moltbot trust show`,
    context: { commit: id, ...(verdict.key === null ? {} : { key: verdict.key }) },
  });
}

/** What a stranger's commit asks for is to be looked into, not to be made to pass. */
function whoseIsIt(name: string): string {
  return `See what it changes, and ask the person it names, not through the repository, whether it is theirs:\n  git log -1 --format=fuller --patch ${name}`;
}

function unsignedFiles(commit: string | null): Diagnostic {
  return problem("WORK_TREE_UNSIGNED", {
    detail:
      commit === null
        ? "These files are in no commit, so nobody has signed them, and signed commits are required."
        : `These files differ from the commit ${commit.slice(0, SHORT)}: nobody has signed the difference, and signed commits are required.`,
    remedy: "Commit and sign the change, or leave it aside and name the commit:\n  moltbot apply --ref HEAD",
  });
}

function notNewer(commit: string, known: string): Diagnostic {
  return problem("COMMIT_NOT_NEWER", {
    detail: `The commit ${commit.slice(0, SHORT)} does not build on ${known.slice(0, SHORT)}, which was applied last: it is older, on another branch, or the history was rewritten.`,
    remedy:
      "Merge what was applied; or go back on purpose, and say why:\n  moltbot rollback N --because TEXT\n  moltbot apply --allow-older --because TEXT",
    context: { commit, applied: known },
  });
}

function verificationLowered(level: string): Diagnostic {
  return problem("VERIFICATION_LOWERED", {
    detail: `This host has a trust anchor, so it takes signed commits only; the Project says verification.commits: ${level}.`,
    remedy: "Set verification.commits: require in moltbot.yaml; or end the anchor on this host:\n  moltbot trust remove",
  });
}

function anchorMissing(commit: string, tip: Verdict | undefined): Diagnostic {
  const signed =
    tip?.status === "good"
      ? `The commit ${commit.slice(0, SHORT)} is signed by ${tip.signer.identity} (${tip.signer.key ?? tip.signer.issuer ?? ""}), whom it lists itself.`
      : `The commit ${commit.slice(0, SHORT)} is not even signed by somebody whom it lists itself${tip ? `: ${tip.why}` : ""}.`;
  return problem("TRUST_ANCHOR_MISSING", {
    detail: `Signed commits are required, and nothing is applied yet that could say whose signatures count. ${signed}`,
    remedy:
      "If you know that key, trust it on this host, or give a list from elsewhere:\n  moltbot trust init\n  moltbot apply --trust-anchor FILE",
    context: { commit, ...(tip?.status === "good" && tip.signer.key !== null ? { key: tip.signer.key } : {}) },
  });
}

/** Facts about the commit that policies may ask about. The commit's own name is none: a comment would change the plan. */
export function commitInput({ judge, isVerified, signer }: Verification): {
  readonly commit: JsonObject | null;
  readonly signer: JsonObject | null;
} {
  const facts = signer && { identity: signer.identity, form: signer.form, issuer: signer.issuer };
  return { commit: judge === "nobody" ? null : { verified: isVerified }, signer: facts };
}

/** What the ledger keeps of it, beside the commit. */
export function ledgerFacts({ judge, isVerified, signer, olderBecause }: Verification): Readonly<Record<string, string>> {
  return {
    verification: isVerified ? "verified" : "unverified",
    ...(judge === "nobody" ? {} : { judge }),
    ...(signer ? { signer: signer.identity, signerForm: signer.form } : {}),
    ...(signer?.key ? { signerKey: signer.key } : {}),
    ...(signer?.issuer ? { signerIssuer: signer.issuer } : {}),
    ...(olderBecause === null ? {} : { olderBecause }),
  };
}
