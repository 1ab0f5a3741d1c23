import {
  fail,
  isArray,
  isObject,
  LIMITS,
  ok,
  problem,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Result,
} from "../../../../core/index.ts";
import { pause } from "../../outgoing/deliver.ts";
import type { House } from "../../ports.ts";
import { newSeen } from "../../receive/seen.ts";
import type { Adapter, AdapterHost, AdapterSetup, Attachment, Delivery, Outbound } from "../../types.ts";
import { botApi, type BotApi } from "./api.ts";
import { keptDrafts } from "./drafts.ts";
import { toTelegramHtml } from "./format.ts";
import { readUpdate, type FileNote, type Me } from "./read-update.ts";

/** How long Telegram holds a question for updates open. */
const POLL_S = 25;
const MAX_CHARS = 4_096;
/** Telegram gives out no file larger than this (Bot API, "getFile"). */
const GET_FILE_BYTES = 20 * 1024 * 1024;

export function telegramAdapter(setup: AdapterSetup, host: AdapterHost, house: House): Adapter {
  const api = botApi(setup.credentials["token"] ?? "", setup.connection.endpoint, setup.tls);
  const ending = new AbortController();
  const drafts = keptDrafts(house.notes("drafts"));
  const drawing = new Map<string, Promise<unknown>>();
  let polling: Promise<void> = Promise.resolve();
  return {
    traits: {
      maxChars: MAX_CHARS,
      maxBytes: null,
      format: "markdown",
      canDraft: true,
      canSendFiles: false,
      hasButtons: true,
      tellsRepeats: false,
    },
    start: async (signal) => {
      const me = await api.ask("getMe", {}, signal);
      if (!me.ok) return me;
      const known =
        isObject(me.value) && typeof me.value["id"] === "number" ? { id: me.value["id"], username: textOf(me.value["username"]) } : null;
      if (!known) return fail(problem("CHANNEL_FAILED", { detail: "Telegram did not say who the bot is." }));
      host.state("connected", null);
      polling = poll(
        { api, setup, host, house, me: known, edits: newSeen<string>(LIMITS.channelSeen) },
        AbortSignal.any([signal, ending.signal]),
      ).catch(() => host.state("failed", "Telegram said something that could not be understood."));
      return ok(undefined);
    },
    draft: async (message, signal) => {
      const key = draftKey(message);
      const before = drafts.get(key);
      const writing = write(api, setup, message, before, signal);
      drawing.set(key, writing);
      const sent = await writing;
      drawing.delete(key);
      if (!sent.ok) return sent;
      return before === undefined ? drafts.set(key, sent.value) : ok(undefined);
    },
    send: async (message, signal, begin): Promise<Result<Delivery>> => {
      const key = draftKey(message);
      await drawing.get(key)?.catch(() => undefined);
      // Only the beginning of an answer stands in its draft; what follows is a message of its own.
      const draft = isFirstPart(message) ? drafts.get(key) : undefined;
      // The same edit twice is one, and who comes after a crash knows which message it was.
      const begun = draft === undefined ? await begin() : ok(undefined);
      if (!begun.ok) return begun;
      const sent = await write(api, setup, message, draft, signal);
      return sent.ok ? ok({ platformId: String(sent.value), at: house.clock.now().toISOString() }) : sent;
    },
    typing: async ({ peer, thread }) => {
      await api.ask("sendChatAction", { chat_id: peer, ...threadOf(thread), action: "typing" }, ending.signal);
    },
    stop: async () => {
      ending.abort();
      await polling;
    },
  };
}

interface Poll {
  readonly api: BotApi;
  readonly setup: AdapterSetup;
  readonly host: AdapterHost;
  readonly house: House;
  readonly me: Me;
  /** The text of messages that were edited: Telegram also tells edits that change nothing. */
  readonly edits: ReturnType<typeof newSeen<string>>;
}

/** Asks for updates until it is stopped. An update is acknowledged when it was taken in durably, or refused. */
async function poll(it: Poll, signal: AbortSignal): Promise<void> {
  const { host } = it;
  const cursor = host.cursor.get();
  let offset = cursor.ok && cursor.value !== null ? Number(cursor.value) : 0;
  let failures = 0;
  while (!signal.aborted) {
    const askedAt = it.house.now();
    const taken = await pollOnce(it, offset, signal);
    if (signal.aborted) return;
    if (taken.ok) {
      failures = 0;
      host.state("connected", null);
      // Who says nothing new, and does not wait for something new, is asked again later.
      const isIdle = taken.value.next <= offset && it.house.now() - askedAt < LIMITS.channelBackoffMs;
      offset = Math.max(offset, taken.value.next);
      if (!taken.value.isWhole || isIdle) await pause(LIMITS.channelBackoffMs, signal);
      continue;
    }
    const [first] = taken.diagnostics;
    if (first?.code === "CHANNEL_CREDENTIALS") return host.state("failed", first.detail);
    host.state("waiting", first?.detail ?? null);
    const ownMs = Math.min(LIMITS.channelBackoffMaxMs, LIMITS.channelBackoffMs * 2 ** Math.min(failures++, 20));
    await pause(Number(first?.context["retryAfterMs"] ?? ownMs), signal);
  }
}

async function pollOnce(
  it: Poll,
  offset: number,
  signal: AbortSignal,
): Promise<Result<{ readonly next: number; readonly isWhole: boolean }>> {
  const params = { ...(offset > 0 ? { offset } : {}), timeout: POLL_S, allowed_updates: ["message", "edited_message", "callback_query"] };
  const found = await it.api.ask("getUpdates", params, signal, (POLL_S + 10) * 1000);
  if (!found.ok) return found;
  if (!isArray(found.value)) return fail(problem("CHANNEL_FAILED", { detail: "Telegram answered getUpdates with no list." }));
  return await takeAll(it, found.value, signal);
}

interface Numbered {
  readonly number: number;
  readonly update: JsonObject;
}

/**
 * Those of one chat in order, those of several at the same time: what is written together costs one write. What
 * comes behind the first that cannot be taken now comes again, and is known then.
 */
async function takeAll(
  it: Poll,
  updates: readonly Json[],
  signal: AbortSignal,
): Promise<Result<{ readonly next: number; readonly isWhole: boolean }>> {
  const numbered = updates.filter(isObject).flatMap((update): Numbered[] => {
    const number = update["update_id"];
    // The largest number would be the last: nothing comes after it.
    return typeof number === "number" && Number.isSafeInteger(number + 1) && number >= 0 ? [{ number, update }] : [];
  });
  const chats = Map.groupBy(numbered, ({ update }) => chatOf(update));
  const failed = await Promise.all([...chats.values()].map((ofChat) => firstNotTaken(it, ofChat, signal)));
  const left = failed.filter((number) => number !== null);
  const next = left.length > 0 ? Math.min(...left) : Math.max(0, ...numbered.map(({ number }) => number + 1));
  if (next === 0 || next === numbered[0]?.number) return ok({ next: 0, isWhole: left.length === 0 });
  const kept = it.host.cursor.set(String(next));
  return kept.ok ? ok({ next, isWhole: left.length === 0 }) : kept;
}

async function firstNotTaken(it: Poll, updates: readonly Numbered[], signal: AbortSignal): Promise<number | null> {
  for (const { number, update } of updates) {
    const taken = await takeUpdate(it, update, signal);
    if (!taken.ok) return number;
  }
  return null;
}

/** What is of no chat, such as a button that was pressed, stands in one line of its own. */
function chatOf(update: JsonObject): string {
  const message = update["message"] ?? update["edited_message"];
  return isObject(message) && isObject(message["chat"]) ? textOf(message["chat"]["id"]) : "";
}

async function takeUpdate(it: Poll, update: JsonObject, signal: AbortSignal): Promise<Result<unknown>> {
  const { callback_query: query } = update;
  if (isObject(query)) return await takePress(it, query, signal);
  const read = readUpdate(update, it.setup.account, it.me);
  if (!read) return ok(undefined);
  const { message, files, isEdit } = read;
  const [chat = "", id = ""] = message.id.split("/");
  if (isEdit && it.edits.get(`${chat}/${id}`) === message.text) return ok(undefined);
  it.edits.set(`${chat}/${id}`, message.text);
  const fetched =
    files.length > 0 && it.setup.maxMediaBytes !== null && (await it.host.admits(message)) ? await fetchFiles(it, files, signal) : [];
  return await it.host.receive({ ...message, attachments: fetched });
}

async function takePress({ api, host }: Poll, query: JsonObject, signal: AbortSignal): Promise<Result<unknown>> {
  const { from, data, id, message } = query;
  if (!isObject(from) || typeof from["id"] !== "number" || typeof data !== "string" || typeof id !== "string") return ok(undefined);
  const peer = isObject(message) && isObject(message["chat"]) ? textOf(message["chat"]["id"]) : "";
  const text = await host.pressed({ button: data, sender: String(from["id"]), verified: from["is_bot"] !== true, peer });
  // Whether the sign on the button is seen does not change what was answered.
  await api.ask("answerCallbackQuery", { callback_query_id: id, text: text.slice(0, 200) }, signal);
  return ok(undefined);
}

/** A file that cannot be fetched arrives empty, and is refused by name like any other that is not whole. */
async function fetchFiles({ api, setup }: Poll, files: readonly FileNote[], signal: AbortSignal): Promise<readonly Attachment[]> {
  const most = Math.min(setup.maxMediaBytes ?? 0, GET_FILE_BYTES);
  const fetched: Attachment[] = [];
  for (const { id, name, size } of files.slice(0, LIMITS.attachments)) {
    const found = size !== null && size > most ? null : await api.ask("getFile", { file_id: id }, signal);
    const filePath = found?.ok && isObject(found.value) ? found.value["file_path"] : undefined;
    const bytes = typeof filePath === "string" ? await api.download(filePath, most, signal) : null;
    fetched.push({ name, mediaType: "", bytes: bytes?.ok ? bytes.value : new Uint8Array() });
  }
  return fetched;
}

/** @returns Telegram's number of the message. */
async function write(
  api: BotApi,
  setup: AdapterSetup,
  message: Outbound,
  edited: number | undefined,
  signal: AbortSignal,
): Promise<Result<number>> {
  const plain = await post(
    api,
    setup,
    message,
    edited,
    signal,
    setup.format === "plain" ? null : setup.format === "html" ? message.text : toTelegramHtml(message.text),
  );
  const isUnread = !plain.ok && plain.diagnostics.some(({ detail }) => detail.includes("can't parse entities"));
  return isUnread ? await post(api, setup, message, edited, signal, null) : plain;
}

async function post(
  api: BotApi,
  setup: AdapterSetup,
  { to, text, buttons }: Outbound,
  edited: number | undefined,
  signal: AbortSignal,
  html: string | null,
): Promise<Result<number>> {
  const [, replied] = /\/(\d+)/.exec(to.replyTo ?? "") ?? [];
  const params: JsonObject = {
    chat_id: to.peer,
    ...(html === null ? { text } : { text: html, parse_mode: "HTML" }),
    link_preview_options: { is_disabled: !setup.linkPreviews },
    ...(buttons ? { reply_markup: { inline_keyboard: [buttons.map(({ id, label }) => ({ text: label, callback_data: id }))] } } : {}),
    ...(edited === undefined
      ? {
          ...threadOf(to.thread),
          ...(replied === undefined ? {} : { reply_parameters: { message_id: Number(replied), allow_sending_without_reply: true } }),
        }
      : { message_id: edited }),
  };
  const sent = await api.ask(edited === undefined ? "sendMessage" : "editMessageText", params, signal);
  if (sent.ok) return ok(isObject(sent.value) && typeof sent.value["message_id"] === "number" ? sent.value["message_id"] : (edited ?? 0));
  return edited === undefined ? sent : unedited(edited, sent.diagnostics);
}

/** An edit that changes nothing is done; one that was not answered is made again, and shows no second message. */
function unedited(edited: number, diagnostics: readonly Diagnostic[]): Result<number> {
  if (diagnostics.some(({ detail }) => detail.includes("message is not modified"))) return ok(edited);
  const isUnsure = diagnostics.some(({ code }) => code === "CHANNEL_NO_ANSWER");
  return fail(...(isUnsure ? [problem("CHANNEL_FAILED", { detail: "Telegram did not answer an edit." })] : diagnostics));
}

function threadOf(thread: string | null): JsonObject {
  return thread === null ? {} : { message_thread_id: Number(thread) };
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function draftKey({ to, answers }: Outbound): string {
  return JSON.stringify([to.peer, to.thread, answers ?? null]);
}

/** Parts are told by the end of their id (`Outbound.id`). */
function isFirstPart({ id }: Outbound): boolean {
  const [, part = "1"] = /\.(\d+)$/.exec(id) ?? [];
  return part === "1";
}
