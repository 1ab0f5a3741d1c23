import tty from "node:tty";
import { fail, LIMITS, ok, problem, type Result } from "../core/index.ts";
import type { Conversation, SessionChoice, TerminalAnswer, TerminalWorld } from "../runtime/conversations/index.ts";
import { conclude, type Session } from "./session.ts";
import { saidViews, sessionsViews } from "./views/chat.ts";
import { jsonLine, renderDiagnostics } from "./views/index.ts";
import { proseStream } from "./views/prose.ts";

/** What the command line of `chat` says. */
export interface ChatFlags {
  readonly agent: string;
  readonly text: string | undefined;
  readonly session: string | undefined;
  readonly isNew: boolean;
  readonly list: boolean;
  readonly forget: string | undefined;
  readonly passphraseFile: string | undefined;
}

/** Runs `chat` as its flags say; the exit code. */
export async function chatOver(session: Session, flags: ChatFlags, isInteractive: boolean): Promise<number> {
  const world = await conversationWorld(session, flags);
  if (!world.ok) return conclude(session, world, { views: saidViews });
  const { openConversation, sessionsOf } = await import("../runtime/conversations/index.ts");
  if (flags.list) return conclude(session, sessionsOf(world.value).list(flags.agent), { views: sessionsViews });
  if (flags.forget !== undefined)
    return conclude(session, sessionsOf(world.value).forget(flags.agent, flags.forget), { views: { text: () => "", json: () => "{}\n" } });
  const conversation = openConversation(world.value, flags.agent, choiceOf(flags));
  if (!conversation.ok) return conclude(session, conversation, { views: saidViews });
  session.io.err(await renderDiagnostics("text", conversation.warnings, session.command, session.errLook));
  if (isInteractive) return await (await import("./chat-terminal.ts")).converse(session, conversation.value);
  const text = flags.text === undefined ? await readMessage() : ok(flags.text);
  if (!text.ok) return conclude(session, text, { views: saidViews });
  const said = await sayOnce(session, conversation.value, text.value, session.interrupt.signal);
  return conclude(session, said, { views: saidViews });
}

function choiceOf({ session, isNew }: ChatFlags): SessionChoice {
  if (session !== undefined) return { id: session };
  return isNew ? "new" : "latest";
}

async function conversationWorld(session: Session, { passphraseFile }: ChatFlags): Promise<Result<TerminalWorld>> {
  const { place } = await import("../reconciler/engine.ts");
  const world = await session.world();
  const found = await place(session.query, world);
  if (!found.ok) return found;
  const { owner, project, state, target } = found.value;
  if (target !== "embedded")
    return fail(
      problem("KIND_NOT_YET", {
        detail: `chat talks to the embedded runtime; this Project's target is of type "${target}".`,
        context: { target },
      }),
    );
  const { unlocked } = await import("./store-key.ts");
  const storeKey = await unlocked(session, state, { "passphrase-file": passphraseFile });
  if (!storeKey.ok) return storeKey;
  return ok({ dir: state, owner, project, clock: world.clock, ids: world.ids, env: process.env, storeKey: storeKey.value });
}

/** The whole of standard input as one message, without the line break that `echo` adds. */
async function readMessage(): Promise<Result<string>> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > LIMITS.messageBytes + 1)
      return fail(problem("MESSAGE_TOO_LARGE", { detail: `Standard input has more than ${LIMITS.messageBytes} bytes.` }));
    chunks.push(chunk);
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)).replace(/\r?\n$/, ""));
  } catch {
    return fail(problem("ENCODING", { detail: "The message on standard input is not UTF-8 text." }));
  }
}

/** One message; its answer is shown as it arrives where the format is text or JSON lines. */
export async function sayOnce(
  session: Session,
  conversation: Conversation,
  text: string,
  signal: AbortSignal,
): Promise<Result<TerminalAnswer>> {
  const { io, format, look, progress } = session;
  const prose = proseStream(look, tty.isatty(1));
  let shown = "";
  let written = Promise.resolve();
  const write = (piece: string): void => {
    if (piece === "") return;
    progress.pause();
    shown = piece;
    written = written.then(() => io.out(piece));
  };
  if (tty.isatty(2) && format === "text") progress.report({ stage: "wait", message: "waiting for the answer" });
  const said = await conversation.say(text, {
    signal,
    onDelta: ({ kind, text: piece }) => {
      if (format === "jsonl") write(jsonLine({ type: "delta", kind, text: piece }));
      else if (format === "text" && kind === "text") write(prose.push(piece));
      else if (format === "text") io.err(piece);
    },
  });
  progress.pause();
  if (format === "text") {
    write(prose.end());
    if (shown !== "" && !shown.endsWith("\n")) write("\n");
  }
  await written;
  return said;
}
