import type { DiagnosticCode } from "../../../core/index.ts";
import type { LoadedAccess } from "../../load/index.ts";
import type { Inbound } from "../types.ts";

export type AccessAnswer =
  | { readonly kind: "allowed" }
  /** A stranger who may ask to become known. */
  | { readonly kind: "pairing" }
  | { readonly kind: "refused"; readonly code: DiagnosticCode; readonly why: string };

const ALLOWED: AccessAnswer = { kind: "allowed" };

/**
 * Who may talk. Only immutable ids count, and only where the platform vouches for them: what a sender calls
 * itself is never looked at. Everything that is not allowed is refused.
 *
 * @param isPaired - An operator has let this sender in.
 */
export function judgeAccess(message: Inbound, access: LoadedAccess, isPaired: () => boolean): AccessAnswer {
  return message.peer.kind === "direct" ? judgeDirect(message, access, isPaired) : judgeRoom(message, access);
}

function judgeDirect(message: Inbound, access: LoadedAccess, isPaired: () => boolean): AccessAnswer {
  const { direct, bots, allow } = access;
  if (direct === "off") return refused("SENDER_NOT_ALLOWED", "direct messages are off");
  if (message.isBot && bots !== "allow" && !(bots === "mentions" && message.mentioned))
    return refused("SENDER_NOT_ALLOWED", "bots are ignored");
  if (direct === "open") return ALLOWED;
  if (!message.verified) return refused("SENDER_UNVERIFIED", "the platform does not vouch for the sender's id");
  if (allow.has(message.sender)) return ALLOWED;
  if (direct === "allowlist") return refused("SENDER_NOT_ALLOWED", "the sender is not on the list");
  if (isPaired()) return ALLOWED;
  return message.isBot ? refused("SENDER_NOT_ALLOWED", "bots are not paired") : { kind: "pairing" };
}

function judgeRoom(message: Inbound, access: LoadedAccess): AccessAnswer {
  const { groups } = access;
  if (groups.policy === "off") return refused("SENDER_NOT_ALLOWED", "rooms are off");
  const room = groups.rooms.get(message.peer.id);
  if (!room && groups.policy === "allowlist") return refused("SENDER_NOT_ALLOWED", "the room is not on the list");
  const topic = message.thread === null ? undefined : room?.topics.get(message.thread);
  if (room?.isEnabled === false || topic?.isEnabled === false) return refused("SENDER_NOT_ALLOWED", "the room or topic is switched off");
  const rule = ruleOf(access, room, topic);
  return judgeInRoom(message, rule, message.mentioned || groups.mentions.some((word) => hasWord(message.text, word)));
}

type Room = ReturnType<LoadedAccess["groups"]["rooms"]["get"]>;
type Topic = ReturnType<NonNullable<Room>["topics"]["get"]>;

/** What a topic does not say its room says, and what that does not say all rooms. */
function ruleOf({ groups, bots }: LoadedAccess, room: Room, topic: Topic): RoomRule {
  return {
    allow: room?.allow ?? groups.allow,
    bots: room?.bots ?? bots,
    needsMention: topic?.requireMention ?? room?.requireMention ?? groups.requireMention,
  };
}

interface RoomRule {
  readonly allow: ReadonlySet<string> | null;
  readonly bots: LoadedAccess["bots"];
  readonly needsMention: boolean;
}

function judgeInRoom(message: Inbound, { allow, bots, needsMention }: RoomRule, isMentioned: boolean): AccessAnswer {
  if (allow && !message.verified) return refused("SENDER_UNVERIFIED", "the platform does not vouch for the sender's id");
  if (allow && !allow.has(message.sender)) return refused("SENDER_NOT_ALLOWED", "the sender is not on the room's list");
  if (message.isBot && bots !== "allow" && !(bots === "mentions" && isMentioned)) return refused("SENDER_NOT_ALLOWED", "bots are ignored");
  return needsMention && !isMentioned ? refused("MESSAGE_NOT_FOR_US", "nobody mentioned us") : ALLOWED;
}

const WORD_BEFORE = /[\p{L}\p{M}\p{N}_]$/u;
const WORD_AFTER = /^[\p{L}\p{M}\p{N}_]/u;

/** Whether a word stands in a text by itself, without case. */
export function hasWord(text: string, word: string): boolean {
  const where = text.toLowerCase();
  if (word === "") return false;
  for (let at = where.indexOf(word); at >= 0; at = where.indexOf(word, at + 1)) {
    if (!WORD_BEFORE.test(where.slice(Math.max(0, at - 2), at)) && !WORD_AFTER.test(where.slice(at + word.length, at + word.length + 2)))
      return true;
  }
  return false;
}

function refused(code: DiagnosticCode, why: string): AccessAnswer {
  return { kind: "refused", code, why };
}
