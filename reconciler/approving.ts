import {
  failAll,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Generation,
  type JsonObject,
  type Resource,
  type Result,
} from "../core/index.ts";
import {
  approvalRules,
  approvalStates,
  claimedKey,
  claimedStatement,
  isBy,
  loadBundles,
  namesPeople,
  peopleOf,
  readCommitTrust,
  verifyAttestation,
  type ApprovalFacts,
  type ApprovalState,
  type Attested,
  type Person,
  type TrustRoot,
} from "../trust/signatures/index.ts";
import { waiversSince, type ApprovalWaiver } from "./approval-waivers.ts";
import { trustOf } from "./commit-judge.ts";
import { verdictOf } from "./commit-verdicts.ts";
import type { Context } from "./desired.ts";
import type { LiveState } from "./diff/index.ts";
import { hasEffect, type Plan } from "./plan/index.ts";
import { commitsBetween, type HistoricCommit } from "./source/index.ts";
import { spentApprovals, type ApprovalRecord, type IsSpent } from "./spent-approvals.ts";
import type { Observation } from "./targets/index.ts";
import type { Query, World } from "./types.ts";
import type { History } from "./verifying.ts";

/** A file that may hold an approval. */
export interface OfferedApproval {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Given on the command line: what is wrong with it is said. A file beside the manifests may be about another plan. */
  readonly isAsked: boolean;
}

/** How the approvals of a plan stand. */
export interface Approvals {
  /** The rules that speak about this plan, in the order of the Project. */
  readonly states: readonly ApprovalState[];
  /** The files that were counted. */
  readonly given: readonly { readonly bytes: Uint8Array; readonly attested: Attested }[];
  /** Why the plan may not be applied yet. */
  readonly missing: readonly Diagnostic[];
  /** An operator took the place of whoever is missing; null where nobody did, or nobody is missing. */
  readonly waiver: ApprovalWaiver | null;
}

export const NO_APPROVALS: Approvals = { states: [], given: [], missing: [], waiver: null };

/** What approvals are judged by: the Project in force, and what is observed. */
export interface ApprovalCase {
  readonly context: Context;
  readonly observation: Observation;
  /** The Project that is active; undefined before the first apply: then the declared one asks. */
  readonly active: Resource | undefined;
  readonly declared: readonly Resource[];
  readonly plan: Plan;
  readonly record: ApprovalRecord;
  /** What the verify stage read of the history; null where it had no reason to. */
  readonly history: History | null;
}

/**
 * Which people must approve the plan, and which have. The rules, the people and their keys are those of
 * the active generation: a change never approves itself, nor names its own approvers.
 *
 * @returns `COMMIT_HISTORY_MISSING` and the like when nobody can say who wrote it; `TRUST_ROOT_INVALID`.
 */
export async function approvalsOf(found: ApprovalCase, query: Query, world: World): Promise<Result<Approvals>> {
  const { active, declared, plan, context } = found;
  const unfit = (query.approvals ?? []).filter(({ bytes, isAsked }) => isAsked && !claimedStatement(bytes));
  if (unfit.length > 0) return failAll(unfit.map(notAnApproval));
  const project = active ?? declared.find((each) => each.kind === context.project.written.kind);
  const rules = project ? approvalRules(project) : [];
  const facts = factsOf(plan);
  // Without an approval or a person the same rules speak: what nobody is asked about costs nothing.
  if (!project || approvalStates(rules, facts, [], [], () => false).length === 0) return ok(NO_APPROVALS);
  world.progress({ stage: "verify", message: "verifying approvals" });
  const people = await teamsInForce(found);
  if (!people.ok) return people;
  const written = await writtenBy(found);
  if (!written.ok) return written;
  const { authors, unread } = written.value;
  const offered = [...(query.approvals ?? []), ...(context.approvals ?? [])];
  const isSpent = offered.length > 0 ? await spentApprovals(found.record, found.observation.live.owner) : ok(() => undefined);
  if (!isSpent.ok) return isSpent;
  const judged = await approvalStatesOf({ project, people: people.value, plan, offered, authors, isSpent: isSpent.value });
  if (!judged.ok) return judged;
  const { states, given, wrong } = judged.value;
  const missing = missingOf(states, { wrong, unread }, plan, context);
  return await waivedOr({ states, given, missing, waiver: null }, found);
}

/** Said whether anybody is asked or not: who names a file means something by it. */
function notAnApproval({ name }: OfferedApproval): Diagnostic {
  return problem("ATTESTATION_INVALID", {
    detail: `${shown(name)} holds no statement about a plan, so it approves nothing.`,
    remedy: "Give the file that approve wrote:\n  moltbot approve PLAN --out FILE",
    context: { file: name },
  });
}

/** Only people can be waived: where nobody can say who wrote it, that is mended first. */
async function waivedOr(approvals: Approvals, { record, observation, plan }: ApprovalCase): Promise<Result<Approvals>> {
  if (!approvals.missing.some(({ code }) => code === "APPROVAL_MISSING")) return ok(approvals);
  const waivers = await waiversSince(record, observation.live.owner);
  if (!waivers.ok) return waivers;
  const waiver = waivers.value.find((each) => each.effect === plan.effect) ?? null;
  return ok(waiver ? { ...approvals, missing: [], waiver } : approvals);
}

/** Everything that decides who has approved. */
export interface ApprovalQuestion {
  /** The Project that asks. */
  readonly project: Resource;
  readonly people: readonly Person[];
  readonly plan: Pick<Plan, "body" | "effect">;
  readonly offered: readonly OfferedApproval[];
  /** The commits that are applied; null where files are in none: then everybody may have written them. */
  readonly authors: readonly HistoricCommit[] | null;
  /** What was counted before does not count again. */
  readonly isSpent: IsSpent;
}

/**
 * Which of the files count, and how each rule stands with them. Needs no clock and no network.
 *
 * @returns `TRUST_ROOT_INVALID` where the Project's trust root cannot be used.
 */
export async function approvalStatesOf({
  project,
  people,
  plan,
  offered,
  authors,
  isSpent,
}: ApprovalQuestion): Promise<
  Result<{ readonly states: readonly ApprovalState[]; readonly given: Approvals["given"]; readonly wrong: readonly string[] }>
> {
  const root = await rootOf(project);
  if (!root.ok) return root;
  const { given, wrong } = await checkAll(offered, people, root.value, plan, isSpent);
  const approvals = given.flatMap(({ attested }) => attested.by.map((by) => ({ digest: attested.digest, by, at: attested.statement.at })));
  const wrote = authors && (await authorsAmong(authors, project));
  const states = approvalStates(approvalRules(project), factsOf(plan), approvals, people, (person) => isAuthor(person, wrote));
  return ok({ states, given, wrong });
}

function factsOf({ body }: Pick<Plan, "body">): ApprovalFacts {
  const codes = body.capabilities.findings.map((each) => (isObject(each) ? each["code"] : undefined));
  return {
    hasEffect: hasEffect(body),
    // Everything that stands under Widening: a secret that serves more, or a rule that is lowered, adds no grant.
    isWidening: body.capabilities.added.length > 0 || body.capabilities.findings.length > 0,
    isDeleting: body.changes.some(({ action }) => action === "delete" || action === "replace" || action === "forget"),
    isTrustWeakened: codes.includes("TRUST_WEAKENED"),
  };
}

/** Everybody named by the Teams that are active; before the first apply, by those that are declared. */
async function teamsInForce({ active, declared, observation }: ApprovalCase): Promise<Result<readonly Person[]>> {
  if (!active) return ok(peopleOf(declared.filter((each) => namesPeople(each.kind))));
  const addresses = [...observation.live.rows.keys()].filter((address) => namesPeople(kindOf(address)));
  const recorded = await observation.read(addresses);
  return recorded.ok ? ok(peopleOf([...recorded.value.values()])) : recorded;
}

function kindOf(address: Address): string {
  return address.slice(0, address.indexOf("/"));
}

async function rootOf({ spec }: Resource): Promise<Result<TrustRoot | null>> {
  const trust: JsonObject = isObject(spec["trust"]) ? spec["trust"] : {};
  const text = trust["root"];
  if (typeof text !== "string") return ok(null);
  const { parseTrustRoot } = await loadBundles();
  return parseTrustRoot(Buffer.from(text));
}

interface Checked {
  readonly given: Approvals["given"];
  /** What is wrong with files that somebody named, as clauses. */
  readonly wrong: readonly string[];
}

async function checkAll(
  offered: readonly OfferedApproval[],
  people: readonly Person[],
  root: TrustRoot | null,
  { body, effect }: Pick<Plan, "body" | "effect">,
  isSpent: IsSpent,
): Promise<Checked> {
  const given: { readonly bytes: Uint8Array; readonly attested: Attested }[] = [];
  const wrong: string[] = [];
  for (const { name, bytes, isAsked } of offered.slice(0, LIMITS.attestations)) {
    const attested = await verifyAttestation(bytes, people, root);
    const why = attested.ok
      ? (otherwise(attested.value, people, `${body.project}/${body.environment}`, effect) ?? isSpent(attested.value.statement))
      : (attested.diagnostics[0]?.detail ?? "");
    if (attested.ok && why === undefined) given.push({ bytes, attested: attested.value });
    else if (isAsked) wrong.push(`${shown(name)}: ${why ?? ""}`);
  }
  return { given, wrong };
}

/** Why an authentic statement is no approval of this plan; undefined when it is. */
function otherwise({ statement, by }: Attested, people: readonly Person[], owner: string, effect: string): string | undefined {
  if (statement.kind !== "approval") return "it says that a plan was made, not that it may be applied.";
  if (statement.owner !== owner) return `it is about ${shown(statement.owner)}, and this plan is about ${shown(owner)}.`;
  if (statement.effect !== effect) return "it approves another effect: what the plan does has changed since.";
  const isKnown = people.some((person) => by.some((each) => isBy(person, each)));
  return isKnown ? undefined : "it is signed by nobody whom the teams in force name.";
}

/** The commits that are applied with the plan; where one cannot be read, nobody can say who wrote it. */
interface Written {
  readonly authors: readonly HistoricCommit[] | null;
  readonly unread: string | null;
}

async function writtenBy({ context, observation, record, history }: ApprovalCase): Promise<Result<Written>> {
  const { commit, dirty } = context.repository;
  if (commit === null || dirty) return ok({ authors: null, unread: null });
  const applied = await appliedCommit(observation.live, record);
  if (!applied.ok) return applied;
  // The verify stage mostly has read the very same commits already.
  const isRead = history !== null && history.known === applied.value && history.stretch.tip.id === commit;
  const stretch = isRead ? ok(history.stretch) : await commitsBetween(context.folder, commit, applied.value);
  if (!stretch.ok) return failAll(stretch.diagnostics);
  const { commits, tip } = stretch.value;
  const all = commits.includes(tip) ? commits : [tip, ...commits];
  const unread = all.find(({ parsed }) => "fault" in parsed)?.id ?? null;
  return ok({ authors: unread === null ? all : null, unread });
}

/** Who wrote what is applied, as far as anybody says. */
interface Authors {
  readonly emails: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

async function authorsAmong(commits: readonly HistoricCommit[], project: Resource): Promise<Authors> {
  const parsed = commits.flatMap((each) => ("fault" in each.parsed ? [] : [each.parsed]));
  const emails = parsed.flatMap((each) => each.emails);
  const keys = parsed.flatMap(({ signature }) => (signature?.form === "ssh" ? (claimedKey(signature.armored) ?? []) : []));
  const signers = await signersAmong(commits, project);
  return { emails: new Set([...emails, ...signers].map((each) => each.toLowerCase())), keys: new Set(keys) };
}

/** Whoever signed has a part in it, whatever name the commit gives: the addresses that the trust in force knows signers by. */
async function signersAmong(commits: readonly HistoricCommit[], project: Resource): Promise<readonly string[]> {
  const signed = commits.filter(({ parsed }) => !("fault" in parsed) && parsed.signature !== null);
  const read = signed.length === 0 ? undefined : await readCommitTrust(trustOf(project));
  if (!read || "faults" in read) return [];
  const verdicts = await Promise.all(signed.map((each) => verdictOf(each, read.trust)));
  return [...new Set(verdicts.flatMap((each) => (each?.status === "good" ? addressesIn(each.signer.identity) : [])))];
}

/** `Ada <ada@acme.example>` of a key, a list of principals, or the one name in a certificate. */
function addressesIn(identity: string): readonly string[] {
  const address = /<([^<>]+)>\s*$/.exec(identity)?.[1];
  return address === undefined ? [identity, ...identity.split(",")] : [address];
}

/**
 * Where the looking back for authors ends. A commit that was applied with changes beside it says nothing about who made those;
 * one of which only a part was applied still has the rest to come, with whoever wrote that.
 */
async function appliedCommit({ generation, owner }: LiveState, record: ApprovalRecord): Promise<Result<string | null>> {
  const whole = (each: Generation): string | null => (each.dirty ? null : each.commit);
  if (!generation || (generation.reason === "apply" && !generation.isPartial)) return ok(generation ? whole(generation) : null);
  const all = await record.generations(owner);
  if (!all.ok) return all;
  const before = (all.value ?? []).filter((each) => each.number < generation.number && each.status !== "rejected");
  const last = before.toSorted((a, b) => b.number - a.number).find((each) => each.reason === "apply" && !each.isPartial);
  return ok(last ? whole(last) : null);
}

/** What a commit claims is held against a person, and never counts for one. */
function isAuthor({ ssh, oidc, emails }: Person, authors: Authors | null): boolean {
  if (!authors) return true;
  return (
    ssh.some((key) => authors.keys.has(key)) ||
    emails.some((each) => authors.emails.has(each)) ||
    oidc.some(({ subject }) => authors.emails.has(subject.toLowerCase()))
  );
}

function missingOf(
  states: readonly ApprovalState[],
  { wrong, unread }: Pick<Written, "unread"> & { readonly wrong: readonly string[] },
  plan: Plan,
  { repository }: Context,
): readonly Diagnostic[] {
  const open = states.filter(({ missing }) => missing > 0);
  if (open.length === 0) return [];
  if (repository.commit === null || repository.dirty) return [authorUnknown(repository.commit)];
  if (unread !== null) return [commitUnread(unread)];
  return open.map((state) => approvalMissing(state, wrong, plan));
}

const WHEN: Readonly<Record<ApprovalState["rule"]["when"], string>> = {
  always: "it changes something",
  widening: "agents may do more",
  delete: "it deletes or replaces",
  "trust-weakened": "it weakens what judges changes",
};

function approvalMissing(
  { rule, approvedBy, authors, missing, people }: ApprovalState,
  wrong: readonly string[],
  { effect }: Plan,
): Diagnostic {
  const have = approvedBy.length === 0 ? "Nobody has" : `So far ${approvedBy.join(", ")}`;
  const own = authors.length === 0 ? "" : ` ${authors.join(", ")} wrote the change, and does not count.`;
  const bad = wrong.map((each) => ` ${each}`).join("");
  const left = new Set(people.filter((each) => !each.isAuthor).map(({ name }) => name)).size;
  const never = left < rule.count ? ` Only ${left} could: nobody else of them is left who did not write it.` : "";
  return problem("APPROVAL_MISSING", {
    detail: `The plan needs the approval of ${rule.count === 1 ? "one person" : `${rule.count} people`} of ${rule.teams.join(", ")}, because ${WHEN[rule.when]}. ${have}.${own}${never}${bad}`,
    remedy:
      never === ""
        ? "Save the plan, have it approved, and give the approval to apply:\n  moltbot approve plan.json\n  moltbot apply --approval FILE"
        : 'Have somebody else make the change; or see docs/approvals.md, "When nobody is left".',
    context: { effect, missing, when: rule.when },
  });
}

function authorUnknown(commit: string | null): Diagnostic {
  return problem("APPROVAL_AUTHOR_UNKNOWN", {
    detail:
      commit === null
        ? "People must approve this plan, and its files are in no commit, so nobody can be told from whoever wrote them."
        : "People must approve this plan, and its files differ from their commit, so nobody can be told from whoever wrote the difference.",
    remedy: "Commit the change and plan the commit:\n  moltbot plan --ref HEAD",
  });
}

function commitUnread(commit: string): Diagnostic {
  return problem("APPROVAL_AUTHOR_UNKNOWN", {
    detail: `People must approve this plan, and the commit ${commit.slice(0, 12)} in it is not as git writes commits, so nobody can say who wrote it.`,
    remedy: "Make that commit again, and what is built on it:\n  git rebase --force-rebase BASE",
    context: { commit },
  });
}

/** What the ledger's receipt says of it. */
export function approvalFacts({ states, waiver }: Approvals): Readonly<Record<string, string>> {
  const people = [...new Set(states.flatMap((each) => each.approvedBy))].sort();
  return {
    ...(people.length === 0 ? {} : { approvedBy: people.join(", ") }),
    ...(waiver ? { approvalsWaivedBy: waiver.actor, approvalsWaivedBecause: waiver.because } : {}),
  };
}
