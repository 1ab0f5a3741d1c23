import {
  fail,
  generationDigest,
  isObject,
  ok,
  problem,
  shown,
  verifyHeadProof,
  type Address,
  type Digest,
  type Edit,
  type Fence,
  type Generation,
  type HeadProof,
  type JsonObject,
  type Result,
} from "../../../core/index.ts";
import type { Client } from "../../../runtime/client/index.ts";
import type { CandidateAnswer, CommitRequest } from "../../../runtime/store/index.ts";
import type { Plan } from "../../plan/types.ts";
import { commitRequest, namedBy, rowChanges } from "../commit-request.ts";
import type { CommitFacts, Values } from "../types.ts";
import { GENERATION, HEAD_PROOF, OBSERVED, readAs, RECEIPT } from "./forms.ts";
import { knownValues, stageValues } from "./wire.ts";

export interface CommitInput {
  readonly client: Client;
  readonly lease: string;
  readonly plan: Plan;
  readonly values: Values;
  readonly facts: CommitFacts;
  readonly fence: Fence;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly schema: Digest;
}

/** What the gateway says it has: seen, active, healthy, and where its ledger ends. */
interface Receipt {
  readonly lineage: string;
  readonly active: Generation | null;
  readonly candidate: Generation | null;
  readonly answer: CandidateAnswer | null;
  readonly head: HeadProof;
}

/** How long one question for the receipt waits at the gateway. */
const WAIT_MS = 5_000;
/** Of what a gateway says, how much is repeated. */
const REASON_CHARS = 600;

/**
 * Transaction (2) at a gateway elsewhere: bring the values, write the candidate, wait for what the runtime
 * says of it, activate it. Only a receipt about exactly these rows, with a signed head of the same store's
 * ledger, is success; silence is not.
 */
export async function commitPlan(input: CommitInput): Promise<Result<Generation>> {
  const { client, lease, fence, signal, facts } = input;
  const before = await signedHead(input);
  if (!before.ok) return before;
  const request = await requestOf(input);
  if (!request.ok) return request;
  const { values, evidence, ...rest } = request.value;
  const staged = await stageValues(client, lease, new Map([...values, ...(evidence?.values ?? [])]), signal);
  if (!staged.ok) return staged;
  const wire = {
    ...rest,
    actor: undefined,
    values: [...values.keys()],
    ...(evidence ? { evidence: { list: evidence.list, values: [...evidence.values.keys()] } } : {}),
  } as unknown as JsonObject;
  const asked = await client.ask("POST", "/v2/record/commits", { lease, fence: { ...fence }, request: wire }, signal);
  const written = readAs<{ readonly generation: Generation }>(
    asked,
    (value) => isObject(value) && GENERATION(value["generation"]),
    "its candidate",
  );
  // Whether it was written when no answer came is not known: the next apply settles it.
  if (!written.ok) return written.diagnostics.some(({ code }) => code === "TARGET_UNAVAILABLE") ? incomplete(written) : written;
  const candidate = written.value.generation;
  if (candidate.digest !== digestOf(facts.rows)) return wrong("it wrote other rows than those of the plan");
  return await activated(input, candidate, before.value);
}

/** Where the ledger ends, and whose signature says so. */
interface SignedHead {
  readonly lineage: string;
  readonly seq: number;
  readonly key: string;
}

/** What every later receipt is held against: the ledger only grows, under one key. */
async function signedHead({ client, signal }: CommitInput): Promise<Result<SignedHead>> {
  const store = await client.lineage(signal);
  if (!store.ok) return store;
  const proof = readAs<HeadProof>(await client.ask("GET", "/v2/record/head", null, signal), HEAD_PROOF, "its ledger");
  if (!proof.ok) return proof;
  const head = verifyHeadProof(proof.value);
  if (!head.ok || proof.value.lineage !== store.value) return wrong("the signed end of its ledger does not hold");
  return ok({ lineage: store.value, seq: head.value.seq, key: proof.value.key });
}

async function requestOf({ client, plan, values, facts, fence, version, schema, signal }: CommitInput): Promise<Result<CommitRequest>> {
  const asked = await client.ask("POST", "/v2/record/observe", { owner: fence.owner, addresses: [] }, signal);
  const said = readAs<{ readonly rows: readonly (readonly [Address, Digest])[]; readonly edits: readonly Edit[] }>(
    asked,
    OBSERVED,
    fence.owner,
  );
  if (!said.ok) return said;
  const rows = rowChanges(facts.rows, new Map(said.value.rows));
  const known = await knownValues(client, namedBy(rows, facts), signal);
  if (!known.ok) return known;
  return commitRequest({ plan, values, facts, version, schema, rows, edits: said.value.edits, known: known.value });
}

async function activated(input: CommitInput, candidate: Generation, before: SignedHead): Promise<Result<Generation>> {
  const { client, lease, fence, facts, signal } = input;
  const until = performance.now() + facts.applyTimeoutMs;
  let answer: CandidateAnswer | null = null;
  for (;;) {
    const left = Math.max(0, Math.ceil(until - performance.now()));
    const receipt = await ask(input, `/v2/record/receipt?owner=${fence.owner}&waitMs=${Math.min(left, WAIT_MS)}`);
    if (!receipt.ok) return receipt.diagnostics.some(({ code }) => code === "GATEWAY_RECEIPT") ? receipt : incomplete(receipt);
    answer = receipt.value.answer;
    if (answer?.generation === candidate.number) break;
    if (left === 0 || signal.aborted) return silent(candidate, facts.applyTimeoutMs);
    const renewed = await client.ask("POST", `/v2/record/leases/${lease}/renew`, null, signal);
    if (!renewed.ok) return incomplete(renewed);
  }
  if (answer.healthy && answer.digest !== candidate.digest) return wrong("its runtime loaded other rows than those of the plan");
  const done = await client.ask("POST", "/v2/record/activations", { lease, fence: { ...fence } }, signal);
  if (!done.ok) return incomplete(done);
  const receipt = readAs<Receipt>(done, RECEIPT, "its receipt");
  if (!receipt.ok) return receipt;
  return answer.healthy ? believed(input, receipt.value, candidate, before) : rejected(input, candidate, answer.reason);
}

/** A receipt counts only if it is about this store, this generation and these rows, and ends in a newer head of the same signer. */
function believed(
  { facts, plan }: CommitInput,
  { lineage, active, head }: Receipt,
  candidate: Generation,
  before: SignedHead,
): Result<Generation> {
  if (lineage !== before.lineage || head.lineage !== before.lineage) return wrong("its receipt is of another store");
  const signed = verifyHeadProof(head);
  if (!signed.ok || head.key !== before.key) return wrong("the signed end of its ledger does not hold");
  if (signed.value.seq <= before.seq) return wrong("its receipt is an old one: the ledger has not grown since");
  if (!active || active.number !== candidate.number || active.status !== "active") return wrong("its receipt is about another generation");
  if (active.digest !== digestOf(facts.rows) || active.plan !== plan.digest) return wrong("its receipt is about another plan");
  return ok(active);
}

function rejected({ fence }: CommitInput, candidate: Generation, reason: string | null): Result<never> {
  return fail(
    problem("APPLY_INCOMPLETE", {
      detail: `The gateway could not run generation ${candidate.number} of ${fence.owner}: ${reason === null ? "no reason given" : shown(reason, REASON_CHARS)}. The generation before it stays active.`,
      remedy: "Correct the configuration and apply again.",
      context: { generation: candidate.number },
    }),
  );
}

async function ask({ client, signal }: CommitInput, target: string): Promise<Result<Receipt>> {
  return readAs(await client.ask("GET", target, null, signal), RECEIPT, "its receipt");
}

function digestOf(rows: ReadonlyMap<Address, Digest>): Digest {
  return generationDigest([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function silent(candidate: Generation, applyTimeoutMs: number): Result<never> {
  return fail(
    problem("APPLY_INCOMPLETE", {
      detail: `The gateway did not say within ${applyTimeoutMs} ms whether it runs generation ${candidate.number}; the generation before it stays active.`,
      remedy: "Look at the gateway; the next apply settles the open candidate first:\n  moltbot apply",
      context: { generation: candidate.number },
    }),
  );
}

function wrong(why: string): Result<never> {
  return fail(problem("GATEWAY_RECEIPT", { detail: `The gateway's receipt is not believed: ${why}.` }));
}

function incomplete(failed: Result<unknown>): Result<never> {
  const first = failed.ok ? undefined : failed.diagnostics[0];
  return fail(
    problem("APPLY_INCOMPLETE", {
      detail: `The gateway was lost while the new generation was written: ${first?.detail ?? "no answer"} Whether it is active is not known.`,
      remedy: "Run it again: the next apply settles what was begun.\n  moltbot apply",
      ...(first ? { context: { code: first.code } } : {}),
    }),
  );
}
