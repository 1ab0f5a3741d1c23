import { LIMITS, ok, type Actor } from "../../core/index.ts";
import { answerCandidates, type Answered, type CandidateWatch } from "./candidates.ts";
import type { Part } from "./types.ts";

export interface CandidatePartWorld {
  readonly store: () => CandidateWatch["store"];
  readonly actor: Actor;
  readonly trials: CandidateWatch["trials"];
  /** Called at each look: what became active is noticed also while nobody asks for anything. */
  readonly look: () => void;
  readonly tell: (answered: Answered) => void;
  /** The store could not be read: told once, until it can be again. */
  readonly failed: (reason: string) => void;
}

/** Looks for candidates for as long as the gateway runs. */
export function candidatePart(world: CandidatePartWorld): Part {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let failure: string | null = null;
  const look = async (): Promise<void> => {
    const answered = await answerCandidates({ store: world.store(), actor: world.actor, trials: world.trials }, stop.signal);
    world.look();
    const reason = answered.ok ? null : (answered.diagnostics[0]?.detail ?? "unknown");
    if (reason !== null && reason !== failure) world.failed(reason);
    failure = reason;
    if (answered.ok) answered.value.forEach(world.tell);
  };
  const lookAndWait = async (): Promise<void> => {
    await look();
    wait();
  };
  const wait = (): void => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => {
      looking = lookAndWait();
    }, LIMITS.candidatePollMs);
  };
  return {
    name: "watch for new generations",
    start: async () => {
      wait();
      return ok(undefined);
    },
    stop: async () => {
      stop.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}
