import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok, problem, type Address, type Digest, type Fence, type Generation, type Result } from "../../../core/index.ts";
import { isRuntimeHeld, type CommitRequest, type StoreWriter } from "../../../runtime/store/index.ts";
import type { Plan } from "../../plan/types.ts";
import { commitRequest, namedBy, rowChanges } from "../commit-request.ts";
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
  const request = requestOf(input);
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

function requestOf({ store, plan, values, facts, fence, version, schema }: CommitInput): Result<CommitRequest> {
  const active = store.active(fence.owner);
  if (!active.ok) return active;
  const recorded = active.value ? store.rows(fence.owner, active.value.number) : ok<ReadonlyMap<Address, Digest>>(new Map());
  if (!recorded.ok) return recorded;
  const edits = store.edits(fence.owner);
  if (!edits.ok) return edits;
  const rows = rowChanges(facts.rows, recorded.value);
  const known = store.knownValues(namedBy(rows, facts));
  if (!known.ok) return known;
  return commitRequest({ plan, values, facts, version, schema, rows, edits: edits.value, known: known.value });
}
