import { LIMITS, ok, type Result } from "../../core/index.ts";
import type { Message } from "../agents/index.ts";
import type { SessionEntry, StoredSession } from "../sessions/index.ts";
import { compacted } from "./compaction.ts";
import { messagesOf } from "./context.ts";
import { pruned } from "./pruning.ts";
import type { RunSpec, RunWorld } from "./run-spec.ts";

/** What the model is told before the message, and the session where a summary was written into it. */
export interface History {
  readonly messages: readonly Message[];
  readonly session: StoredSession | null;
}

/** What was said before, as the model is told it: in a room the last of it, without old results, and so that it fits. */
export async function historyFor(world: RunWorld, spec: RunSpec, message: string): Promise<Result<History>> {
  const { session, live, run } = spec;
  if (session.head.leaf === null) return ok({ messages: [], session: null });
  const tail = world.journal.read((records) => world.tails.of(records, session));
  if (!tail.ok) return tail;
  const { conduct, choices } = live.agent;
  const heard = run.channel?.group === true && conduct.groupHistory !== null ? lastMessages(tail.value, conduct.groupHistory) : tail.value;
  const known = live.providers.get(choices[0].provider)?.models.get(choices[0].model)?.contextWindow ?? null;
  const window = known ?? LIMITS.historyBytes;
  const short = pruned(heard, conduct.pruning, window, world.clock.now());
  // A model whose window nobody declared says itself when it is too much.
  const fitting = known === null ? ok({ entries: short, session: null }) : await compacted(world, spec, session, short, known, message);
  return fitting.ok ? ok({ messages: messagesOf(fitting.value.entries), session: fitting.value.session }) : fitting;
}

/** The last so many messages of people, and what was answered since the first of them. */
function lastMessages(entries: readonly SessionEntry[], count: number): readonly SessionEntry[] {
  let left = count;
  for (let i = entries.length - 1; i >= 0; i--) if (entries[i]?.kind === "user" && --left === 0) return entries.slice(i);
  return count === 0 ? [] : entries;
}
