import { problem, type Actor, type Fence, type Generation, type Owner } from "../../core/index.ts";
import { candidateOpen, claimOf, close, takeEffect } from "./claim.ts";
import { fault, StoreFault } from "./faults.ts";
import { reject } from "./generate.ts";
import { candidateOf, putFact, type Intent, type OwnerState, type Pending } from "./owner-state.ts";
import type { Changing } from "./session.ts";
import type { CandidateAnswer, Settled } from "./types.ts";

/**
 * The way of a generation through a running gateway: it is written as `candidate`, the runtime answers,
 * and only a healthy answer about exactly these rows makes it active.
 */

/** The runtime's receipt. A second answer replaces the first while the candidate is open. */
export function answer(change: Changing, owner: Owner, said: Omit<CandidateAnswer, "at">): void {
  const state = change.touch(owner);
  const candidate = candidateOf(state);
  if (candidate?.number !== said.generation) {
    throw fault("GENERATION_UNKNOWN", `Generation ${said.generation} of "${owner}" is not waiting for an answer.`, {
      context: { owner, generation: said.generation },
    });
  }
  putFact(change.db, "answers", state.id, said.generation, { ...said, at: change.at });
  change.log("answer", owner, said.actor, { generation: said.generation, digest: said.digest, healthy: said.healthy, reason: said.reason });
}

/** The applier's last step: active when the runtime runs it, rejected when it said no. */
export function activate(change: Changing, fence: Fence): Generation | { readonly rejected: Generation; readonly why: string } {
  const { state, intent } = claimOf(change, fence);
  const open = openCandidate(state, intent);
  if (!open)
    throw fault("GENERATION_UNKNOWN", `No generation of "${state.name}" waits to become active.`, { context: { owner: state.name } });
  if (!state.answer) throw candidateOpen(state);
  const why = objection(open.candidate, state.answer);
  return why === null
    ? takeEffect(change, state, open.candidate, intent, open.pending)
    : refuse(change, state, open.candidate, intent, intent.actor, why);
}

/** Before the next apply. `isHeld`: a runtime holds the store and may yet answer. */
export function settle(change: Changing, owner: Owner, actor: Actor, isHeld: boolean): Settled {
  const state = change.touch(owner);
  const open = state.intent && openCandidate(state, state.intent);
  if (!state.intent || !open) return { outcome: "none" };
  if (!state.answer && isHeld) return { outcome: "waiting" };
  const why = state.answer ? objection(open.candidate, state.answer) : "no runtime answered, and none is running";
  if (why === null) {
    return { outcome: "activated", generation: takeEffect(change, state, open.candidate, state.intent, open.pending), why };
  }
  return { outcome: "rejected", generation: refuse(change, state, open.candidate, state.intent, actor, why).rejected, why };
}

/** The applier ends its claim itself; a candidate it wrote goes with it. */
export function giveUp(change: Changing, fence: Fence, why: string): void {
  const { state, intent } = claimOf(change, fence);
  const open = openCandidate(state, intent);
  if (open) refuse(change, state, open.candidate, intent, intent.actor, why);
  else close(change, state, intent.actor, intent, "abandoned", { why });
}

/** Every open claim of every owner: after a restore nobody is at work on what was restored. */
export function abandonAll(change: Changing, actor: Actor, why: string): void {
  for (const name of change.owners.keys()) {
    const state = change.owner(name);
    if (!state?.intent) continue;
    const touched = change.touch(name);
    const open = openCandidate(touched, state.intent);
    if (open) refuse(change, touched, open.candidate, state.intent, actor, why);
    else close(change, touched, actor, state.intent, "abandoned", { why });
  }
}

function openCandidate(state: OwnerState, { pending }: Intent): { readonly candidate: Generation; readonly pending: Pending } | undefined {
  const candidate = candidateOf(state);
  return candidate && pending?.generation === candidate.number ? { candidate, pending } : undefined;
}

/** Why the runtime's answer does not let the candidate become active; null when it does. */
function objection(candidate: Generation, said: CandidateAnswer): string | null {
  if (!said.healthy) return said.reason ?? "the runtime called it unhealthy";
  return said.digest === candidate.digest ? null : "the runtime loaded something else than what was written";
}

function refuse(
  change: Changing,
  state: OwnerState,
  candidate: Generation,
  intent: Intent,
  actor: Actor,
  why: string,
): { readonly rejected: Generation; readonly why: string } {
  const rejected = reject(change, state, candidate);
  close(change, state, actor, intent, "rejected", { generation: rejected.number, why });
  return { rejected, why };
}

export function rejectedProblem(owner: Owner, rejected: Generation, why: string): StoreFault {
  return new StoreFault(
    problem("CANDIDATE_REJECTED", {
      detail: `The runtime did not accept generation ${rejected.number} of "${owner}": ${why}. The generation before it stays active.`,
      remedy: "Correct the cause and apply again.",
      context: { owner, generation: rejected.number },
    }),
  );
}
