import { caution, problem, type Actor, type Diagnostic, type Digest, type Fence, type Generation, type Owner } from "../../core/index.ts";
import { keepEvidence } from "./contents.ts";
import { fault, StoreFault } from "./faults.ts";
import { applyPending, checkOwnership, makeActive, writeGeneration } from "./generate.ts";
import { nextLives } from "./lives.ts";
import { changeOthers, releasedRows } from "./others.ts";
import { candidateOf, dropFacts, putFact, type Intent, type OwnerState, type Pending } from "./owner-state.ts";
import type { Changing } from "./session.ts";
import type { CommitRequest } from "./types.ts";

/** The two transactions of an apply, and how a claim is taken, checked and given up. */

export interface Begun {
  readonly fence: Fence;
  /** An apply that died before: closed now, and worth a word. */
  readonly abandoned: Intent | null;
}

/** Transaction (1): fence + 1 and the intent. */
export function begin(change: Changing, owner: Owner, plan: Digest, actor: Actor): Begun {
  const state = change.touch(owner);
  if (candidateOf(state)) throw candidateOpen(state);
  const { intent } = state;
  if (intent) close(change, state, actor, intent, "abandoned", { why: "it ended without a receipt" });
  const number = state.fence + 1;
  change.db.run("UPDATE owners SET fence = ? WHERE id = ?", number, state.id);
  const next: Intent = { fence: number, plan, actor, at: change.at, pending: null };
  putFact(change.db, "intents", state.id, number, next);
  change.log("intent", owner, actor, { fence: number, plan });
  return { fence: { owner, number, plan }, abandoned: intent };
}

export function abandonedNote(owner: Owner, intent: Intent): Diagnostic {
  return caution("STORE_RECOVERED", {
    detail: `An apply of "${owner}" by ${intent.actor}, begun at ${intent.at}, ended without a receipt. Nothing of it is in force; the ledger says so.`,
    context: { owner, fence: intent.fence },
  });
}

/** Transaction (2): generation N+1, its receipt and what becomes true with it. */
export function commit(change: Changing, fence: Fence, request: CommitRequest, asCandidate: boolean): Generation {
  const { state, intent } = claimOf(change, fence);
  if (candidateOf(state)) throw candidateOpen(state);
  checkOwnership(change, state, request);
  const { reason, because, resolved, schema, engine, commit: revision, dirty, actor, evidence } = request;
  const kept = evidence ? { evidence: evidence.list } : {};
  const number = (state.generations.at(-1)?.number ?? 0) + 1;
  const lives = nextLives(change, state, number, request);
  const said = {
    ...(request.restores === undefined ? {} : { restores: request.restores }),
    ...(request.isPartial ? { isPartial: true as const } : {}),
    ...(lives && { lives }),
    reason,
    because,
    resolved,
    schema,
    engine,
    commit: revision,
    dirty,
    actor,
    plan: fence.plan,
    ...kept,
  };
  const candidate = writeGeneration(change, state, said, request.rows, request.values);
  if (evidence) keepEvidence(change.db, state.id, candidate.number, evidence);
  const pending: Pending = {
    generation: candidate.number,
    correctedEdits: request.correctedEdits,
    ...(request.pin === undefined ? {} : { pin: request.pin }),
    receipt: request.receipt,
    adopted: request.adopted ?? [],
    released: releasedRows(change, state, request),
  };
  if (!asCandidate) return takeEffect(change, state, candidate, intent, pending);
  putFact(change.db, "intents", state.id, intent.fence, { ...intent, pending });
  change.log("candidate", state.name, actor, {
    fence: fence.number,
    generation: candidate.number,
    digest: candidate.digest,
    plan: fence.plan,
  });
  return candidate;
}

/** Active, with its receipt; the intent is closed. */
export function takeEffect(change: Changing, state: OwnerState, candidate: Generation, intent: Intent, pending: Pending): Generation {
  const active = makeActive(change, state, candidate);
  applyPending(change, state, active, pending);
  changeOthers(change, state, active, pending);
  const { reason, because, commit: revision, dirty, resources, resolved, digest, plan, number, evidence = null } = active;
  close(change, state, active.actor, intent, "receipt", {
    ...pending.receipt,
    generation: number,
    digest,
    plan,
    resolved,
    reason,
    because,
    commit: revision,
    dirty,
    resources,
    evidence,
  });
  return active;
}

/** Ends an intent with its last ledger record. */
export function close(
  change: Changing,
  state: OwnerState,
  actor: Actor,
  intent: Intent,
  kind: "receipt" | "rejected" | "abandoned",
  body: Readonly<Record<string, string | number | boolean | null>>,
): void {
  dropFacts(change.db, "intents", state.id);
  dropFacts(change.db, "answers", state.id);
  change.log(kind, state.name, actor, { ...body, fence: intent.fence, plan: intent.plan });
}

/**
 * The intent behind a fence, if it is still the newest one.
 * @throws StoreFault `FENCE_LOST`
 */
export function claimOf(change: Changing, fence: Fence): { readonly state: OwnerState; readonly intent: Intent } {
  const state = change.touch(fence.owner);
  const { intent } = state;
  if (intent && state.fence === fence.number && intent.fence === fence.number && intent.plan === fence.plan) return { state, intent };
  const now = intent
    ? `Fence ${intent.fence} was given to ${intent.actor} at ${intent.at}.`
    : `The newest fence is ${state.fence}, and it is closed.`;
  throw new StoreFault(
    problem("FENCE_LOST", {
      detail: `This apply of "${fence.owner}" holds fence ${fence.number}, which is not in force any more. ${now} Nothing was written.`,
      remedy: "Plan again:\nmoltbot apply",
      context: { owner: fence.owner, fence: fence.number, newest: state.fence },
    }),
  );
}

export function candidateOpen(state: OwnerState): StoreFault {
  const candidate = candidateOf(state);
  return fault(
    "CANDIDATE_OPEN",
    `Generation ${candidate?.number ?? 0} of "${state.name}" was written for the running gateway, which has not said whether it runs it.`,
    {
      remedy: "See that the gateway is alive, then apply again:\nmoltbot apply",
      context: { owner: state.name },
    },
  );
}
