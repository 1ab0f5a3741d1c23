import { fail, isArray, isObject, LIMITS, ok, problem, shown, type Diagnostic, type Json, type Result } from "../../../../core/index.ts";
import type { Attachment } from "../../types.ts";

/** What a request may say. Who may do what is not among it. */
export interface WebhookMessage {
  /** What makes a second request the same message; absent: the request's nonce. */
  readonly id: string | null;
  readonly sender: string;
  readonly senderName: string | null;
  readonly room: string | null;
  readonly thread: string | null;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

const FIELDS: ReadonlySet<string> = new Set(["id", "sender", "senderName", "room", "thread", "text", "attachments"]);

/** Reads JSON in UTF-8 with exactly these fields; any other field is refused, never merged. */
export function readWebhook(body: Uint8Array): Result<WebhookMessage> {
  let value: Json;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as Json;
  } catch {
    return fail(invalid("the body is not JSON in UTF-8"));
  }
  if (!isObject(value)) return fail(invalid("the body is not an object"));
  const odd = Object.keys(value).find((key) => !FIELDS.has(key));
  if (odd !== undefined) return fail(invalid(`there is no field ${shown(odd)}`));
  const { id, sender, senderName, room, thread, text, attachments = [] } = value;
  const optional = [id, senderName, room, thread].every(
    (each) => each === undefined || each === null || (typeof each === "string" && each !== ""),
  );
  if (typeof sender !== "string" || sender === "" || typeof text !== "string" || !optional)
    return fail(invalid("`sender` and `text` are texts, and so are `id`, `senderName`, `room` and `thread` where they are"));
  const files = isArray(attachments) ? attachments.map(fileOf) : null;
  if (!files || files.length > LIMITS.attachments || files.some((each) => each === null))
    return fail(invalid(`\`attachments\` is a list of at most ${LIMITS.attachments} objects with \`name\` and \`base64\``));
  return ok({
    id: textOrNull(id),
    sender,
    senderName: textOrNull(senderName),
    room: textOrNull(room),
    thread: textOrNull(thread),
    text,
    attachments: files.filter((each) => each !== null),
  });
}

function fileOf(value: Json): Attachment | null {
  if (!isObject(value)) return null;
  const { name, base64, ...others } = value;
  const isWhole = typeof name === "string" && typeof base64 === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  return isWhole && Object.keys(others).length === 0 ? { name, mediaType: "", bytes: Buffer.from(base64, "base64") } : null;
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function invalid(why: string): Diagnostic {
  return problem("CHANNEL_MESSAGE_INVALID", { detail: `The request is no message: ${why}.` });
}
