import { fail, LIMITS, ok, problem, shown, type Diagnostic, type Result } from "../../../core/index.ts";
import type { Attachment, Inbound } from "../types.ts";
import { cleanText } from "./clean-text.ts";

type Check = (value: unknown) => boolean;

const isText =
  (max: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= max;
const isId: Check = (value) =>
  typeof value === "string" && value !== "" && value.length <= LIMITS.channelIdChars && !/[\p{Cc}\p{Cs}]/u.test(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isFlag: Check = (value) => typeof value === "boolean";

const FIELDS: Readonly<Record<keyof Inbound, Check>> = {
  account: isText(63),
  id: isId,
  sender: isId,
  senderName: orNull(isText(10_000)),
  isBot: isFlag,
  verified: isFlag,
  peer: isPeer,
  thread: orNull(isId),
  guild: orNull(isId),
  team: orNull(isId),
  roles: (value) => Array.isArray(value) && value.length <= LIMITS.channelRoles && value.every(isId),
  mentioned: isFlag,
  isPassedOn: isFlag,
  text: isText(LIMITS.channelTextBytes),
  attachments: (value) => Array.isArray(value) && value.every(isAttachment),
  at: (value) => typeof value === "string" && value.length <= 40 && !Number.isNaN(Date.parse(value)),
};

const PEER_KINDS: ReadonlySet<unknown> = new Set(["direct", "group", "channel"]);
const NAME_CHARS = 128;

/**
 * What an adapter handed in, as exactly the fields that a message has: one more (`role`, `approved`) is a
 * message that is refused, never merged. Texts come out without control characters.
 */
export function readInbound(value: unknown): Result<Inbound> {
  if (typeof value !== "object" || value === null) return fail(invalid("it is no message"));
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(FIELDS, key));
  if (unknown !== undefined) return fail(invalid(`it has the field ${shown(unknown)}`));
  const given = value as Readonly<Record<string, unknown>>;
  for (const [field, check] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(given, field) || !check(given[field]))
      return fail(invalid(`${shown(field)} is missing or is not what it should be`));
  }
  const message = value as Inbound;
  return ok({
    ...message,
    senderName: message.senderName === null ? null : cleanText(message.senderName).replaceAll(/\s+/g, " ").trim().slice(0, NAME_CHARS),
    peer: { kind: message.peer.kind, id: message.peer.id },
    text: cleanText(message.text),
    at: new Date(message.at).toISOString(),
  });
}

function isPeer(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { kind, id, ...others } = value as Readonly<Record<string, unknown>>;
  return PEER_KINDS.has(kind) && isId(id) && Object.keys(others).length === 0;
}

function isAttachment(value: unknown): value is Attachment {
  if (typeof value !== "object" || value === null) return false;
  const { name, mediaType, bytes, ...others } = value as Readonly<Record<string, unknown>>;
  return typeof name === "string" && typeof mediaType === "string" && bytes instanceof Uint8Array && Object.keys(others).length === 0;
}

function invalid(why: string): Diagnostic {
  return problem("CHANNEL_MESSAGE_INVALID", { detail: `The adapter handed in something that is no message: ${why}.` });
}
