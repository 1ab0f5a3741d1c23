import { setTimeout as sleep } from "node:timers/promises";
import {
  canonicalJson,
  digestBytes,
  fail,
  InternalError,
  isDigest,
  ok,
  problem,
  type Address,
  type Digest,
  type Fence,
  type Generation,
  type Json,
  type Result,
} from "../../../core/index.ts";
import { isRuntimeHeld, type CommitRequest, type RowChange, type StoreWriter } from "../../../runtime/store/index.ts";
import { isPartial } from "../../plan/index.ts";
import type { Plan } from "../../plan/types.ts";
import type { CommitFacts, Values } from "../types.ts";
import { installArchives, pruneArchives } from "./plugins.ts";

export interface CommitInput {
  readonly store: StoreWriter;
  readonly dir: string;
  readonly plan: Plan;
  readonly values: Values;
  readonly facts: CommitFacts;
  readonly fence: Fence;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly schema: Digest;
}

/** How often the store is asked whether the runtime has answered for the candidate. */
const POLL_MS = 25;

/**
 * Transaction (2). Where no runtime holds the store, generation N+1 is active at once; where one does,
 * it is a candidate until that runtime has loaded it and said so.
 */
export async function commitPlan(input: CommitInput): Promise<Result<Generation>> {
  const { store, fence, dir } = input;
  const request = commitRequest(input);
  if (!request.ok) return request;
  // Content first: what becomes active must find it. Installed for nothing, it is removed by the next apply.
  const installed = await installArchives(dir, input.facts.resources, bytesFor(input));
  if (!installed.ok) return installed;
  const held = isRuntimeHeld(dir);
  if (!held.ok) return held;
  const committed = store.commit(fence, request.value, { candidate: held.value });
  const active = committed.ok && held.value ? await activated(input, committed.value) : committed;
  if (active.ok) pruneArchives(dir, store);
  return active;
}

function bytesFor({ store, values }: CommitInput): (digest: Digest) => Uint8Array | undefined {
  return (digest) => {
    const recorded = values(digest) ? undefined : store.values([digest]);
    return values(digest) ?? (recorded?.ok ? recorded.value.get(digest) : undefined);
  };
}

async function activated({ store, fence, facts, signal }: CommitInput, candidate: Generation): Promise<Result<Generation>> {
  const deadline = Date.now() + facts.applyTimeoutMs;
  while (Date.now() < deadline && !signal.aborted) {
    const answer = store.candidateAnswer(fence.owner);
    if (!answer.ok) return answer;
    if (answer.value?.healthy) return store.activate(fence);
    if (answer.value) {
      const settled = store.settleCandidate(fence.owner, facts.actor);
      return settled.ok ? rejected(candidate, answer.value.reason) : settled;
    }
    await sleep(POLL_MS);
  }
  return fail(
    problem("APPLY_INCOMPLETE", {
      detail: `The running runtime did not answer for generation ${candidate.number} within ${facts.applyTimeoutMs} ms; generation ${candidate.number - 1} stays active.`,
      remedy: "Look at the runtime; the next apply settles the open candidate first:\n  moltbot apply",
      context: { generation: candidate.number },
    }),
  );
}

function rejected(candidate: Generation, reason: string | null): Result<Generation> {
  return fail(
    problem("APPLY_INCOMPLETE", {
      detail: `The runtime could not run generation ${candidate.number}: ${reason ?? "no reason given"}. The generation before it stays active.`,
      remedy: "Correct the configuration and apply again.",
      context: { generation: candidate.number },
    }),
  );
}

function commitRequest({ store, plan, values, facts, fence, version, schema }: CommitInput): Result<CommitRequest> {
  const rows = rowChanges(store, facts.rows, fence);
  if (!rows.ok) return rows;
  const bytes = newValues(store, rows.value, facts, values);
  if (!bytes.ok) return bytes;
  const edits = store.edits(fence.owner);
  if (!edits.ok) return edits;
  const corrected = new Set(plan.body.drift.filter((each) => each.action === "correct").map((each) => each.address));
  const { create, update, replace, delete: deleted, move, adopt, forget } = plan.body.summary;
  const released = new Set(facts.released);
  const isOver = (address: Address): boolean => corrected.has(address) || (!facts.rows.has(address) && !released.has(address));
  return ok({
    reason: facts.reason,
    because: facts.because,
    resolved: plan.body.inputs.resolved,
    schema,
    engine: version,
    commit: plan.evidence.repository.commit,
    dirty: plan.evidence.repository.dirty,
    actor: facts.actor,
    rows: rows.value,
    values: bytes.value,
    evidence: facts.evidence,
    correctedEdits: edits.value.filter((edit) => isOver(edit.address)).map((edit) => edit.id),
    adopted: facts.adopted,
    released: facts.released,
    moved: plan.body.changes.flatMap(({ address, from }) => (from === undefined ? [] : [{ from, to: address }])),
    ...(facts.pin === undefined ? {} : { pin: facts.pin }),
    ...(facts.reason === "rollback" && facts.pin ? { restores: facts.pin.generation } : {}),
    ...(isPartial(plan.body) ? { isPartial: true } : {}),
    receipt: { create, update, replace, delete: deleted, move, adopt, forget, corrected: corrected.size, ...facts.provenance },
  });
}

/** Every row that must become another, or go. */
function rowChanges(store: StoreWriter, desired: ReadonlyMap<Address, Digest>, fence: Fence): Result<RowChange[]> {
  const active = store.active(fence.owner);
  if (!active.ok) return active;
  const recorded = active.value ? store.rows(fence.owner, active.value.number) : ok<ReadonlyMap<Address, Digest>>(new Map());
  if (!recorded.ok) return recorded;
  const changed = [...desired].filter(([address, digest]) => recorded.value.get(address) !== digest);
  const gone = [...recorded.value.keys()].filter((address) => !desired.has(address));
  return ok([...changed.map(([address, digest]) => ({ address, digest })), ...gone.map((address) => ({ address, digest: null }))]);
}

/** The bytes that the new rows need: the resources themselves, and what they name by digest. */
function newValues(
  store: StoreWriter,
  rows: readonly RowChange[],
  facts: CommitFacts,
  values: Values,
): Result<ReadonlyMap<Digest, Uint8Array>> {
  const changed = new Map(rows.map((row) => [row.address, row.digest]));
  const out = new Map<Digest, Uint8Array>();
  const named = new Set<Digest>();
  for (const resource of facts.resources) {
    const digest = changed.get(`${resource.kind}/${resource.metadata.name}`);
    if (!digest) continue;
    const json = resource as unknown as Json;
    const bytes = new TextEncoder().encode(canonicalJson(json));
    if (digestBytes(bytes) !== digest)
      throw new InternalError(`row digest of ${resource.kind}/${resource.metadata.name} is not that of its bytes`);
    out.set(digest, bytes);
    collectDigests(json, named);
  }
  const known = store.knownValues(named);
  if (!known.ok) return known;
  for (const digest of named) {
    const bytes = values(digest);
    if (bytes && digestBytes(bytes) !== digest) {
      return fail(
        problem("PLAN_STALE", { detail: `The bytes for ${digest} do not hash to it; nothing was written.`, context: { digest } }),
      );
    }
    if (bytes && !known.value.has(digest)) out.set(digest, bytes);
  }
  return ok(out);
}

/** Digests that stand in a resource as text; those with bytes beside them are carried along. */
function collectDigests(value: Json, into: Set<Digest>): void {
  if (isDigest(value)) into.add(value);
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) collectDigests(item, into);
}
