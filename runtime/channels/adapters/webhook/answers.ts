import type { Outbound } from "../../types.ts";

export interface WebhookAnswer {
  readonly id: string;
  readonly text: string;
}

/** Answers by the message they answer: whoever waits gets it, whoever asks again later too. */
export interface Answers {
  readonly add: (message: Outbound) => void;
  /** Null where none came in time. */
  readonly wait: (message: string, ms: number, signal: AbortSignal) => Promise<WebhookAnswer | null>;
}

const KEPT = 1_000;

export function newAnswers(): Answers {
  const done = new Map<string, WebhookAnswer>();
  const parts = new Map<string, string[]>();
  const waiting = new Map<string, Set<(answer: WebhookAnswer | null) => void>>();
  return {
    add: ({ answers, id, text, isLast }) => {
      const key = answers ?? "";
      const before = parts.get(key) ?? [];
      before.push(text);
      parts.set(key, before);
      if (parts.size > KEPT) for (const oldest of parts.keys()) if (parts.delete(oldest)) break;
      if (isLast === false) return;
      parts.delete(key);
      const answer = { id, text: before.join("\n\n") };
      done.set(key, answer);
      if (done.size > KEPT) for (const oldest of done.keys()) if (done.delete(oldest)) break;
      for (const tell of waiting.get(key) ?? []) tell(answer);
    },
    wait: async (message, ms, signal) => {
      const there = done.get(message);
      if (there || ms <= 0 || signal.aborted) return there ?? null;
      return await new Promise((resolve) => {
        const all = waiting.get(message) ?? new Set();
        const finish = (answer: WebhookAnswer | null): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", stop);
          all.delete(finish);
          if (all.size === 0) waiting.delete(message);
          resolve(answer);
        };
        const stop = (): void => finish(null);
        const timer = setTimeout(stop, ms);
        all.add(finish);
        waiting.set(message, all);
        signal.addEventListener("abort", stop, { once: true });
      });
    },
  };
}
