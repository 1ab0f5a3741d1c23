import { hasWord } from "../../receive/access.ts";
import type { Inbound } from "../../types.ts";

/** A PRIVMSG as irc-framework tells it. */
export interface IrcMessage {
  readonly nick: string;
  readonly ident: string;
  readonly hostname: string;
  readonly target: string;
  readonly message: string;
  /** Said to those of a room who have a sign before their name. */
  readonly group?: string | undefined;
  readonly account?: string | undefined;
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

export interface IrcPlace {
  readonly account: string;
  readonly ownNick: string;
  readonly id: string;
  readonly at: string;
  readonly lower: (text: string) => string;
}

/** Colours and other looks (the formatting codes of clients). */
const FORMATTING =
  // oxlint-disable-next-line no-control-regex -- these are the codes
  /\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?|[\u0002\u000F\u0011\u0016\u001D\u001E\u001F]/g;

/**
 * A nick belongs to whoever uses it, so the sender is the account that the server says is logged in. Without
 * one it is `nick!user@host`, and unverified: an account never has these signs in it.
 */
export function readIrc(given: IrcMessage, { account, ownNick, id, at, lower }: IrcPlace): Inbound {
  const login = given.account !== undefined && /^[^\s!@*]{1,64}$/.test(given.account) ? lower(given.account) : null;
  const sender = login ?? `${given.nick}!${given.ident}@${given.hostname}`;
  const isDirect = lower(given.target) === lower(ownNick);
  const text = given.message.replaceAll(FORMATTING, "");
  return {
    account,
    id,
    sender,
    senderName: given.nick,
    isBot: given.tags?.["bot"] !== undefined,
    verified: login !== null,
    peer: isDirect ? { kind: "direct", id: sender } : { kind: "group", id: lower(given.target) },
    thread: null,
    guild: null,
    team: null,
    roles: [],
    mentioned: isDirect || hasWord(text, ownNick.toLowerCase()),
    isPassedOn: false,
    text,
    attachments: [],
    at,
  };
}
