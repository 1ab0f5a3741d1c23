import { LIMITS, ok, shown, type Actor, type Generation, type Owner, type Resource, type Result } from "../../core/index.ts";
import { loadGeneration, readResources, type LoadedGeneration } from "../load/index.ts";
import type { StoreWriter } from "../store/index.ts";

/** A generation that waits to be tried. */
export interface Candidate {
  readonly generation: Generation;
  readonly resources: readonly Resource[];
  readonly loaded: LoadedGeneration;
}

/**
 * Tries a candidate without letting it act: programs load, credentials open, what must start starts beside
 * what runs. @returns why the gateway cannot run it; null when it can.
 */
export type Trial = (candidate: Candidate, signal: AbortSignal) => Promise<string | null>;

export interface CandidateWatch {
  readonly store: Pick<StoreWriter, "owners" | "candidate" | "candidateAnswer" | "answerCandidate" | "rows" | "values">;
  readonly actor: Actor;
  readonly trials: readonly { readonly name: string; readonly tries: Trial }[];
  readonly trialMs?: number;
}

/** What was said of one candidate. */
export interface Answered {
  readonly owner: Owner;
  readonly generation: number;
  readonly healthy: boolean;
  readonly reason: string | null;
}

/**
 * Looks once for candidates nobody has answered yet, tries each, and answers. One that cannot be read,
 * built or tried in time is answered as unhealthy: the generation before it stays in force.
 */
export async function answerCandidates(watch: CandidateWatch, signal: AbortSignal): Promise<Result<readonly Answered[]>> {
  const owners = watch.store.owners();
  if (!owners.ok) return owners;
  const answered: Answered[] = [];
  for (const owner of owners.value) {
    const candidate = watch.store.candidate(owner);
    if (!candidate.ok) return candidate;
    const before = candidate.value && watch.store.candidateAnswer(owner);
    if (!candidate.value || before?.ok === false || before?.value?.generation === candidate.value.number) continue;
    const reason = await objectionTo(watch, owner, candidate.value, signal);
    if (signal.aborted) break;
    const generation = candidate.value.number;
    const healthy = reason === null;
    const said = watch.store.answerCandidate(owner, { generation, digest: candidate.value.digest, healthy, reason, actor: watch.actor });
    // The applier may have given up meanwhile; then nobody waits for an answer.
    if (said.ok) answered.push({ owner, generation, healthy, reason });
  }
  return ok(answered);
}

async function objectionTo(watch: CandidateWatch, owner: Owner, generation: Generation, signal: AbortSignal): Promise<string | null> {
  const resources = readResources(watch.store, owner, { generation, edits: [] });
  if (!resources.ok) return wordsOf(resources.diagnostics);
  const loaded = loadGeneration(resources.value);
  if (!loaded.ok) return wordsOf(loaded.diagnostics);
  const candidate: Candidate = { generation, resources: resources.value, loaded: loaded.value };
  for (const { name, tries } of watch.trials) {
    const reason = await inTime(name, (stop) => tries(candidate, stop), watch.trialMs ?? LIMITS.trialMs, signal);
    if (reason !== null) return reason;
  }
  return null;
}

async function inTime(
  name: string,
  work: (signal: AbortSignal) => Promise<string | null>,
  ms: number,
  outer: AbortSignal,
): Promise<string | null> {
  const deadline = new AbortController();
  const signal = AbortSignal.any([outer, deadline.signal]);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      deadline.abort();
      resolve(`${name}: no answer within ${ms} ms`);
    }, ms);
  });
  try {
    const reason = await Promise.race([work(signal), late]);
    return reason === null ? null : reason.startsWith(`${name}: `) ? reason : `${name}: ${reason}`;
  } catch (error) {
    return `${name}: ${shown(error instanceof Error ? error.message : String(error))}`;
  } finally {
    clearTimeout(timer);
  }
}

function wordsOf(diagnostics: readonly { readonly detail: string }[]): string {
  return diagnostics.map(({ detail }) => detail).join(" ");
}
