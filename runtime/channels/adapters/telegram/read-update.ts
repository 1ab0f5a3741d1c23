import { isArray, isObject, type Json, type JsonObject } from "../../../../core/index.ts";
import type { Inbound } from "../../types.ts";

export interface Me {
  readonly id: number;
  readonly username: string;
}

/** A file that came with a message; fetched only when the message is let in. */
export interface FileNote {
  readonly id: string;
  readonly name: string;
  readonly size: number | null;
}

export interface ReadMessage {
  readonly message: Inbound;
  readonly files: readonly FileNote[];
  readonly isEdit: boolean;
}

/**
 * A message of the Bot API as ours. Ids are Telegram's numbers, which stay when names change; a post in the
 * name of a group or channel is known by that chat's id. Null for what says nothing: joins, stickers, polls.
 */
export function readUpdate(update: JsonObject, account: string, me: Me): ReadMessage | null {
  const isEdit = isObject(update["edited_message"]);
  const raw = isEdit ? update["edited_message"] : update["message"];
  return isObject(raw) ? readMessage(raw, isEdit, account, me) : null;
}

function readMessage(raw: JsonObject, isEdit: boolean, account: string, me: Me): ReadMessage | null {
  const { chat } = raw;
  if (!isObject(chat) || typeof chat["id"] !== "number" || typeof raw["message_id"] !== "number") return null;
  const sender = senderOf(raw);
  const text = textIn(raw["text"]) || textIn(raw["caption"]);
  const files = filesOf(raw);
  const at = instantOf(raw["date"]);
  if (!sender || at === null || (text === "" && files.length === 0)) return null;
  const id = `${chat["id"]}/${raw["message_id"]}${isEdit ? `/${numberIn(raw["edit_date"])}` : ""}`;
  return {
    isEdit,
    files,
    message: {
      account,
      id,
      ...sender,
      verified: true,
      peer: { kind: PEER_KINDS.get(chat["type"] ?? null) ?? "group", id: String(chat["id"]) },
      thread: raw["is_topic_message"] === true ? String(numberIn(raw["message_thread_id"])) : null,
      guild: null,
      team: null,
      roles: [],
      mentioned: isMentioned(raw, text, me),
      isPassedOn: PASSED_ON.some((field) => raw[field] !== undefined),
      text,
      attachments: [],
      at,
    },
  };
}

/** Written by somebody else: forwarded (`forward_origin` since Bot API 7.0), or made by a bot that the sender called. */
const PASSED_ON = ["forward_origin", "forward_date", "via_bot"] as const;

const PEER_KINDS: ReadonlyMap<Json, Inbound["peer"]["kind"]> = new Map([
  ["private", "direct"],
  ["channel", "channel"],
]);

function senderOf(raw: JsonObject): Pick<Inbound, "sender" | "senderName" | "isBot"> | null {
  const behalf = raw["sender_chat"];
  if (isObject(behalf) && typeof behalf["id"] === "number")
    return { sender: `chat:${behalf["id"]}`, senderName: textIn(behalf["title"]) || null, isBot: false };
  const { from } = raw;
  if (!isObject(from) || typeof from["id"] !== "number") return null;
  const name = [textIn(from["first_name"]), textIn(from["last_name"])].filter((each) => each !== "").join(" ");
  return { sender: String(from["id"]), senderName: name === "" ? null : name, isBot: from["is_bot"] === true };
}

/** By what Telegram itself marked, never by the look of the text: a mention, a command to us, an answer to us. */
function isMentioned(raw: JsonObject, text: string, me: Me): boolean {
  if (isObject(raw["chat"]) && raw["chat"]["type"] === "private") return true;
  const reply = raw["reply_to_message"];
  if (isObject(reply) && isObject(reply["from"]) && reply["from"]["id"] === me.id) return true;
  const name = `@${me.username.toLowerCase()}`;
  return listIn(raw["entities"] ?? raw["caption_entities"]).some((entity) => {
    const { type, offset, length, user } = entity;
    if (type === "text_mention") return isObject(user) && user["id"] === me.id;
    const part = text.slice(numberIn(offset), numberIn(offset) + numberIn(length)).toLowerCase();
    return (type === "mention" && part === name) || (type === "bot_command" && part.endsWith(name));
  });
}

function filesOf(raw: JsonObject): readonly FileNote[] {
  const photos = listIn(raw["photo"]);
  const [largest] = photos.toSorted((a, b) => numberIn(b["file_size"]) - numberIn(a["file_size"]));
  const document = isObject(raw["document"]) ? raw["document"] : undefined;
  return [largest && { ...largest, file_name: "photo.jpg" }, document].flatMap((each) =>
    each && typeof each["file_id"] === "string"
      ? [
          {
            id: each["file_id"],
            name: textIn(each["file_name"]) || "file",
            size: typeof each["file_size"] === "number" ? each["file_size"] : null,
          },
        ]
      : [],
  );
}

function listIn(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function textIn(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Seconds since 1970 as a time; null for what no date is. */
function instantOf(value: Json | undefined): string | null {
  const date = new Date(numberIn(value) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function numberIn(value: Json | undefined): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
}
