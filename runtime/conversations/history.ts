import { ok, type Result } from "../../core/index.ts";
import type { Message } from "../agents/index.ts";
import type { StoredSession } from "../sessions/index.ts";
import { messagesOf } from "./context.ts";
import type { RunSpec, RunWorld } from "./run.ts";

/** What the model is told before the message, and the session where a summary was written into it. */
export interface History {
  readonly messages: readonly Message[];
  readonly session: StoredSession | null;
}

/** What was said before, as the model is told it. */
export async function historyFor(world: RunWorld, { session }: RunSpec, _message: string): Promise<Result<History>> {
  if (session.head.leaf === null) return ok({ messages: [], session: null });
  const tail = world.journal.read((records) => world.tails.of(records, session));
  return await Promise.resolve(tail.ok ? ok({ messages: messagesOf(tail.value), session: null }) : tail);
}
