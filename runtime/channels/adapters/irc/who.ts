import type { IrcLine } from "./guard.ts";

/** Who has a nick, as the server says when it is asked. */
export interface Holder {
  readonly account: string | null;
  /** `user@host`. */
  readonly mask: string;
}

export interface Who {
  /** Reads what belongs to an answer. */
  readonly read: (line: IrcLine) => void;
  /** Null: nobody has that nick, or the server did not say in time. One question at a time. */
  readonly ask: (nick: string, signal: AbortSignal) => Promise<Holder | null>;
}

const ANSWER_MS = 10_000;

/** Asks who is behind a nick: 311, 330 and 318 are the answers to WHOIS (RFC 2812, 3.6.2; 330 is of services). */
export function newWho(say: (nick: string) => void, lower: (text: string) => string): Who {
  let asked: { readonly nick: string; mask: string | null; account: string | null; readonly done: () => void } | undefined;
  return {
    read: ({ command, params: [, nick = "", user = "", host = ""] }) => {
      if (!asked || lower(nick) !== asked.nick) return;
      if (command === "311") asked.mask = `${user}@${host}`;
      if (command === "330") asked.account = lower(user);
      if (command === "318") asked.done();
    },
    ask: async (nick, signal) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
      if (limit.aborted) return null;
      return await new Promise((resolve) => {
        const end = (holder: Holder | null): void => {
          limit.removeEventListener("abort", late);
          asked = undefined;
          resolve(holder);
        };
        const late = (): void => end(null);
        const question = {
          nick: lower(nick),
          mask: null as string | null,
          account: null as string | null,
          done: () => end(question.mask === null ? null : { account: question.account, mask: question.mask }),
        };
        asked = question;
        limit.addEventListener("abort", late, { once: true });
        say(nick);
      });
    },
  };
}
