import { createInterface } from "node:readline/promises";
import tty from "node:tty";
import type { Session } from "./session.ts";

/** Asks on the terminal, one line each; what was typed ahead is kept for the next question. */
export interface Questions {
  /** @returns undefined at the end of the input. Rejects with an AbortError after Ctrl-C. */
  ask(question: string): Promise<string | undefined>;
  close(): void;
}

/** Somebody is there to read questions and to answer them. */
export function canAsk(): boolean {
  return tty.isatty(0) && tty.isatty(2);
}

export function openQuestions({ io, interrupt }: Session): Questions {
  const lines = createInterface({ input: process.stdin, terminal: false, signal: interrupt.signal });
  const typed = lines[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      io.err(question);
      const next = await typed.next();
      interrupt.signal.throwIfAborted();
      return next.done === true ? undefined : next.value;
    },
    close: () => lines.close(),
  };
}
