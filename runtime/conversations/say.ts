import { fail, LIMITS, mapResult, ok, problem, type Result } from "../../core/index.ts";
import { infoOf, loadSession, slotOf, unknownSession, type StoredSession } from "../sessions/index.ts";
import { currentSession, freshSession } from "./current.ts";
import { emptyLine, lineSlot, loadLine, putLine } from "./line.ts";
import { newRun, runOnce } from "./run.ts";
import { counted, inBackground, stoppable, type Asking, type State } from "./state.ts";
import type { LiveAgent, Said, Saying } from "./types.ts";

/** One message that is answered to whoever asks. Waits its turn in the session, within the same bounds as every run. */
export async function say(state: State, saying: Saying): Promise<Result<Said>> {
  const work = answer(state, saying);
  inBackground(state, work);
  return await work;
}

async function answer(state: State, saying: Saying): Promise<Result<Said>> {
  if (state.isStopping) return fail(problem("STOPPING", { detail: "The gateway is stopping and takes no messages in." }));
  const live = state.agents.find(saying.agent);
  if (!live.ok) return live;
  const bytes = Buffer.byteLength(saying.text);
  if (bytes > LIMITS.messageBytes)
    return fail(
      problem("MESSAGE_TOO_LARGE", { detail: `The message has ${bytes} bytes; ${LIMITS.messageBytes} are allowed.`, context: { bytes } }),
    );
  const session = sessionOf(state, live.value, saying);
  if (!session.ok) return session;
  return mapResult(await runIn(state, live.value, session.value, saying, { callers: [], behind: [], isBounded: true }), ({ said }) => said);
}

function sessionOf(state: State, live: LiveAgent, { session }: Saying): Result<StoredSession> {
  if (session === "new") return freshSession(state, live, null);
  if ("slot" in session) return ok(session);
  if ("id" in session) return sessionById(state, live, session.id);
  const slot = lineSlot(live.life, session.key);
  const line = state.journal.read((records) => loadLine(records, slot));
  return line.ok ? currentSession(state, live, { key: session.key, session: line.value?.session ?? null }) : line;
}

const ID = /^[a-z0-9]{8,64}$/;

export function sessionById(state: State, live: LiveAgent, id: string): Result<StoredSession> {
  if (!ID.test(id)) return fail(unknownSession(live.agent.name, id));
  const found = state.journal.read((records) => loadSession(records, slotOf(live.life, id)));
  if (!found.ok) return found;
  // Another owner's conversation is not told apart from none.
  return found.value && found.value.head.owner === live.owner && found.value.head.id === id
    ? ok(found.value)
    : fail(unknownSession(live.agent.name, id));
}

export interface RunBounds {
  readonly callers: readonly string[];
  readonly behind: readonly string[];
  /** Counts against the runs at once; a run for another run has its place already. */
  readonly isBounded: boolean;
}

/** Runs an agent in a session, for whoever waits for the answer. */
export async function runIn(
  state: State,
  live: LiveAgent,
  first: StoredSession,
  saying: Omit<Saying, "session" | "agent">,
  bounds: RunBounds,
): Promise<Result<{ readonly said: Said; readonly session: StoredSession }>> {
  const { id } = first.head;
  const { stop, signal, done } = stoppable(state, id, saying.signal);
  const asking: Asking = { principal: saying.principal, stop, isGone: false };
  state.asking.add(asking);
  const releases = [];
  try {
    const wanted: readonly (readonly [string, number])[] = [
      ...(bounds.isBounded
        ? ([
            ["all", LIMITS.runsAtOnce],
            [`agent ${live.agent.name}`, live.agent.conduct.budgets.concurrentSessions ?? LIMITS.runsAtOnce],
          ] as const)
        : []),
      [`session ${id}`, 1],
    ];
    for (const [key, atOnce] of wanted) {
      const release = await state.locks.take(key, atOnce, signal);
      if (!release)
        return fail(
          problem("TURN_STOPPED", { detail: "The question was stopped while it was waiting for its turn. Nothing of it is recorded." }),
        );
      releases.push(release);
    }
    // What was said while this one waited is a part of what it follows.
    const now = state.journal.read((records) => loadSession(records, first.slot));
    if (!now.ok) return now;
    const session = now.value ?? first;
    const { text, principal, channel, labels, attachments = [] } = saying;
    const run = newRun(state, live, { session: id, principal, channel, callers: bounds.callers, behind: bounds.behind, signal });
    const ran = await counted(state, live.agent.name, () =>
      runOnce(state, {
        live,
        session,
        run,
        labels,
        asked: [
          {
            text,
            from: principal.id,
            attachments: attachments.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes: bytes.length })),
          },
        ],
        media: attachments.map(({ mediaType, bytes }) => ({ mediaType, bytes })),
        onProgress: saying.onProgress,
        stands: () => (asking.isGone ? fail(deleted()) : ok(undefined)),
        onBegun: () => ok(undefined),
        onAnswer: (records) => (session.head.key === null || session.head.leaf !== null ? ok(undefined) : pointTo(records, live, session)),
        onFailure: null,
      }),
    );
    if (!ran.ok) return ran;
    const info = { ...infoOf(ran.value.session.head), agent: live.agent.name };
    return ok(
      { said: { turn: ran.value.turn, session: info, run: run.id, generation: live.generation }, session: ran.value.session },
      ran.warnings,
    );
  } finally {
    for (const release of releases.toReversed()) release();
    state.asking.delete(asking);
    done();
  }
}

function deleted(): ReturnType<typeof problem> {
  return problem("TURN_STOPPED", { detail: "The data of whoever asked was deleted meanwhile. Nothing of this question is recorded." });
}

/** The first message of a conversation that a key names: from now on the key leads here. */
function pointTo(records: Parameters<typeof loadLine>[0], live: LiveAgent, { head: { id, key } }: StoredSession): Result<void> {
  if (key === null) return ok(undefined);
  const slot = lineSlot(live.life, key);
  const line = loadLine(records, slot);
  if (!line.ok) return line;
  const put = putLine(records, slot, { ...(line.value ?? emptyLine(live.owner, live.agent.name, key)), session: id });
  return put.ok ? ok(undefined) : put;
}
