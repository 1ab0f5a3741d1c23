import { fail, LIMITS, ok, problem, type Diagnostic, type Instant, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { loadLine, partsOf, putLine, readAnswer, type Answer, type Line, type Waiting } from "./line.ts";
import { inBackground, letGoOf, type Lane, type State } from "./state.ts";
import type { Delivered, Keeping } from "./types.ts";
import { keepUndelivered, type UndeliveredState } from "./undelivered.ts";

const FIRST_PAUSE_MS = 1_000;
/** How long until what a platform said is written down once more, where the store did not take it. */
const STORE_PAUSE_MS = 1_000;

/**
 * Sends what waits in a lane, in order, each until the channel took it or it is given up. An answer is taken
 * off the line only after the channel's receipt: what a crash cuts off in between is sent again with the same
 * id, by which the platform knows it. To a platform that cannot tell a repeat it is not sent again: before each
 * such send the line says so, and what is found like that after a crash is kept as `unknown`.
 */
export function deliverFrom(state: State, lane: Lane): void {
  if (lane.isDelivering || !lane.hasAnswers || state.isStopping) return;
  lane.isDelivering = true;
  inBackground(state, deliverAll(state, lane));
}

async function deliverAll(state: State, lane: Lane): Promise<void> {
  try {
    let waited = "";
    for (;;) {
      const next = state.journal.read((records) => first(records, lane));
      if (!next.ok) {
        // A damaged line stops here; a store that cannot be read now is asked again.
        const isForNow = next.diagnostics.some(({ code }) => code === "STORE_UNAVAILABLE");
        if (!isForNow || !(await paused(STORE_PAUSE_MS, state.ending.signal))) return;
        continue;
      }
      if (next.value === null) {
        lane.hasAnswers = false;
        return;
      }
      const { waiting, answer } = next.value;
      const pauseMs = Date.parse(waiting.nextAt) - state.clock.now().getTime();
      const attempt = `${waiting.n} ${waiting.attempts}`;
      if (pauseMs > 0 && waited !== attempt) {
        if (!(await paused(Math.min(pauseMs, LIMITS.deliveryPauseMs), state.ending.signal))) return;
        // It may have been deleted meanwhile: it is read again, and what is not there is not sent.
        waited = attempt;
        continue;
      }
      if (state.all.signal.aborted) return;
      const sent = waiting.sending === undefined ? await sendOne(state, lane, waiting, answer) : CUT_OFF;
      if (!(await settle(state, lane, waiting, answer, sent))) return;
    }
  } finally {
    lane.isDelivering = false;
    letGoOf(state, lane);
  }
}

/** The process that began to send it ended before it knew. */
const CUT_OFF: Delivered = { ok: false, diagnostics: [], final: "unknown" };

function first(records: SealedRecords, { slot }: Lane): Result<{ readonly waiting: Waiting; readonly answer: Answer } | null> {
  const line = loadLine(records, slot);
  if (!line.ok) return line;
  const waiting = line.value?.out[0];
  if (!waiting) return ok(null);
  const answer = readAnswer(records, slot, waiting);
  return answer.ok ? ok({ waiting, answer: answer.value }) : answer;
}

async function sendOne(state: State, lane: Lane, waiting: Waiting, answer: Answer): Promise<Delivered> {
  const { channel, session, run, labels, message, agent } = answer;
  const toSend = { channel, agent, session, run, labels, message: { ...message, attachments: [] } };
  try {
    return await state.deliver(toSend, state.all.signal, keepingOf(state, lane, waiting));
  } catch (error) {
    return fail(problem("UNDELIVERED", { detail: "The channel failed while it was sending.", cause: error }));
  }
}

function keepingOf(state: State, lane: Lane, { n, parts = 0 }: Waiting): Keeping {
  const note = async (change: (one: Waiting) => Waiting): Promise<Result<void>> =>
    await state.journal.write((records) => {
      const line = loadLine(records, lane.slot);
      if (!line.ok) return line;
      if (!line.value?.out.some((each) => each.n === n))
        return fail(problem("RUN_CANCELLED", { detail: "The answer was deleted before it was sent." }));
      const out = line.value.out.map((each) => (each.n === n ? change(each) : each));
      const put = putLine(records, lane.slot, { ...line.value, out });
      return put.ok ? ok(undefined) : put;
    });
  return {
    parts,
    sending: () => note((one) => ({ ...one, sending: nowOf(state) })),
    took: (taken) => note(({ attempts, nextAt }) => ({ n, attempts, nextAt, parts: taken })),
  };
}

/**
 * Writes down what became of an attempt, as often as it takes: what is not written would be sent again.
 * @returns false when it is not written and the stop has begun
 */
async function settle(state: State, lane: Lane, { n }: Waiting, answer: Answer, sent: Delivered): Promise<boolean> {
  const why = sent.ok ? null : (sent.diagnostics[0]?.code ?? null);
  for (;;) {
    const at = nowOf(state);
    const done = await state.journal.write((records) => {
      const line = loadLine(records, lane.slot);
      if (!line.ok) return line;
      const one = line.value?.out.find((each) => each.n === n);
      if (!line.value || !one) return ok<Ended | null>(null);
      const end = endOf(state, one, sent);
      const put = putLine(records, lane.slot, { ...line.value, out: afterAttempt(state, line.value, one, end) });
      if (!put.ok) return put;
      const { owner, key } = line.value;
      const ended: Ended = { end, owner, code: why };
      if (end === null || end === "sent") return ok(ended);
      // Said before it counts, so that a crash leaves it said twice rather than never.
      const audited = audit(state, answer, { ...ended, end });
      if (!audited.ok) return audited;
      const parts = one.parts ?? 0;
      const kept = keepUndelivered(records, {
        id: answer.message.id,
        state: end,
        at,
        code: ended.code,
        parts,
        life: lane.life,
        owner,
        key,
        answer,
      });
      return kept.ok ? ok(ended) : kept;
    });
    if (done.ok) {
      if (done.value !== null) count(state, answer, at, done.value);
      return true;
    }
    if (!(await paused(STORE_PAUSE_MS, state.ending.signal))) return false;
  }
}

type End = "sent" | UndeliveredState;

/** How an answer ends with this attempt; null: it is tried again. */
function endOf({ all }: State, { attempts }: Waiting, sent: Delivered): End | null {
  if (sent.ok) return "sent";
  if ("final" in sent) return sent.final;
  return attempts + 1 >= LIMITS.deliveryAttempts && !all.signal.aborted ? "given up" : null;
}

function afterAttempt(state: State, { out }: Line, { n, attempts: before, parts }: Waiting, end: End | null): readonly Waiting[] {
  if (end !== null) return out.filter((each) => each.n !== n);
  // What the stop cut short was no attempt.
  const attempts = state.all.signal.aborted ? before : before + 1;
  const most = Math.min(LIMITS.deliveryPauseMs, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
  const pauseMs = state.all.signal.aborted ? 0 : most * (0.5 + (state.random ?? Math.random)() / 2);
  const nextAt = new Date(state.clock.now().getTime() + pauseMs).toISOString();
  // Its place stays: what was said first is delivered first.
  return out.map((each) => (each.n === n ? { n, attempts, nextAt, ...partsOf(parts) } : each));
}

interface Ended {
  /** Null: it is tried again. */
  readonly end: End | null;
  readonly owner: Line["owner"];
  readonly code: Diagnostic["code"] | null;
}

/** An answer that nobody may have got is never silent: it is in the audit, the events and the log. */
function audit(
  state: State,
  { agent, channel, session, run, message }: Answer,
  { end, owner, code }: Ended & { readonly end: UndeliveredState },
): Result<unknown> {
  return (
    state.audit?.record({
      kind: "message.undelivered",
      owner,
      correlation: run,
      actor: "runtime",
      agent,
      session,
      channel: channel.name,
      decision: "none",
      ...(code === null ? {} : { code }),
      facts: { message: message.id, peer: message.to.peer, state: end },
    }) ?? ok(undefined)
  );
}

function count(state: State, { agent, channel, session, run, message }: Answer, at: Instant, { end, owner }: Ended): void {
  if (end === null) return;
  state.undelivered--;
  if (end === "sent") return;
  const common = { at, owner, correlation: run, agent, session };
  state.bus.publish({ type: "message.undelivered", ...common, channel: channel.name, message: message.id, outcome: end });
}

function nowOf(state: State): Instant {
  return state.clock.now().toISOString();
}

/** False when it was cut short. */
async function paused(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return await new Promise((resolve) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve(true);
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
