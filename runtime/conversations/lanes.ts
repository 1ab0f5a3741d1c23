import { randomUUID } from "node:crypto";
import { CODES, fail, LIMITS, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import type { Accepted } from "../channels/index.ts";
import { joinLabels, NO_LABELS, type Labels } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { deliverFrom } from "./delivery.ts";
import { emptyLine, lineSlot, loadLine, putLine, readMessage, takeIn, type Answer, type Line, type Pending } from "./line.ts";
import { isResetCommand } from "./reset.ts";
import { STOPPED_BY } from "../run/index.ts";
import { newRun, runOnce } from "./run.ts";
import type { RunSpec } from "./run-spec.ts";
import { currentSession } from "./current.ts";
import { counted, inBackground, letGoOf, stoppable, type Item, type Lane, type State } from "./state.ts";
import type { LiveAgent, Taking } from "./types.ts";

/** Takes a message in and sees that it is answered. */
export async function receive(state: State, message: Accepted, taking: Taking): Promise<Result<"accepted" | "duplicate">> {
  const refused = refusal(state, message);
  if (refused) return fail(refused);
  const live = state.agents.find(message.agent);
  if (!live.ok) return live;
  const slot = lineSlot(live.value.life, message.conversation);
  const known = state.lanes.get(slot);
  if ((known?.items.length ?? 0) >= LIMITS.waitingMessages || state.waiting >= LIMITS.waitingMessagesInAll)
    return fail(tooManyWait(message));
  state.waiting++;
  const at = state.clock.now().toISOString();
  const taken = await state.journal.begin((records) => {
    const line = loadLine(records, slot);
    if (!line.ok) return line;
    const before = line.value ?? emptyLine(live.value.owner, message.agent, message.conversation);
    const after = takeIn(records, slot, before, message, at);
    return after.ok ? ok({ before, after: after.value }) : after;
  });
  if (!taken.ok || taken.value.after === null) {
    state.waiting--;
    return taken.ok ? ok("duplicate") : taken;
  }
  const { line, n } = taken.value.after;
  const pending = line.pending.find((each) => each.n === n);
  const lane = laneOf(state, slot, live.value.life, line);
  if (pending) lane.items.push({ pending, message, taking });
  const bytes = Buffer.byteLength(message.text);
  state.bus.publish({
    type: "message.received",
    at,
    correlation: message.key,
    owner: live.value.owner,
    agent: message.agent,
    session: line.session ?? "",
    channel: message.channel.name,
    bytes,
  });
  kick(state, lane, taking);
  return ok("accepted");
}

function refusal(state: State, { text, agent }: Accepted): Diagnostic | undefined {
  if (state.isStopping) return problem("STOPPING", { detail: "The gateway is stopping and takes no messages in." });
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.messageBytes)
    return problem("MESSAGE_TOO_LARGE", {
      detail: `The message to Agent/${agent} has ${bytes} bytes; ${LIMITS.messageBytes} are allowed.`,
      context: { bytes },
    });
  return undefined;
}

function tooManyWait({ agent }: Accepted): Diagnostic {
  return problem("QUEUE_FULL", {
    detail: `Agent/${agent} has too many messages waiting: ${LIMITS.waitingMessages} in one conversation, ${LIMITS.waitingMessagesInAll} in all.`,
    context: { address: `Agent/${agent}` },
  });
}

export function laneOf(state: State, slot: string, life: string, { agent, key, session, out }: Line): Lane {
  const known = state.lanes.get(slot);
  if (known) return known;
  const lane: Lane = {
    slot,
    life,
    agent,
    key,
    items: [],
    stop: null,
    running: [],
    session,
    isBusy: false,
    isDelivering: false,
    hasAnswers: out.length > 0,
    timer: null,
  };
  state.lanes.set(slot, lane);
  return lane;
}

/** A message came: it waits for others, stops what runs, or is answered as soon as it is its turn. */
export function kick(state: State, lane: Lane, taking: Taking): void {
  if (state.isStopping) return;
  const newest = lane.items.at(-1);
  if (lane.isBusy) {
    const [running] = lane.running;
    const isSame = running !== undefined && running.message.principal.id === newest?.message.principal.id;
    if (taking.mode === "cancel" && isSame) lane.stop?.abort(STOPPED_BY.newer);
    return;
  }
  if (lane.timer) clearTimeout(lane.timer);
  const start = (): void => {
    lane.timer = null;
    if (!lane.isBusy && !state.isStopping) inBackground(state, workOff(state, lane));
  };
  if (taking.debounceMs === undefined || taking.debounceMs <= 0) return start();
  lane.timer = setTimeout(start, taking.debounceMs);
}

/** How long a line waits whose answer could not be written. */
const RETRY_MS = 5_000;

function retry(state: State, lane: Lane): void {
  lane.timer = null;
  kick(state, lane, {});
}

async function workOff(state: State, lane: Lane): Promise<void> {
  lane.isBusy = true;
  try {
    while (lane.items.length > 0 && !state.isStopping) {
      const batch = nextBatch(lane);
      lane.running = batch;
      const isDone = await answerBatch(state, lane, batch);
      lane.running = [];
      if (!isDone) return;
      deliverFrom(state, lane);
    }
  } finally {
    lane.isBusy = false;
    lane.running = [];
    if (lane.items.length > 0 && !state.isStopping) lane.timer ??= setTimeout(() => retry(state, lane), RETRY_MS).unref();
    letGoOf(state, lane);
  }
}

/** The next message; with those of the same person behind it where they were sent in one go or stopped an answer. */
function nextBatch({ items }: Lane): readonly Item[] {
  const [head] = items;
  if (!head) return [];
  const joins = (item: Item): boolean =>
    ((item.taking.debounceMs ?? 0) > 0 || item.taking.mode === "cancel") &&
    item.message.principal.id === head.message.principal.id &&
    item.pending.begun === null;
  const end = items.findIndex((item, i) => i > 0 && !joins(item));
  return items.slice(0, Math.min(end < 0 ? items.length : end, LIMITS.joinedMessages));
}

/** False: they are not answered now and stay in the line, for the next start or the next message. */
async function answerBatch(state: State, lane: Lane, batch: readonly Item[]): Promise<boolean> {
  const [head] = batch;
  if (!head) return true;
  const { message } = head;
  const live = state.agents.find(message.agent);
  if (!live.ok) return await giveUp(state, lane, batch, live.diagnostics);
  if (head.pending.begun) return await interrupted(state, lane, head, live.value);
  if (isResetCommand(message.text, live.value.agent.conduct.sessions.resetCommands)) return await beginAnew(state, lane, head);
  const { signal } = state.all;
  const free = [
    await state.locks.take("all", LIMITS.runsAtOnce, signal),
    await state.locks.take(`agent ${message.agent}`, live.value.agent.conduct.budgets.concurrentSessions ?? LIMITS.runsAtOnce, signal),
  ];
  try {
    return free.includes(null) ? false : await runBatch(state, lane, batch, live.value);
  } finally {
    for (const release of free.toReversed()) release?.();
  }
}

async function runBatch(state: State, lane: Lane, batch: readonly Item[], live: LiveAgent): Promise<boolean> {
  const session = currentSession(state, live, lane);
  if (!session.ok) return await giveUp(state, lane, batch, session.diagnostics);
  const { id } = session.value.head;
  lane.session = id;
  const release = await state.locks.take(`session ${id}`, 1, state.all.signal);
  if (!release) return false;
  const { stop, signal, done } = stoppable(state, id);
  lane.stop = stop;
  try {
    const spec = specOf(state, lane, batch, live, session.value, signal);
    const ran = await counted(state, live.agent.name, () => runOnce(state, spec));
    // What is left in the line is answered together with the message that stopped it, or it waits: asking a model again and again is no way out of a store that does not take the answer.
    const isLeft = lane.items.includes(batch[0] as Item);
    return ran.ok || !isLeft || signal.reason === STOPPED_BY.newer;
  } finally {
    lane.stop = null;
    done();
    release();
  }
}

function specOf(
  state: State,
  lane: Lane,
  batch: readonly Item[],
  live: LiveAgent,
  session: RunSpec["session"],
  signal: AbortSignal,
): RunSpec {
  const { message } = batch[0] as Item;
  const labels = batch.reduce<Labels>((sum, item) => joinLabels(sum, item.message.labels), NO_LABELS);
  const run = newRun(state, live, {
    session: session.head.id,
    principal: message.principal,
    channel: message.channel,
    callers: [],
    behind: [...new Set(batch.flatMap(({ message: { about = [] } }) => about))],
    signal,
  });
  return {
    live,
    session,
    run,
    labels,
    asked: batch.map(({ message: { text, principal, about = [], attachments, key } }) => ({
      key,
      text,
      from: principal.id,
      about,
      attachments: attachments.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes: bytes.length })),
    })),
    media: batch.flatMap((item) => item.message.attachments.map(({ mediaType, bytes }) => ({ mediaType, bytes }))),
    onProgress: () => undefined,
    stands: (records) => stillThere(state, records, lane, batch),
    onBegun: (records) =>
      change(records, lane, (line) => ({
        ...line,
        session: session.head.id,
        pending: begun(line.pending, batch, run.id, session.head.id),
      })),
    onAnswer: (records, text) =>
      finish(state, records, lane, batch, session.head.id, answerOf(state, batch, run.id, session.head.id, labels, text)),
    onFailure: (records, problems) => {
      const isSilent = signal.aborted || problems.some(({ code }) => code === "HELD");
      const answer = isSilent ? null : answerOf(state, batch, run.id, session.head.id, labels, apology(problems));
      return finish(state, records, lane, batch, session.head.id, answer);
    },
  };
}

function begun(pending: readonly Pending[], batch: readonly Item[], run: string, session: string): readonly Pending[] {
  const due = new Set(batch.map((item) => item.pending.n));
  return pending.map((each) => (due.has(each.n) ? { ...each, begun: { run, session } } : each));
}

/** What somebody is told who gets no answer: the kind of reason, no detail that is none of their business. */
function apology(problems: readonly Diagnostic[]): string {
  const [first] = problems;
  return `Sorry, I cannot answer: ${first ? CODES[first.code].summary : "something went wrong"}.`;
}

function answerOf(state: State, batch: readonly Item[], run: string, session: string, labels: Labels, text: string): Answer {
  const { channel, to, agent } = (batch.at(-1) as Item).message;
  const people = [...new Set(batch.flatMap(({ message: { principal, about = [] } }) => [principal.id, ...about]))];
  return { agent, channel, session, run, labels, people, message: { to, text, id: run === "" ? state.ids.next() : run } };
}

function change(records: SealedRecords, { slot }: Lane, make: (line: Line) => Line): Result<void> {
  const line = loadLine(records, slot);
  if (!line.ok) return line;
  if (!line.value) return ok(undefined);
  const put = putLine(records, slot, make(line.value));
  return put.ok ? ok(undefined) : put;
}

/** Takes messages off the line, and puts their answer on it, in the transaction that records both. */
function finish(
  state: State,
  records: SealedRecords,
  lane: Lane,
  batch: readonly Item[],
  session: string,
  answer: Answer | null,
): Result<void> {
  const line = loadLine(records, lane.slot);
  if (!line.ok) return line;
  // Somebody deleted it meanwhile: what is not there any more is not written again.
  if (!line.value || !isThere(line.value, batch)) {
    drop(state, lane, batch, false);
    return ok(undefined);
  }
  const done = new Set(batch.map(({ pending }) => pending.n));
  const pending = line.value.pending.filter(({ n }) => !done.has(n));
  const put = putLine(
    records,
    lane.slot,
    { ...line.value, session, pending },
    answer ? { body: answer, at: state.clock.now().toISOString() } : undefined,
  );
  if (!put.ok) return put;
  drop(state, lane, batch, answer !== null);
  return ok(undefined);
}

function isThere({ pending }: Line, batch: readonly Item[]): boolean {
  return batch.every((item) => pending.some(({ n }) => n === item.pending.n));
}

/** What was deleted while it was being answered leaves the lane, and nothing of it is written again. */
function stillThere(state: State, records: SealedRecords, lane: Lane, batch: readonly Item[]): Result<void> {
  const line = loadLine(records, lane.slot);
  if (!line.ok) return line;
  if (line.value && isThere(line.value, batch)) return ok(undefined);
  drop(state, lane, batch, false);
  return fail(problem("RUN_CANCELLED", { detail: "What was asked was deleted while it was being answered." }));
}

/** In memory, what {@link finish} did: runs inside its transaction, whose failure is the store's and ends the lane anyway. */
function drop(state: State, lane: Lane, batch: readonly Item[], hasAnswer: boolean): void {
  const gone = batch.filter((item) => lane.items.includes(item));
  lane.items.splice(0, lane.items.length, ...lane.items.filter((item) => !gone.includes(item)));
  state.waiting -= gone.length;
  if (!hasAnswer) return;
  lane.hasAnswers = true;
  state.undelivered++;
}

/** No run at all: the agent is gone or held, or there is no room for the conversation. */
async function giveUp(state: State, lane: Lane, batch: readonly Item[], problems: readonly Diagnostic[]): Promise<boolean> {
  const isSilent = problems.some(({ code }) => code === "HELD");
  const answer = isSilent
    ? null
    : answerOf(state, batch, randomUUID().replaceAll("-", ""), lane.session ?? "", NO_LABELS, apology(problems));
  const done = await state.journal.write((records) => finish(state, records, lane, batch, lane.session ?? "", answer));
  return done.ok;
}

/** A run that had used tools when the process died: it is not repeated, and whoever asked is told. */
async function interrupted(state: State, lane: Lane, head: Item, live: LiveAgent): Promise<boolean> {
  const { run, session } = head.pending.begun ?? { run: "", session: "" };
  const batch = lane.items.filter((item) => item.pending.begun?.run === run);
  const { noteInterruption } = await import("./interrupted.ts");
  const done = await state.journal.write((records) => {
    const text = noteInterruption(records, state, live, session, run);
    if (!text.ok) return text;
    return finish(state, records, lane, batch, session, answerOf(state, batch, run, session, NO_LABELS, text.value));
  });
  return done.ok;
}

async function beginAnew(state: State, lane: Lane, head: Item): Promise<boolean> {
  const done = await state.journal.write((records) => {
    const answer = answerOf(state, [head], randomUUID().replaceAll("-", ""), "", NO_LABELS, "A new conversation begins.");
    const finished = finish(state, records, lane, [head], "", answer);
    return finished.ok ? change(records, lane, (line) => ({ ...line, session: null })) : finished;
  });
  if (done.ok) lane.session = null;
  return done.ok;
}

/** What an earlier process left in a line. */
export function takeUp(state: State, slot: string, life: string): Result<{ readonly messages: number; readonly answers: number }> {
  const line = state.journal.read((records) => loadLine(records, slot));
  if (!line.ok) return line;
  if (!line.value || (line.value.pending.length === 0 && line.value.out.length === 0)) return ok({ messages: 0, answers: 0 });
  const lane = laneOf(state, slot, life, line.value);
  for (const pending of line.value.pending) {
    if (lane.items.some((item) => item.pending.n === pending.n)) continue;
    const message = state.journal.read((records) => readMessage(records, slot, pending));
    if (!message.ok) return message;
    lane.items.push({ pending, message: message.value, taking: {} });
    state.waiting++;
  }
  lane.items.sort((a, b) => a.pending.n - b.pending.n);
  lane.hasAnswers = line.value.out.length > 0;
  state.undelivered += line.value.out.length;
  deliverFrom(state, lane);
  kick(state, lane, {});
  return ok({ messages: line.value.pending.length, answers: line.value.out.length });
}
