import {
  fail,
  isArray,
  isObject,
  ok,
  problem,
  shown,
  type Instant,
  type Json,
  type JsonObject,
  type Owner,
  type Result,
} from "../../core/index.ts";
import type { Accepted, Attachment, Outbound } from "../channels/index.ts";
import type { ChannelFacts, Labels } from "../run/index.ts";
import { keyDigest, knowsKey, withKey, type LineKeys } from "./line-keys.ts";
import type { SealedRecords } from "../store/index.ts";

/**
 * The line of one conversation: messages that were taken in and are not answered, answers that are not
 * delivered, which session it is in now, and the keys of the messages it took, so that a second delivery is
 * told. It is the head of a slot; what was said and what is to be said are entries of that slot until they
 * are done with. One transaction moves a message from waiting to answered.
 */
export interface Line extends LineKeys {
  readonly owner: Owner;
  readonly agent: string;
  readonly key: string;
  readonly session: string | null;
  readonly pending: readonly Pending[];
  readonly out: readonly Waiting[];
}

export interface Pending {
  /** Entry of its text, and how many entries its files take behind it. */
  readonly n: number;
  readonly files: number;
  readonly at: Instant;
  /** The run that has begun to use tools for it, and in which session; null before that. */
  readonly begun: { readonly run: string; readonly session: string } | null;
}

/** An answer on its way. */
export interface Waiting {
  readonly n: number;
  readonly attempts: number;
  /** Not before this instant. */
  readonly nextAt: Instant;
  /** Parts of it that the platform took. */
  readonly parts?: number;
  /** Since when the next part is on its way to a platform that cannot tell a repeat; absent while none is. */
  readonly sending?: Instant;
}

/** What is kept of an answer until it is delivered. */
export interface Answer {
  readonly agent: string;
  readonly channel: ChannelFacts;
  readonly session: string;
  readonly run: string;
  readonly labels: Labels;
  readonly message: Omit<Outbound, "attachments">;
  /** Ids of those it answers. */
  readonly people?: readonly string[];
}

export function lineSlot(life: string, key: string): string {
  return `line/${life}/${keyDigest(key)}`;
}

/** Undefined where nothing was ever taken in. */
export function loadLine(records: SealedRecords, slot: string): Result<Line | undefined> {
  const found = records.get(slot);
  if (!found.ok) return found;
  if (found.value === null) return ok(undefined);
  const line = decode(found.value.head);
  return line ? ok(line) : fail(damaged(slot));
}

/** Takes a message in. Null: it was taken in before. */
export function takeIn(
  records: SealedRecords,
  slot: string,
  line: Line,
  message: Accepted,
  at: Instant,
): Result<{ readonly line: Line; readonly n: number } | null> {
  const key = keyDigest(message.key);
  const isKnown = knowsKey(records, slot, line, key);
  if (!isKnown.ok || isKnown.value) return isKnown.ok ? ok(null) : isKnown;
  const keys = withKey(records, slot, line, key);
  if (!keys.ok) return keys;
  const { attachments, ...rest } = message;
  let after = line;
  const number = records.update(slot, {
    append: [Buffer.from(JSON.stringify({ v: 1, ...rest })), ...attachments.map(encodeFile)],
    head: (n) => {
      after = { ...line, ...keys.value, pending: [...line.pending, { n, files: attachments.length, at, begun: null }] };
      return encode(after);
    },
  });
  return number.ok ? ok({ line: after, n: number.value }) : number;
}

/**
 * Writes a line, with a new answer in it where there is one, and drops the entries that nothing needs any more.
 * @returns the line as it is then
 */
export function putLine(
  records: SealedRecords,
  slot: string,
  line: Line,
  answer?: { readonly body: Answer; readonly at: Instant; readonly parts?: number },
): Result<Line> {
  let after = line;
  const numbers = (each: Line): readonly number[] => [...each.pending, ...each.out].map(({ n }) => n);
  const put = records.update(slot, {
    append: answer ? [Buffer.from(JSON.stringify({ v: 1, ...answer.body }))] : [],
    head: (n) => {
      if (answer) after = { ...line, out: [...line.out, { n, attempts: 0, nextAt: answer.at, ...partsOf(answer.parts) }] };
      return encode(after);
    },
    dropBefore: (n) => Math.min(answer ? n : Number.MAX_SAFE_INTEGER, ...numbers(line)),
  });
  return put.ok ? ok(after) : put;
}

export function partsOf(parts: number | undefined): Pick<Waiting, "parts"> {
  return parts === undefined || parts === 0 ? {} : { parts };
}

function encode(line: Line): Uint8Array {
  return Buffer.from(JSON.stringify({ v: 1, ...line }));
}

export function readMessage(records: SealedRecords, slot: string, { n, files }: Pending): Result<Accepted> {
  const entries = records.read(slot, { from: n, limit: files + 1 });
  if (!entries.ok) return entries;
  const [text, ...rest] = entries.value;
  const json = text && parse(text);
  if (json?.["v"] !== 1 || typeof json["text"] !== "string" || rest.length !== files) return fail(damaged(slot));
  return ok({ ...(json as unknown as Accepted), attachments: rest.map(decodeFile) });
}

export function readAnswer(records: SealedRecords, slot: string, { n }: Waiting): Result<Answer> {
  const entries = records.read(slot, { from: n, limit: 1 });
  if (!entries.ok) return entries;
  const json = entries.value[0] && parse(entries.value[0]);
  return json?.["v"] === 1 && isObject(json["message"]) ? ok(json as unknown as Answer) : fail(damaged(slot));
}

export function emptyLine(owner: Owner, agent: string, key: string): Line {
  return { owner, agent, key, session: null, pending: [], out: [], seen: [] };
}

/** A file as one entry: how long its description is, the description, its bytes. */
function encodeFile({ name, mediaType, bytes }: Attachment): Uint8Array {
  const about = Buffer.from(JSON.stringify({ name, mediaType }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(about.length);
  return Buffer.concat([length, about, bytes]);
}

function decodeFile(entry: Uint8Array): Attachment {
  const bytes = Buffer.from(entry);
  const end = 4 + bytes.readUInt32BE(0);
  const { name, mediaType } = JSON.parse(bytes.subarray(4, end).toString("utf8")) as Attachment;
  return { name, mediaType, bytes: new Uint8Array(bytes.subarray(end)) };
}

function decode(head: Uint8Array): Line | undefined {
  const json = parse(head);
  const isLine = json?.["v"] === 1 && ["pending", "out", "seen"].every((key) => isArray(json[key]));
  return isLine && typeof json["key"] === "string" ? (json as unknown as Line) : undefined;
}

function parse(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json = JSON.parse(Buffer.from(bytes).toString("utf8")) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function damaged(slot: string): ReturnType<typeof problem> {
  return problem("STORE_CORRUPT", { detail: `The line ${shown(slot)} is sealed correctly but does not hold what a line holds.` });
}
