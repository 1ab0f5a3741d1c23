import type { CodeEntry } from "./entry.ts";

/** runtime/channels: who may talk through what, and what goes out. */
export const CHANNEL_CODES = {
  CHANNEL_MESSAGE_INVALID: {
    outcome: "INVALID",
    summary: "Not a message",
    page: "A platform or a webhook handed in something that is not a message as the gateway knows it: a field is missing, has another type, or is one that nobody may send (`approved`, `role`, `internal`). Nothing of it was used. Who may do what is decided by the configuration, never by what a request says of itself.",
  },
  CHANNEL_MESSAGE_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "The message is too large",
    page: "The text is longer than `rateLimits.maxMessageBytes` of the Channel, or a limit of docs/limits.md. It was refused whole.",
  },
  SENDER_NOT_ALLOWED: {
    outcome: "DENIED",
    summary: "The sender may not talk here",
    page: "`access` of the Channel says who may talk: nobody, people an operator has paired, those on a list, or everybody; and for rooms which rooms, which people in them, and whether bots are heard. People are known by the platform's immutable ids: a display name is never looked at, and the same id on another channel is somebody else. The sender gets no answer. `moltbot gateway pairing list` shows who asks to be let in.",
  },
  SENDER_UNVERIFIED: {
    outcome: "DENIED",
    summary: "The platform does not vouch for the sender",
    page: "On IRC a nickname belongs to whoever uses it first, so an id counts only where the server says which account is logged in. Lists and pairing hold for such ids alone. An unverified sender can only talk where everybody may.",
  },
  MESSAGE_NOT_FOR_US: {
    outcome: "DENIED",
    summary: "The message does not mention us",
    page: "In rooms an agent answers when it is mentioned: by the platform's own means, or by a word of `access.groups.mentions`. `requireMention: false` of the room or of all groups lifts this.",
  },
  SENDER_RATE_LIMITED: {
    outcome: "LIMIT",
    summary: "Too many messages",
    page: "More messages came than `rateLimits` of the Channel takes: from one sender, through the whole channel, or for one agent through all channels. They were refused and counted; later ones are taken again.",
  },
  CHANNEL_NO_ROUTE: {
    outcome: "DENIED",
    summary: "No agent answers here",
    page: "The message was allowed, but no entry of `routing` matches it. A last entry without `match` takes everything.",
  },
  CHANNEL_HELD: {
    outcome: "DENIED",
    summary: "The channel is frozen",
    page: "A hold stops everything of this Channel. `moltbot status` shows holds with their reasons; `moltbot gateway unfreeze ID` ends one.",
  },
  CHANNEL_STOPPED: {
    outcome: "UNAVAILABLE",
    summary: "The channel is not connected",
    page: "The channel is switched off, not declared any more, or not connected at this moment. Answers wait until it is connected again.",
  },
  CHANNEL_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "The channel failed",
    page: "The platform could not be reached, broke the connection, or answered in a way that the adapter does not understand. It is tried again, later and later; other channels are not affected.",
  },
  CHANNEL_NO_ANSWER: {
    outcome: "UNAVAILABLE",
    summary: "The platform did not say whether it took what was sent",
    page: "The connection to the platform ended, or the time was over, after something was sent and before it was answered. The platform may have taken it. Where it knows a message by our id it is sent again; where it does not (Telegram, IRC), an answer is not sent twice: it is kept as `unknown`, and `moltbot gateway deliveries` lists it.",
  },
  CHANNEL_CREDENTIALS: {
    outcome: "DENIED",
    summary: "The platform refuses the credentials",
    page: "The platform says that the token or password is not valid. Set it again: `moltbot secret set NAME KEY`, then apply.",
  },
  CHANNEL_THROTTLED: {
    outcome: "UNAVAILABLE",
    summary: "The platform asks for a pause",
    page: "The platform takes no more messages for now and says for how long. The answer is sent when the time is over.",
  },
  ANSWER_REFUSED: {
    outcome: "DENIED",
    summary: "The platform refuses the answer",
    page: "The platform will not take this answer, now or later: the room is gone, the bot was removed, or the text is one it does not accept. It is not sent again.",
  },
  ATTACHMENT_REFUSED: {
    outcome: "DENIED",
    summary: "The file is refused",
    page: "Files are known by their bytes, never by their names. A file is refused when its kind is not one that is taken (JPEG, PNG and WebP pictures, plain text), when it is larger than `rateLimits.maxMediaBytes`, or when it is not whole. Data about places and people (EXIF, XMP, comments) and whatever stands behind the end of a picture are taken out of those that are taken. Archives are never unpacked. The message arrives without it and says so.",
  },
  LINK_STRIPPED: {
    outcome: "DENIED",
    summary: "A link was taken out of an answer",
    page: "An address in an answer can carry what was said to whoever answers there, and a picture is fetched without anybody clicking. So links and pictures go out only to hosts that the agent may fetch from, or that `delivery.linkHosts` of the Channel lists. What was taken out is recorded with its host.",
  },
  PAIRING_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such pairing",
    page: "The code or id is not one that is waiting or in force: mistyped, expired, already used, or revoked. `moltbot gateway pairing list` shows what there is.",
  },
  PAIRING_FULL: {
    outcome: "LIMIT",
    summary: "Too many pairings",
    page: "As many strangers wait as `access.pairing.maxPending` of the Channel allows, or as many people are paired as a channel keeps. The stranger is told nothing. Approve or revoke some: `moltbot gateway pairing list`.",
  },
  PAIRING_NOT_ALLOWED: {
    outcome: "DENIED",
    summary: "Not allowed to pair people",
    page: "Who lets people in needs the role operator or more. It is done with the command line or the API, never by a message in a channel.",
  },
  WEBHOOK_REFUSED: {
    outcome: "DENIED",
    summary: "The webhook request is not authentic",
    page: "The signature is missing or wrong, the time is more than five minutes off, or the very same request came before. Nothing of its content was read. docs/channels/webhook.md says what is signed.",
  },
  WEB_LOGIN_REFUSED: {
    outcome: "DENIED",
    summary: "The web chat refuses the request",
    page: "The code is not one that is in force, the session is over, or the request comes from another page. Ask an operator for a new code: `moltbot gateway pairing invite`.",
  },
  IRC_SECRET_IN_CLEAR: {
    outcome: "DENIED",
    summary: "The password would go over the network in clear text",
    page: "A password is sent to an IRC server only over TLS, or on this machine. Set `connection.server.tls: true`.",
  },
} as const satisfies Record<string, CodeEntry>;
