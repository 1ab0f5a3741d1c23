import { isDeepStrictEqual } from "node:util";
import { fail, failAll, mapResult, ok, problem, type Diagnostic, type Result } from "../../core/index.ts";
import { runTurn, type Turn } from "../agents/index.ts";
import type { RuntimeEvent } from "../events/index.ts";
import { joinLabels, STOPPED_BY, type ChannelFacts, type Labels, type Principal, type Run } from "../run/index.ts";
import { appendTo, type NewEntry, type StoredSession } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { allowanceOf, type Asked, type Ran, type RunSpec, type RunWorld } from "./run-spec.ts";
import { historyFor } from "./history.ts";
import type { ConversationsWorld, RunGate } from "./ports.ts";
import { toolBoxOver } from "./toolbox.ts";
import type { LiveAgent } from "./types.ts";

/** What a run has written so far. */
interface Writing {
  session: StoredSession;
  isAsked: boolean;
  hasEffects: boolean;
  /** Of tools that may run again: written with what comes next, so that a run without effects leaves nothing half done. */
  held: readonly NewEntry[];
}

function isToBeRepeated({ signal }: Run): boolean {
  return signal.aborted && (signal.reason === STOPPED_BY.shutdown || signal.reason === STOPPED_BY.newer);
}

/** Runs an agent once and records it: what was asked and answered in one transaction, tools in their own before it. */
export async function runOnce(world: RunWorld, spec: RunSpec): Promise<Result<Ran>> {
  const now = world.now ?? (() => performance.now());
  const startedAt = now();
  const writing: Writing = { session: spec.session, isAsked: false, hasEffects: false, held: [] };
  world.bus.publish({ ...eventOf(world, spec), type: "run.started", answers: spec.asked.flatMap(({ key }) => key ?? []) });
  const result = await withinBudget(world, spec, () => turnOf(world, spec, writing, now).catch(crashed));
  const recorded = result.ok
    ? await recordAnswer(world, spec, writing, result.value)
    : await recordFailure(world, spec, writing, result.diagnostics);
  const ended = joined(result, recorded);
  tellEnd(world, spec, ended, Math.round(now() - startedAt));
  if (ended.ok && ended.value.finish === "budget") auditBudget(world, spec);
  return mapResult(ended, (turn) => ({ turn, session: writing.session }));
}

/** The gate counts the run, knows what came into its conversation, and forgets its capabilities when it is over. */
async function withinBudget(world: RunWorld, { run, labels }: RunSpec, turn: () => Promise<Result<Turn>>): Promise<Result<Turn>> {
  const { gate } = world;
  if (!gate) return await turn();
  const budget = gate.budgets?.begin(run) ?? ok(null);
  if (!budget.ok) return budget;
  try {
    const labelled = await labelledBy(world, gate, run, labels);
    return labelled.ok ? await turn() : labelled;
  } finally {
    gate.finish?.(run.id);
    budget.value?.end();
  }
}

/** What is new to the gate is written with what others write; what it knows costs nothing. */
async function labelledBy({ journal }: RunWorld, gate: RunGate, { session }: Run, labels: Labels): Promise<Result<void>> {
  const known = gate.labelsOf(session);
  if (isDeepStrictEqual(joinLabels(known, labels), known)) return gate.labelled(session, labels);
  return await journal.write((records) => gate.labelled(session, labels, records));
}

/** Whatever went wrong in our own code ends this run and nothing else. */
function crashed(cause: unknown): Result<Turn> {
  return fail(problem("RUN_FAILED", { detail: "The run failed by an error of moltbot itself.", cause }));
}

function joined(result: Result<Turn>, recorded: Result<void>): Result<Turn> {
  if (recorded.ok) return result;
  return failAll([...(result.ok ? [] : result.diagnostics), ...recorded.diagnostics]);
}

function tellEnd(world: RunWorld, spec: RunSpec, ended: Result<Turn>, ms: number): void {
  const turn = ended.ok ? ended.value : null;
  const failure = spec.run.signal.aborted ? "cancelled" : "failed";
  world.bus.publish({
    ...eventOf(world, spec),
    type: "run.finished",
    outcome: turn ? "answered" : failure,
    ms,
    inputTokens: turn?.usage.inputTokens ?? null,
    outputTokens: turn?.usage.outputTokens ?? null,
    cost: turn?.cost ?? null,
    diagnostics: ended.ok ? ended.warnings : ended.diagnostics,
  });
}

async function turnOf(world: RunWorld, spec: RunSpec, writing: Writing, now: () => number): Promise<Result<Turn>> {
  const { live, run } = spec;
  const message = textOf(spec.asked);
  const history = await historyFor(world, spec, message);
  if (!history.ok) return history;
  if (history.value.session) writing.session = history.value.session;
  const onDelta = ({ kind, text }: { readonly kind: "text" | "thinking"; readonly text: string }): void => {
    world.bus.publish({ ...eventOf(world, spec), type: "run.delta", kind, text });
    spec.onProgress({ type: "delta", kind, text });
  };
  const tools = world.gate
    ? toolBoxOver({
        gate: world.gate,
        run,
        bus: world.bus,
        now,
        at: () => world.clock.now().toISOString(),
        record: (entries, hasEffects) => record(world, spec, writing, entries, hasEffects),
        onTool: (call, tool, state) => spec.onProgress({ type: "tool", call, tool, state }),
      })
    : undefined;
  return await runTurn({
    agent: live.agent,
    providers: live.providers,
    vault: live.vault,
    models: world.models,
    history: history.value.messages,
    message,
    media: spec.media,
    signal: run.signal,
    onDelta,
    ...allowanceOf(world, run),
    ...(tools ? { tools } : {}),
    onAsked: (asked) => world.bus.publish({ ...eventOf(world, spec), type: "model.asked", ...asked }),
  });
}

/** Several messages that are answered together stand in order, each by itself. */
export function textOf(asked: readonly Asked[]): string {
  return asked.map(({ text }) => text).join("\n\n");
}

function askedEntries({ asked, run }: RunSpec, { isAsked }: Writing): readonly NewEntry[] {
  if (isAsked) return [];
  return asked.map(({ text, from, about = [], attachments }) => ({
    kind: "user",
    text,
    from,
    ...(about.length === 0 ? {} : { about }),
    attachments,
    run: run.id,
  }));
}

async function record(
  world: RunWorld,
  spec: RunSpec,
  writing: Writing,
  entries: readonly NewEntry[],
  hasEffects: boolean,
): Promise<Result<void>> {
  if (!hasEffects && !writing.hasEffects) {
    writing.held = [...writing.held, ...entries];
    return ok(undefined);
  }
  const isFirst = hasEffects && !writing.hasEffects;
  const written = await write(world, spec, writing, entries, (records) => (isFirst ? spec.onBegun(records) : ok(undefined)));
  if (written.ok) writing.hasEffects ||= hasEffects;
  return written;
}

async function write(
  world: RunWorld,
  spec: RunSpec,
  writing: Writing,
  entries: readonly NewEntry[],
  also: (records: SealedRecords) => Result<void>,
): Promise<Result<void>> {
  const news = [...askedEntries(spec, writing), ...writing.held, ...entries];
  const at = world.clock.now().toISOString();
  const done = await world.journal.write((records) => {
    const stands = spec.stands?.(records) ?? ok(undefined);
    if (!stands.ok) return stands;
    const put = appendTo(records, writing.session, news, { at, ids: world.ids }, keeping(spec));
    if (!put.ok) return put;
    const more = also(records);
    return more.ok ? put : more;
  });
  if (!done.ok) return done;
  writing.session = done.value.session;
  world.tails.grown(done.value.session, done.value.entries);
  writing.isAsked = true;
  writing.held = [];
  return ok(undefined);
}

/** `sessions.maxMessages`: a question and its answer are two, and are written together. */
function keeping({ live }: RunSpec): { readonly keep?: number } {
  const { maxMessages } = live.agent.conduct.sessions;
  return maxMessages === null ? {} : { keep: Math.ceil(maxMessages / 2) };
}

async function recordAnswer(world: RunWorld, spec: RunSpec, writing: Writing, turn: Turn): Promise<Result<void>> {
  const { provider, model, finish, usage, cost, latency, requests, text } = turn;
  const facts = { provider, model, finish, usage, cost, latency, requests };
  const entry: NewEntry = { kind: "assistant", text, turn: facts, run: spec.run.id };
  return await write(world, spec, writing, [entry], (records) => spec.onAnswer(records, text));
}

/** Where tools were used, the conversation says that it stopped; where nothing was done, a failed question leaves no trace. */
async function recordFailure(world: RunWorld, spec: RunSpec, writing: Writing, problems: readonly Diagnostic[]): Promise<Result<void>> {
  const { onFailure, run } = spec;
  // A start after this one takes it up: what has no effects yet is run again, what has is told to be interrupted.
  if (run.signal.reason === STOPPED_BY.shutdown || (isToBeRepeated(run) && !writing.hasEffects)) return ok(undefined);
  if (!onFailure && !writing.isAsked) return ok(undefined);
  const code = run.signal.aborted ? "RUN_CANCELLED" : (problems[0]?.code ?? "TURN_STOPPED");
  const text = run.signal.aborted ? "Stopped before there was an answer." : `There was no answer (${code}).`;
  const entry: NewEntry = { kind: "notice", text, code, run: run.id };
  return await write(world, spec, writing, [entry], (records) => onFailure?.(records, problems) ?? ok(undefined));
}

function auditBudget(world: RunWorld, { run }: RunSpec): void {
  const actor = run.principal?.id ?? "runtime";
  world.audit?.record({
    kind: "budget.spent",
    owner: run.owner,
    correlation: run.id,
    actor,
    agent: run.agent,
    session: run.session,
    decision: "denied",
    code: "BUDGET_SPENT",
  });
}

type OfRun = Pick<Extract<RuntimeEvent, { type: "run.started" }>, "at" | "correlation" | "owner" | "agent" | "session">;

function eventOf(world: RunWorld, { run }: RunSpec): OfRun {
  return { at: world.clock.now().toISOString(), correlation: run.id, owner: run.owner, agent: run.agent, session: run.session };
}

export function newRun(
  world: Pick<ConversationsWorld, "ids">,
  live: LiveAgent,
  parts: {
    readonly session: string;
    readonly principal: Principal | null;
    readonly channel: ChannelFacts | null;
    readonly callers: readonly string[];
    readonly behind: readonly string[];
    readonly signal: AbortSignal;
  },
): Run {
  return { owner: live.owner, agent: live.agent.name, id: world.ids.next(), ...parts };
}
