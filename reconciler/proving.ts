import {
  addressOf,
  failAll,
  LIMITS,
  ok,
  problem,
  fail,
  verifyHeadProof,
  type Address,
  type Digest,
  type Generation,
  type HeadProof,
  type LedgerRecord,
  type Owner,
  type Resource,
  type Result,
} from "../core/index.ts";
import { compiledDigests } from "../trust/policy/index.ts";
import { isAttestationAsked, isJudging, namesPeople } from "../trust/signatures/index.ts";
import { open, noRecord, type Opened } from "./opened.ts";
import type { PlanBody } from "./plan/index.ts";
import { parseEvidence, storedBody } from "./proof.ts";
import { rawCommits } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** What of a generation stands in its receipt too. */
type ProvedField =
  | "number"
  | "reason"
  | "because"
  | "digest"
  | "plan"
  | "resolved"
  | "commit"
  | "dirty"
  | "actor"
  | "createdAt"
  | "resources";

/** Why a generation exists, for somebody who has nothing else: schemas/proof.schema.json. */
export interface Proof {
  readonly formatVersion: "1.0";
  readonly kind: "Proof";
  readonly owner: Owner;
  /** As far as its receipt vouches for it. */
  readonly generation: Pick<Generation, ProvedField> & { readonly evidence: Digest };
  /** The list that the receipt names, as it is stored: base64. */
  readonly evidence: string;
  readonly plan: PlanBody;
  /** Files of approvals, as they were given: base64. */
  readonly approvals: readonly string[];
  /** What judged it: the judging resources and Teams of the generation before, or of this one when it is the first. */
  readonly judges: {
    readonly generation: number;
    /** Address and digest of every row of that generation: its digest is over these. */
    readonly rows: readonly (readonly [Address, Digest])[];
    readonly resources: readonly Resource[];
  };
  /** Who compiled the policies among them, base64; absent where what judged it did not ask. */
  readonly policies?: { readonly lock: string; readonly attestation: string };
  /** Raw commit objects from the applied one down to the one before it, base64; null outside git, or where they are gone. */
  readonly commits: readonly { readonly id: string; readonly object: string }[] | null;
  /** From the receipt of the generation before (or the first record) to the head. */
  readonly ledger: { readonly records: readonly LedgerRecord[]; readonly head: HeadProof };
}

/**
 * Collects what proves a generation: its plan, approvals, commits, what judged it, and the ledger's records
 * about it up to the signed head.
 *
 * @param number - Null for the active one.
 * @returns `PROOF_UNAVAILABLE` where not everything was kept.
 */
export async function prove(query: Query, number: number | null, world: World): Promise<Result<Proof>> {
  const opened = await open(query, world);
  if (!opened.ok) return opened;
  const generations = await opened.value.target.record.generations(opened.value.owner);
  if (!generations.ok) return generations;
  if (!generations.value || generations.value.length === 0) return noRecord(opened.value.owner);
  const generation = generations.value.find((each) => (number === null ? each.status === "active" : each.number === number));
  if (!generation) return fail(unknown(opened.value.owner, number));
  const before = generations.value.find((each) => each.number < generation.number && each.status !== "rejected") ?? null;
  if (before === null && generation.number > 1) return unavailable(generation.number, "the generation before it is kept no more");
  return await collect(opened.value, generation, before);
}

async function collect({ target, owner, context }: Opened, generation: Generation, before: Generation | null): Promise<Result<Proof>> {
  const { record } = target;
  const kept = await keptWith(record, generation);
  if (!kept.ok) return kept;
  const judges = await judgesOf(record, owner, before ?? generation);
  if (!judges.ok) return judges;
  const ledger = await ledgerOf(record, owner, generation, before);
  if (!ledger.ok) return ledger;
  const commits = generation.commit === null ? null : await rawCommits(context.folder, generation.commit, before?.commit ?? null);
  return ok({
    formatVersion: "1.0",
    kind: "Proof",
    owner,
    generation: proved(generation, kept.value.list),
    evidence: kept.value.evidence,
    plan: kept.value.plan,
    approvals: kept.value.approvals,
    judges: judges.value,
    ...(await policiesOf(judges.value, record)),
    commits: commits && commits.map(({ id, bytes }) => ({ id, object: base64(bytes) })),
    ledger: ledger.value,
  });
}

function proved(generation: Generation, evidence: Digest): Proof["generation"] {
  const { number, reason, because, digest, plan, resolved, commit, dirty, actor, createdAt, resources } = generation;
  return { number, reason, because, digest, plan, resolved, commit, dirty, actor, createdAt, resources, evidence };
}

type Kept = Pick<Proof, "evidence" | "plan" | "approvals"> & { readonly list: Digest };

/** What the store kept with a generation. */
async function keptWith(record: RecordPort, { evidence, number }: Generation): Promise<Result<Kept>> {
  if (evidence === undefined) return unavailable(number, "it was made without a plan of its own, or by an older moltbot");
  const list = await record.values([evidence]);
  if (!list.ok) return list;
  const bytes = list.value.get(evidence);
  const named = bytes && parseEvidence(bytes);
  if (!bytes || !named) return unavailable(number, "what was kept with it is of another version");
  const values = await record.values([named.plan.stored, ...named.approvals]);
  if (!values.ok) return values;
  const stored = values.value.get(named.plan.stored);
  const plan = stored && storedBody(stored);
  if (!plan) return unavailable(number, "its plan cannot be read");
  return ok({
    list: evidence,
    evidence: base64(bytes),
    plan,
    approvals: named.approvals.flatMap((each) => values.value.get(each) ?? []).map(base64),
  });
}

type RecordPort = Opened["target"]["record"];

async function judgesOf(record: RecordPort, owner: Owner, { number }: Generation): Promise<Result<Proof["judges"]>> {
  const resources = await record.resources(owner, number);
  if (!resources.ok) return resources;
  const rows = await record.rows(owner, number);
  if (!rows.ok) return rows;
  const judging = [...resources.value.values()].filter(({ kind }) => isJudging(kind) || namesPeople(kind));
  const sorted = judging.toSorted((a, b) => (addressOf(a.kind, a.metadata.name) < addressOf(b.kind, b.metadata.name) ? -1 : 1));
  return ok({ generation: number, rows: [...rows.value], resources: sorted });
}

/** What is lost here makes no whole proof, and is told by whoever verifies it. */
async function policiesOf({ resources }: Proof["judges"], record: RecordPort): Promise<Pick<Proof, "policies">> {
  const project = resources.find(isAttestationAsked);
  const digests = compiledDigests(project);
  if (digests?.attestation === undefined) return {};
  const values = await record.values([digests.lock, digests.attestation]);
  const [lock, attestation] = [digests.lock, digests.attestation].map((each) => (values.ok ? values.value.get(each) : undefined));
  return lock && attestation ? { policies: { lock: base64(lock), attestation: base64(attestation) } } : {};
}

/** The chain from the generation before to the head: whatever happened since is in it, and shows that nothing was cut. */
async function ledgerOf(
  record: RecordPort,
  owner: Owner,
  generation: Generation,
  before: Generation | null,
): Promise<Result<Proof["ledger"]>> {
  const head = await record.headProof();
  if (!head.ok) return head;
  if (!head.value) return noRecord(owner);
  const end = verifyHeadProof(head.value);
  if (!end.ok) return end;
  const records: LedgerRecord[] = [];
  for (let to = end.value.seq; to > 0;) {
    const from = Math.max(1, to - LIMITS.recordsRead + 1);
    const page = await record.ledger(from, to - from + 1);
    if (!page.ok) return page;
    const found = page.value ?? [];
    records.unshift(...found);
    const start = records.findIndex((each) => isReceipt(each, owner, before?.number ?? 0));
    if (start >= 0) return ok({ records: records.slice(start), head: head.value });
    if (records.length > LIMITS.proofRecords) return unavailable(generation.number, "too much has happened since (limits.proofRecords)");
    to = from - 1;
  }
  return ok({ records, head: head.value });
}

function isReceipt({ kind, owner, body }: LedgerRecord, whose: Owner, generation: number): boolean {
  return kind === "receipt" && owner === whose && body["generation"] === generation;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function unknown(owner: Owner, number: number | null): ReturnType<typeof problem> {
  return problem("GENERATION_UNKNOWN", {
    detail: number === null ? `Nothing of ${owner} is active.` : `${owner} has no generation ${number} in this record.`,
    remedy: "List the generations:\n  moltbot history",
  });
}

function unavailable(generation: number, why: string): Result<never> {
  return failAll([
    problem("PROOF_UNAVAILABLE", {
      detail: `Generation ${generation} cannot be proved: ${why}.`,
      remedy: "Prove a newer one:\n  moltbot prove",
      context: { generation },
    }),
  ]);
}
