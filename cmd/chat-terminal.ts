import { createInterface, type Interface } from "node:readline";
import tty from "node:tty";
import { EXIT } from "../core/index.ts";
import type { Conversation } from "../runtime/conversations/index.ts";
import { sayOnce } from "./chat.ts";
import type { Session } from "./session.ts";
import { resumedText } from "./views/chat.ts";
import { renderDiagnostics } from "./views/index.ts";
import { paint } from "./views/look.ts";
import { safeProse } from "./views/prose.ts";

const HISTORY_LINES = 100;

/**
 * A conversation on the terminal. Ctrl-C stops the answer that is coming, or clears the line; Ctrl-D
 * (or Ctrl-C on an empty line, twice) ends. A failed answer is told and the conversation goes on.
 */
export async function converse(session: Session, conversation: Conversation): Promise<number> {
  const { io, errLook } = session;
  const history = conversation.history();
  if (!history.ok) {
    io.err(await renderDiagnostics("text", history.diagnostics, session.command, errLook));
    return EXIT.corrupt;
  }
  if (history.value.length > 0) io.err(resumedText(conversation.session.id, history.value.length));
  const said = history.value.filter((entry) => entry.kind === "user").map(({ text }) => safeProse(text.replace(/\s+/g, " "), errLook));
  // The prompt is not data: it goes to standard error unless only standard output is a terminal.
  const output = tty.isatty(2) ? process.stderr : process.stdout;
  const terminal = createInterface({
    input: process.stdin,
    output,
    terminal: true,
    history: said.slice(-HISTORY_LINES).toReversed(),
    historySize: HISTORY_LINES,
  });
  try {
    return await loop(session, conversation, terminal);
  } finally {
    terminal.close();
  }
}

async function loop(session: Session, conversation: Conversation, terminal: Interface): Promise<number> {
  const prompt = paint(session.errLook, "cyan", `${conversation.session.agent}> `);
  const lines = lineQueue(terminal, prompt);
  for (;;) {
    const text = await lines.next();
    if (text === "end") return EXIT.ok;
    if (text === "interrupted") return EXIT.interrupted;
    if (text.line.trim() === "") continue;
    const stop = lines.answering();
    const said = await sayOnce(session, conversation, text.line, AbortSignal.any([stop, session.interrupt.signal]));
    const problems = said.ok ? said.warnings : said.diagnostics;
    session.io.err(await renderDiagnostics("text", problems, session.command, session.errLook));
    if (session.interrupt.signal.aborted) return EXIT.interrupted;
  }
}

type Typed = { readonly line: string } | "end" | "interrupted";

interface LineQueue {
  /** What was typed next. Lines pasted while an answer came are kept, in order. */
  readonly next: () => Promise<Typed>;
  /** From now until the next `next`, Ctrl-C aborts the signal that is returned. */
  readonly answering: () => AbortSignal;
}

function lineQueue(terminal: Interface, prompt: string): LineQueue {
  const typed: Typed[] = [];
  let waiting: ((typed: Typed) => void) | undefined;
  let answer: AbortController | undefined;
  let wasAsked = false;
  const put = (item: Typed): void => {
    const take = waiting;
    waiting = undefined;
    if (take) take(item);
    else typed.push(item);
  };
  terminal.on("line", (line) => put({ line }));
  terminal.on("close", () => put("end"));
  terminal.on("SIGINT", () => {
    if (answer) return answer.abort();
    if (terminal.line === "" && wasAsked) return put("interrupted");
    wasAsked = terminal.line === "";
    terminal.write(null, { ctrl: true, name: "u" });
    terminal.setPrompt(wasAsked ? `${prompt}(Ctrl-C again or Ctrl-D ends) ` : prompt);
    terminal.prompt();
  });
  return {
    next: () => {
      answer = undefined;
      wasAsked = false;
      const ready = typed.shift();
      if (ready !== undefined) return Promise.resolve(ready);
      terminal.setPrompt(prompt);
      terminal.prompt();
      return new Promise((resolve) => (waiting = resolve));
    },
    answering: () => (answer = new AbortController()).signal,
  };
}
