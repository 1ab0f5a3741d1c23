import { LIMITS, ok, type Result } from "../../core/index.ts";
import { infoOf, loadSession, readAll, slotOf, type SessionInfo } from "../sessions/index.ts";
import { newJournal } from "./journal.ts";
import { deliverFrom } from "./delivery.ts";
import { laneOf, receive, takeUp } from "./lanes.ts";
import { loadLine } from "./line.ts";
import { lookAgain } from "./look-again.ts";
import { newLocks } from "./locks.ts";
import type { ConversationsWorld } from "./ports.ts";
import { STOPPED_BY } from "../run/index.ts";
import { say, sessionById } from "./say.ts";
import { search } from "./search.ts";
import { inBackground, statusOf, type State } from "./state.ts";
import { sweep } from "./sweep.ts";
import { subAgentsOf } from "./sub-agents.ts";
import { newTails } from "./tails.ts";
import { putBack, removeUndelivered, type Undelivered } from "./undelivered.ts";
import type { Conversations, LiveAgent } from "./types.ts";

/** Lines that one step of the start looks at, so that a gateway with many of them answers meanwhile. */
const LINES_AT_ONCE = 64;

/** Conversations over one store. Nothing runs before something is said or {@link Conversations.start} is called. */
export function openConversations(world: ConversationsWorld): Conversations {
  const journal = newJournal(world.withRecords, world.turns?.next);
  const state: State = {
    ...world,
    journal,
    tails: newTails(),
    lanes: new Map(),
    locks: newLocks(),
    agentsSeen: new Map(),
    stops: new Map(),
    asking: new Set(),
    all: new AbortController(),
    ending: new AbortController(),
    waiting: 0,
    undelivered: 0,
    isStopping: false,
    active: new Set(),
  };
  return {
    receive: (message, taking = {}) => receive(state, message, taking),
    say: (saying) => say(state, saying),
    cancel: (session) => cancel(state, session),
    status: (agent) => statusOf(state, agent),
    sessions: (agent) => sessions(state, agent),
    transcript: (agent, session) => {
      const live = state.agents.known(agent);
      if (!live.ok) return live;
      const found = sessionById(state, live.value, session);
      return found.ok ? state.journal.read((records) => readAll(records, found.value)) : found;
    },
    forget: (agent, session) => forget(state, agent, session),
    search: async (agent, request) => {
      const live = state.agents.known(agent);
      return live.ok ? await search(state, live.value, request) : live;
    },
    sweep: () => sweep(state),
    subAgents: subAgentsOf(state),
    lookAgain: (gone) => lookAgain(state, gone),
    undelivered: () => state.undelivered,
    together: journal.begin,
    isLate: () => state.waiting > LIMITS.waitingWhileBusy && (world.turns?.isBusy() ?? false),
    resend: (id) => resend(state, id),
    letGo: (id) => state.journal.write((records) => removeUndelivered(records, id)),
    start: () => start(state),
    stop: (graceMs) => stop(state, graceMs),
  };
}

function cancel(state: State, session: string): boolean {
  const stops = [...(state.stops.get(session) ?? [])];
  for (const each of stops) each.abort("cancelled");
  return stops.length > 0;
}

/** Newest first. */
function sessions(state: State, agent: string): Result<readonly SessionInfo[]> {
  const live = state.agents.known(agent);
  if (!live.ok) return live;
  return state.journal.read((records) => {
    const names = records.names(slotOf(live.value.life, ""));
    if (!names.ok) return names;
    const infos: SessionInfo[] = [];
    for (const slot of names.value) {
      const session = loadSession(records, slot);
      if (!session.ok) return session;
      if (session.value?.head.owner === live.value.owner) infos.push({ ...infoOf(session.value.head), agent });
    }
    return ok(infos.sort((a, b) => (a.updatedAt === b.updatedAt ? (a.id < b.id ? -1 : 1) : a.updatedAt < b.updatedAt ? 1 : -1)));
  });
}

function forget(state: State, agent: string, session: string): Result<void> {
  const live = state.agents.find(agent);
  if (!live.ok) return live;
  const found = sessionById(state, live.value, session);
  if (!found.ok) return found;
  cancel(state, session);
  const audited = state.audit?.record({ ...eventOf(live.value, session), kind: "session.deleted" });
  if (audited && !audited.ok) return audited;
  const forgotten = state.gate?.forget?.(session) ?? ok(undefined);
  return forgotten.ok ? state.journal.read((records) => records.remove(found.value.slot)) : forgotten;
}

async function resend(state: State, id: string): Promise<Result<Undelivered>> {
  const done = await state.journal.write((records) => {
    const back = putBack(records, id, state.clock.now().toISOString());
    if (!back.ok) return back;
    const line = loadLine(records, back.value.slot);
    return line.ok ? ok({ ...back.value, line: line.value }) : line;
  });
  if (!done.ok) return done;
  const { slot, one, line } = done.value;
  if (line) {
    const lane = laneOf(state, slot, one.life, line);
    lane.hasAnswers = true;
    state.undelivered++;
    deliverFrom(state, lane);
  }
  return ok(one);
}

function eventOf(
  live: LiveAgent,
  session: string,
): {
  readonly owner: LiveAgent["owner"];
  readonly correlation: string;
  readonly actor: string;
  readonly agent: string;
  readonly session: string;
  readonly decision: "none";
} {
  return { owner: live.owner, correlation: session, actor: "runtime", agent: live.agent.name, session, decision: "none" };
}

async function start(state: State): Promise<Result<{ readonly messages: number; readonly answers: number }>> {
  const names = state.journal.read((records) => records.names("line/"));
  if (!names.ok) return names;
  const sum = { messages: 0, answers: 0 };
  const timer = setInterval(() => inBackground(state, sweep(state)), LIMITS.sweepMs).unref();
  state.ending.signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  for (const [i, slot] of names.value.entries()) {
    if (state.isStopping) break;
    if (i % LINES_AT_ONCE === LINES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const [, life = ""] = slot.split("/");
    const found = takeUp(state, slot, life);
    // One damaged line stops only itself.
    if (!found.ok) continue;
    sum.messages += found.value.messages;
    sum.answers += found.value.answers;
  }
  return ok(sum);
}

async function stop(state: State, graceMs: number): Promise<void> {
  state.isStopping = true;
  state.ending.abort();
  for (const lane of state.lanes.values()) if (lane.timer) clearTimeout(lane.timer);
  const ended = Promise.allSettled(state.active);
  const timer = setTimeout(() => state.all.abort(STOPPED_BY.shutdown), graceMs);
  await ended;
  clearTimeout(timer);
  state.all.abort(STOPPED_BY.shutdown);
  await Promise.allSettled(state.active);
  await state.journal.settled();
}
