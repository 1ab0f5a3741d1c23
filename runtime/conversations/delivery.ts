import { fail, LIMITS, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { loadLine, putLine, readAnswer, type Answer, type Line, type Waiting } from "./line.ts";
import { inBackground, type Lane, type State } from "./state.ts";

const FIRST_PAUSE_MS = 1_000;

/**
 * Sends what waits in a lane, in order, each until the channel took it or it is given up. An answer is taken
 * off the line only after the channel's receipt: what a crash cuts off in between is sent again, with the
 * same id.
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
      // A store that cannot be read now is tried again with the next message.
      if (!next.ok || next.value === null) {
        lane.hasAnswers &&= !next.ok;
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
      const sent = await sendOne(state, answer);
      if (state.all.signal.aborted && !sent.ok) return;
      await settle(state, lane, waiting, sent);
    }
  } finally {
    lane.isDelivering = false;
  }
}

function first(records: SealedRecords, { slot }: Lane): Result<{ readonly waiting: Waiting; readonly answer: Answer } | null> {
  const line = loadLine(records, slot);
  if (!line.ok) return line;
  const waiting = line.value?.out[0];
  if (!waiting) return ok(null);
  const answer = readAnswer(records, slot, waiting);
  return answer.ok ? ok({ waiting, answer: answer.value }) : answer;
}

type Sent = { readonly ok: true } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly final?: boolean };

async function sendOne(state: State, answer: Answer): Promise<Sent> {
  const { channel, session, run, labels, message } = answer;
  try {
    const agent = answer.agent;
    return await state.deliver({ channel, agent, session, run, labels, message: { ...message, attachments: [] } }, state.all.signal);
  } catch (error) {
    return fail(problem("UNDELIVERED", { detail: "The channel failed while it was sending.", cause: error }));
  }
}

async function settle(state: State, lane: Lane, { n }: Waiting, sent: Sent): Promise<void> {
  const done = await state.journal.write((records) => {
    const line = loadLine(records, lane.slot);
    if (!line.ok) return line;
    if (!line.value) return ok(true);
    const { out, isGone } = afterAttempt(state, line.value, n, sent);
    const put = putLine(records, lane.slot, { ...line.value, out });
    return put.ok ? ok(isGone) : put;
  });
  if (done.ok && done.value) state.undelivered--;
}

function afterAttempt(state: State, { out }: Line, n: number, sent: Sent): { readonly out: readonly Waiting[]; readonly isGone: boolean } {
  const others = out.filter((each) => each.n !== n);
  const one = out.find((each) => each.n === n);
  const attempts = (one?.attempts ?? 0) + 1;
  if (!one || sent.ok || sent.final === true || attempts >= LIMITS.deliveryAttempts) return { out: others, isGone: one !== undefined };
  const pauseMs = Math.min(LIMITS.deliveryPauseMs, FIRST_PAUSE_MS * 2 ** (attempts - 1)) * (0.5 + (state.random ?? Math.random)() / 2);
  const nextAt = new Date(state.clock.now().getTime() + pauseMs).toISOString();
  // Its place stays: what was said first is delivered first.
  return { out: out.map((each) => (each.n === n ? { n, attempts, nextAt } : each)), isGone: false };
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
