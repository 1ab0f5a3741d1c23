import {
  addressOf,
  canonicalJson,
  digestBytes,
  digestJson,
  fail,
  faultOf,
  fromBase64,
  fromBase64url,
  generationDigest,
  LIMITS,
  ok,
  problem,
  strictObject,
  verifyHeadProof,
  type Digest,
  type Json,
  type JsonObject,
  type LedgerHead,
  type LedgerRecord,
  type Resource,
  type Result,
} from "../core/index.ts";
import {
  isJudging,
  judgeCommit,
  namesPeople,
  parseCommit,
  peopleOf,
  readCommitTrust,
  type CommitObject,
  type CommitTrust,
} from "../trust/signatures/index.ts";
import { formatErrors } from "../schemas/index.ts";
import { waiverAmong } from "./approval-waivers.ts";
import { approvalStatesOf } from "./approving.ts";
import { levelOf, trustOf } from "./commit-judge.ts";
import { effectOf } from "./plan/index.ts";
import { parseEvidence } from "./proof.ts";
import { policiesProved } from "./proved-policies.ts";
import type { Proof } from "./proving.ts";
import { objectIdOf } from "./source/index.ts";

/** What a proof was found to show. */
export interface ProofReport {
  readonly owner: string;
  readonly generation: number;
  readonly appliedAt: string;
  readonly actor: string;
  readonly commit: string | null;
  /** Who signed the applied commit, by the trust that judged it; null where nobody was asked or known. */
  readonly signedBy: string | null;
  readonly plan: Digest;
  readonly effect: Digest;
  readonly approvedBy: readonly string[];
  /** Who attested the policies that judged it: an identity, or the name of a key; null where that was not asked. */
  readonly policiesBy: string | null;
  /** The operator who took the place of the people whom the rules asked, and why; null where they approved, or nobody was asked. */
  readonly waived: { readonly actor: string; readonly at: string; readonly because: string } | null;
  readonly head: LedgerHead;
  readonly ledgerKey: string;
  /** The caller named the ledger key: without that, the proof is consistent in itself and no more. */
  readonly isKeyKnown: boolean;
  /** The trust came from outside, or from the generation before; false where the generation judged itself. */
  readonly isJudgedFromOutside: boolean;
}

export interface ProofChoices {
  /** The public ledger key to believe; null believes the one the proof brings. */
  readonly ledgerKey: string | null;
  /** `spec.trust` from outside, in place of what the proof says judged it; null where none is named. */
  readonly trust: JsonObject | null;
  /** Up to which commit the caller vouches for the history of a first generation; null for nothing. */
  readonly since: string | null;
}

/** Why a part does not hold, to end a sentence. */
type Fault = string | undefined;

/**
 * Verifies a proof with nothing but its bytes: no store, no repository, no network, now or years later.
 *
 * @returns `PROOF_INVALID` for what is no proof; `PROOF_UNTRUSTED` naming the first part that does not hold.
 */
export async function verifyProof(bytes: Uint8Array, choices: ProofChoices): Promise<Result<ProofReport>> {
  if (bytes.length > LIMITS.proofBytes) return invalid(`it has ${bytes.length} bytes; ${LIMITS.proofBytes} are read (limits.proofBytes)`);
  const proof = await proofIn(bytes);
  if (typeof proof === "string") return invalid(proof);
  const effect = effectOf(proof.plan);
  const commits = commitsIn(proof);
  if (typeof commits === "string") return untrusted(commits);
  const fault =
    planFault(proof) ??
    ledgerFault(proof, choices) ??
    receiptFault(proof) ??
    evidenceFault(proof) ??
    judgesFault(proof) ??
    commitFault(proof, commits);
  if (fault !== undefined) return untrusted(fault);
  const signed = await signerOf(proof, commits, choices);
  if ("fault" in signed) return untrusted(signed.fault);
  const approved = await approvalsIn(proof, effect, commits);
  if ("fault" in approved) return untrusted(approved.fault);
  const compiled = await policiesProved(proof);
  if ("fault" in compiled) return untrusted(compiled.fault);
  const head = verifyHeadProof(proof.ledger.head);
  if (!head.ok) return head;
  const { number, createdAt, actor, commit, plan } = proof.generation;
  return ok({
    owner: proof.owner,
    generation: number,
    appliedAt: createdAt,
    actor,
    commit,
    signedBy: signed.by,
    plan,
    effect,
    approvedBy: approved.people,
    policiesBy: compiled.by,
    waived: approved.waived,
    head: head.value,
    ledgerKey: proof.ledger.head.key,
    isKeyKnown: choices.ledgerKey !== null,
    isJudgedFromOutside: choices.trust !== null || proof.judges.generation !== number,
  });
}

/** A document that its schema allows, in one spelling; what it holds is still a claim. Else what it is not, to end a sentence. */
async function proofIn(bytes: Uint8Array): Promise<Proof | string> {
  const value = strictObject(bytes);
  if (typeof value === "string") return value;
  if ((await formatErrors("Proof", value)).length > 0) return "it is not a whole document of kind Proof, version 1.0";
  const proof = value as unknown as Proof;
  const misspelt = misspeltIn(proof);
  return misspelt === undefined ? proof : `${misspelt} is not base64 in its one form`;
}

/** The first part whose bytes have another spelling than the one that encoding gives back: a proof has one text. */
function misspeltIn({ evidence, approvals, policies, commits, ledger: { head } }: Proof): string | undefined {
  const parts: readonly (readonly [string, string])[] = [
    ["the list of evidence", evidence],
    ...approvals.map((each, i) => [`approval ${i + 1}`, each] as const),
    ["the lock of its policies", policies?.lock ?? ""],
    ["the attestation of its policies", policies?.attestation ?? ""],
    ...(commits ?? []).map(({ id, object }) => [`the commit ${id.slice(0, 12)}`, object] as const),
    ["the signature of the ledger's head", head.signature],
  ];
  if (!fromBase64url(head.key)) return "the ledger's key";
  return parts.find(([, text]) => !fromBase64(text))?.[0];
}

function planFault({ plan, generation, owner }: Proof): Fault {
  if (digestJson(plan as unknown as Json) !== generation.plan) return "the plan is not the one that the generation names";
  return `${plan.project}/${plan.environment}` === owner ? undefined : "the plan is about another owner";
}

function ledgerFault({ ledger: { records, head } }: Proof, { ledgerKey }: ProofChoices): Fault {
  if (ledgerKey !== null && head.key !== ledgerKey) return "its ledger is signed by another key than the one that was named";
  const end = verifyHeadProof(head);
  if (!end.ok) return "the signature of the ledger's head does not hold";
  const [first] = records;
  if (!first) return "it holds no record of the ledger";
  let at: LedgerHead | null = first.seq > 1 && first.prev !== null ? { seq: first.seq - 1, hash: first.prev } : null;
  for (const record of records) {
    const fault = faultOf(record, at);
    if (fault !== undefined) return `the ledger is broken: ${fault.replace(/\.$/, "")}`;
    at = { seq: record.seq, hash: record.hash };
  }
  return at?.seq === end.value.seq && at.hash === end.value.hash ? undefined : "the ledger does not end at its signed head";
}

function receiptsOf({ ledger, owner }: Proof, generation: number): LedgerRecord | undefined {
  return ledger.records.find((each) => each.kind === "receipt" && each.owner === owner && each.body["generation"] === generation);
}

function receiptFault(proof: Proof): Fault {
  const { generation, ledger, owner } = proof;
  const receipt = receiptsOf(proof, generation.number);
  if (!receipt) return `the ledger has no receipt of generation ${generation.number}`;
  const { number: _, actor, createdAt, ...said } = generation;
  const isSame = Object.entries(said).every(([field, value]) => receipt.body[field] === value);
  if (!isSame || receipt.actor !== actor || receipt.at !== createdAt) return "the receipt says something else than the generation";
  const { fence } = receipt.body;
  const intent = ledger.records.find((each) => each.kind === "intent" && each.owner === owner && each.body["fence"] === fence);
  if (intent?.body["plan"] !== generation.plan || intent.seq > receipt.seq) return "the receipt has no intent before it";
  return undefined;
}

function evidenceFault({ evidence, generation, approvals }: Proof): Fault {
  const bytes = Buffer.from(evidence, "base64");
  if (digestBytes(bytes) !== generation.evidence) return "the list of evidence is not the one that the receipt names";
  const list = parseEvidence(bytes);
  if (list?.plan.digest !== generation.plan) return "the list of evidence names another plan";
  const given = approvals.map((each) => digestBytes(Buffer.from(each, "base64"))).sort();
  return given.join() === [...list.approvals].sort().join() ? undefined : "the approvals are not those that were counted";
}

/** What judged is what a receipt of this ledger vouches for, row by row. */
function judgesFault(proof: Proof): Fault {
  const { generation, rows, resources } = proof.judges;
  const receipt = receiptsOf(proof, generation);
  if (generation !== judgeOf(proof)) return "what judged it is not the generation before it";
  if (receipt?.body["digest"] !== generationDigest(rows)) return "what judged it is not what was active";
  const byAddress = new Map(rows);
  const isWrong = (each: Resource): boolean =>
    byAddress.get(addressOf(each.kind, each.metadata.name)) !== digestBytes(canonicalJson(each as unknown as Json));
  if (resources.some(isWrong)) return "a resource that judged it is not the one that was active";
  const present = new Set(resources.map((each) => addressOf(each.kind, each.metadata.name)));
  const judging = rows.map(([address]) => address).filter((address) => isJudging(kindOf(address)) || namesPeople(kindOf(address)));
  if (present.size !== resources.length) return "a resource that judged it is there twice";
  return judging.every((address) => present.has(address)) ? undefined : "a resource that judged it is left out";
}

/** The generation that was active before, as the ledger tells it; itself, where the ledger begins without one. */
function judgeOf(proof: Proof): number | undefined {
  const { generation, ledger, owner } = proof;
  const own = receiptsOf(proof, generation.number);
  const receipts = ledger.records.filter((each) => each.kind === "receipt" && each.owner === owner && each.seq < (own?.seq ?? 0));
  const before = receipts.at(-1)?.body["generation"];
  if (typeof before === "number") return before;
  return receipts.length === 0 && ledger.records[0]?.seq === 1 ? generation.number : undefined;
}

function kindOf(address: string): string {
  return address.slice(0, address.indexOf("/"));
}

type Commits = ReadonlyMap<string, CommitObject>;

/** Every object by the id its bytes really have. */
function commitsIn({ commits }: Proof): Commits | string {
  const found = new Map<string, CommitObject>();
  for (const { id, object } of commits ?? []) {
    const bytes = Buffer.from(object, "base64");
    const format = id.length === 40 ? "sha1" : "sha256";
    if (objectIdOf("commit", bytes, format) !== id) return `the commit ${id.slice(0, 12)} is not what its id says`;
    const parsed = parseCommit(bytes, format);
    if ("fault" in parsed) return `the commit ${id.slice(0, 12)} cannot be read: ${parsed.fault}`;
    if (found.has(id)) return `the commit ${id.slice(0, 12)} is there twice`;
    found.set(id, parsed.commit);
  }
  return found;
}

function commitFault({ generation, commits }: Proof, found: Commits): Fault {
  if (generation.commit === null || commits === null) return undefined;
  return found.has(generation.commit) ? undefined : "the applied commit is not among its commits";
}

function projectOf({ judges }: Proof): Resource | undefined {
  return judges.resources.find((each) => each.kind === "Project");
}

type Signed = { readonly by: string | null } | { readonly fault: string };

/** Whether the commits are signed as what judged them asks; a generation that brings nothing from files has none to sign. */
async function signerOf(proof: Proof, all: Commits, { trust, since }: ProofChoices): Promise<Signed> {
  const project = projectOf(proof);
  const level = trust === null ? levelOf(project) : "require";
  const { commit, dirty, reason } = proof.generation;
  if (level === "off" || reason !== "apply") return { by: null };
  const isRequired = level === "require";
  if (commit === null || dirty || proof.commits === null)
    return isRequired ? { fault: "signed commits were required, and it holds none" } : { by: null };
  const read = await readCommitTrust(trust ?? trustOf(project));
  if ("faults" in read) return { fault: `the trust that judges it cannot be used: ${read.faults[0]?.why ?? ""}` };
  const commits = newCommits(all, commit, knownCommit(proof) ?? since);
  return typeof commits === "string" ? { fault: commits } : await signedBy(commits, commit, read.trust, isRequired);
}

/** What was applied before: its receipt is in the same ledger. */
function knownCommit(proof: Proof): string | null {
  const { generation } = proof.judges;
  const commit = generation === proof.generation.number ? null : receiptsOf(proof, generation)?.body["commit"];
  return typeof commit === "string" ? commit : null;
}

/**
 * Everything behind the applied commit and not behind the one before it, on every parent side. None may be
 * missing: what is not shown may not be signed.
 */
function newCommits(all: Commits, tip: string, known: string | null): Commits | string {
  const behind = new Set(known === null ? [] : reachable(all, known).ids);
  const { ids, missing } = reachable(all, tip, behind);
  const [lost] = missing;
  if (lost !== undefined) return `the commit ${lost.slice(0, 12)}, which the applied one builds on, is left out`;
  return new Map(ids.flatMap((id): [string, CommitObject][] => entryOf(all, id)));
}

function entryOf(all: Commits, id: string): [string, CommitObject][] {
  const commit = all.get(id);
  return commit ? [[id, commit]] : [];
}

function reachable(
  all: Commits,
  from: string,
  without: ReadonlySet<string> = new Set(),
): { readonly ids: readonly string[]; readonly missing: readonly string[] } {
  const seen = new Set<string>();
  const missing: string[] = [];
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id) || without.has(id)) continue;
    seen.add(id);
    const commit = all.get(id);
    if (commit) queue.push(...commit.parents);
    else missing.push(id);
  }
  return { ids: [...seen], missing };
}

async function signedBy(commits: Commits, tip: string, trust: CommitTrust, isRequired: boolean): Promise<Signed> {
  let by: string | null = null;
  for (const [id, object] of commits) {
    const verdict = await judgeCommit(object, trust, null);
    if (verdict?.status === "good") {
      if (id === tip) by = verdict.signer.identity;
    } else if (isRequired) {
      return { fault: `the commit ${id.slice(0, 12)} ${verdict ? `is not to be trusted: ${verdict.why}` : "is not signed"}` };
    }
  }
  return { by };
}

async function approvalsIn(
  proof: Proof,
  effect: Digest,
  commits: Commits,
): Promise<(Pick<ProofReport, "waived"> & { readonly people: readonly string[] }) | { readonly fault: string }> {
  const project = projectOf(proof);
  if (!project || proof.generation.reason !== "apply") return { people: [], waived: null };
  const files = proof.approvals.map((each, i) => ({ name: `approval ${i + 1}`, bytes: Buffer.from(each, "base64"), isAsked: true }));
  const people = peopleOf(proof.judges.resources.filter((each) => namesPeople(each.kind)));
  const plan = { body: proof.plan, effect };
  const { commit, dirty } = proof.generation;
  const written = dirty || commit === null || proof.commits === null ? null : newCommits(commits, commit, knownCommit(proof));
  if (typeof written === "string") return { fault: written };
  const authors = written && [...written].map(([id, parsed]) => ({ id, parsed }));
  const found = await approvalStatesOf({ project, people, plan, offered: files, authors, isSpent: () => undefined });
  if (!found.ok) return { fault: found.diagnostics[0]?.detail ?? "an approval cannot be verified" };
  const { states, wrong } = found.value;
  if (wrong[0] !== undefined) return { fault: wrong[0] };
  const approvedBy = [...new Set(states.flatMap((each) => each.approvedBy))].sort();
  const waiting = states.find(({ missing }) => missing > 0);
  if (!waiting) return { people: approvedBy, waived: null };
  const waived = waiverFor(proof, effect);
  if (waived) return { people: approvedBy, waived };
  return { fault: `it needed ${waiting.rule.count} of ${waiting.rule.teams.join(", ")}, and shows ${waiting.approvedBy.length}` };
}

/** What the same ledger says of it, before its receipt and over the generation before. */
function waiverFor(proof: Proof, effect: Digest): ProofReport["waived"] {
  const before = receiptsOf(proof, proof.generation.number)?.seq ?? 0;
  const found = waiverAmong(proof.ledger.records, proof.owner, { effect, generation: proof.judges.generation, before });
  return found && { actor: found.actor, at: found.at, because: found.because };
}

function invalid(why: string): Result<never> {
  return fail(
    problem("PROOF_INVALID", {
      detail: `The file cannot be read as a proof: ${why}.`,
      remedy: "Make it again:\n  moltbot prove --out FILE",
    }),
  );
}

function untrusted(why: string): Result<never> {
  return fail(
    problem("PROOF_UNTRUSTED", {
      detail: `The proof does not hold: ${why}.`,
      remedy: "Do not believe it. Ask for a new one where the record is kept:\n  moltbot prove --out FILE",
    }),
  );
}
