import type { Diagnostic, Instant } from "../../core/index.ts";
import type { Accepted } from "../channels/index.ts";
import type { Principal } from "../run/index.ts";
import type { Pending } from "./line.ts";
import type { newLocks } from "./locks.ts";
import type { RunWorld } from "./run-spec.ts";
import type { AgentStatus, Taking } from "./types.ts";

/** A message that waits for its answer. */
export interface Item {
  readonly pending: Pending;
  readonly message: Accepted;
  readonly taking: Taking;
}

/** One conversation in memory, for as long as something of it waits. */
export interface Lane {
  readonly slot: string;
  readonly life: string;
  readonly agent: string;
  readonly key: string;
  readonly items: Item[];
  /** Ends the run that is going on; null while there is none. */
  stop: AbortController | null;
  running: readonly Item[];
  session: string | null;
  isBusy: boolean;
  isDelivering: boolean;
  /** Something waits to be delivered. */
  hasAnswers: boolean;
  timer: NodeJS.Timeout | null;
}

/** Somebody who asked and waits for the answer. */
export interface Asking {
  readonly principal: Principal;
  readonly stop: AbortController;
  /** Their data was deleted meanwhile: nothing more is written for them. */
  isGone: boolean;
}

interface AgentState {
  running: number;
  problems: readonly Diagnostic[];
  lastRunAt: Instant | null;
}

/** Everything that one set of conversations keeps in memory. */
export interface State extends RunWorld {
  readonly lanes: Map<string, Lane>;
  readonly locks: ReturnType<typeof newLocks>;
  readonly agentsSeen: Map<string, AgentState>;
  /** Ends the runs of a session, by its id. */
  readonly stops: Map<string, Set<AbortController>>;
  /** Who waits for an answer over the API or within another run, for as long as that is so. */
  readonly asking: Set<Asking>;
  /** Ends everything, with a reason. */
  readonly all: AbortController;
  /** Ends pauses as soon as the stop begins. */
  readonly ending: AbortController;
  waiting: number;
  undelivered: number;
  isStopping: boolean;
  readonly active: Set<Promise<unknown>>;
}

/** Forgets a lane of which nothing waits any more. */
export function letGoOf({ lanes }: State, lane: Lane): void {
  const isIdle = lane.items.length === 0 && !lane.isBusy && !lane.timer && !lane.hasAnswers && !lane.isDelivering;
  if (isIdle && lanes.get(lane.slot) === lane) lanes.delete(lane.slot);
}

export function agentState(state: State, agent: string): AgentState {
  const known = state.agentsSeen.get(agent);
  if (known) return known;
  const fresh: AgentState = { running: 0, problems: [], lastRunAt: null };
  state.agentsSeen.set(agent, fresh);
  return fresh;
}

export function statusOf(state: State, agent: string): AgentStatus {
  const { running, problems, lastRunAt } = agentState(state, agent);
  let waiting = 0;
  for (const lane of state.lanes.values()) if (lane.agent === agent) waiting += lane.items.length;
  return { agent, status: running > 0 ? "busy" : problems.length > 0 ? "error" : "idle", running, waiting, problems, lastRunAt };
}

/** Counts a run, and remembers how it ended. */
export async function counted<T extends { readonly ok: true } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }>(
  state: State,
  agent: string,
  run: () => Promise<T>,
): Promise<T> {
  const seen = agentState(state, agent);
  seen.running++;
  try {
    const result = await run();
    seen.problems = result.ok ? [] : result.diagnostics;
    return result;
  } finally {
    seen.running--;
    seen.lastRunAt = state.clock.now().toISOString();
  }
}

/** Work that goes on in the background: waited for at the stop, and never unhandled. */
export function inBackground(state: State, work: Promise<unknown>): void {
  state.active.add(work);
  void work.finally(() => state.active.delete(work)).catch(() => undefined);
}

/** A controller that ends with everything else, and can be found by the session it works in. */
export function stoppable(
  state: State,
  session: string,
  outer?: AbortSignal,
): { readonly stop: AbortController; readonly signal: AbortSignal; readonly done: () => void } {
  const stop = new AbortController();
  const stops = state.stops.get(session) ?? new Set();
  state.stops.set(session, stops.add(stop));
  return {
    stop,
    signal: AbortSignal.any([stop.signal, state.all.signal, ...(outer ? [outer] : [])]),
    done: () => {
      stops.delete(stop);
      if (stops.size === 0) state.stops.delete(session);
    },
  };
}
