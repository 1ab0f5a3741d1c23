import { isArray, isObject, type Digest, type Instant, type Json, type JsonObject } from "../../core/index.ts";
import type { Turn } from "../agents/index.ts";
import { NO_LABELS, type Labels } from "../run/index.ts";

/** What is kept of a turn beside its text. */
export type TurnFacts = Pick<Turn, "provider" | "model" | "finish" | "usage" | "cost" | "latency" | "requests">;

/** A file that came with a message, as the conversation remembers it; its bytes are not kept here. */
export interface AttachmentNote {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

interface Base {
  /** Unique in the session. */
  readonly id: string;
  /** What it follows: records form a tree, and a conversation is the way from its root to one of its ends. Null for the first. */
  readonly parent: string | null;
  readonly at: Instant;
  /** The run that wrote it; null for what was written before there were runs. */
  readonly run: string | null;
}

/** One record of a session. */
export type SessionEntry =
  | (Base & {
      readonly kind: "user";
      readonly text: string;
      readonly from: string | null;
      readonly about?: readonly string[];
      readonly attachments: readonly AttachmentNote[];
    })
  | (Base & { readonly kind: "assistant"; readonly text: string; readonly turn: TurnFacts | null })
  | (Base & { readonly kind: "call"; readonly call: string; readonly tool: string; readonly args: Json })
  | (Base & {
      readonly kind: "result";
      readonly call: string;
      readonly tool: string;
      readonly text: string;
      readonly outcome: "done" | "denied" | "failed";
      readonly receipt: Digest | null;
      readonly labels: Labels;
    })
  /** Takes the place of everything up to and with the record `upTo` when a model is asked. */
  | (Base & { readonly kind: "summary"; readonly text: string; readonly upTo: string })
  /** Something that happened to the conversation: stopped, cancelled, interrupted. Shown to people, told to the model. */
  | (Base & { readonly kind: "notice"; readonly text: string; readonly code: string });

export type EntryKind = SessionEntry["kind"];

/** A record before it has its place in the tree. */
export type NewEntry = SessionEntry extends infer E ? (E extends SessionEntry ? Omit<E, "id" | "parent" | "at"> : never) : never;

/** Several records of one transaction are sealed as one. */
export function encodeEntries(entries: readonly SessionEntry[]): Uint8Array {
  return Buffer.from(JSON.stringify({ v: 2, records: entries }), "utf8");
}

/**
 * Undefined for bytes that hold no records. What was written before records were a tree, a message and its
 * answer together, is read as two of them: `n` is the number of that exchange, which follows exchange n - 1.
 */
export function decodeEntries(bytes: Uint8Array, n: number): readonly SessionEntry[] | undefined {
  const json = parse(bytes);
  if (json?.["v"] === 1) return fromExchange(json, n);
  const records = json?.["v"] === 2 ? json["records"] : undefined;
  return isArray(records) && records.every(isEntry) ? (records as unknown as readonly SessionEntry[]) : undefined;
}

const TEXTS: Readonly<Record<EntryKind, readonly string[]>> = {
  user: ["text"],
  assistant: ["text"],
  call: ["call", "tool"],
  result: ["call", "tool", "text", "outcome"],
  summary: ["text", "upTo"],
  notice: ["text", "code"],
};

function isEntry(json: Json): boolean {
  if (!isObject(json)) return false;
  const { id, parent, at, kind } = json;
  if (typeof id !== "string" || typeof at !== "string" || (parent !== null && typeof parent !== "string")) return false;
  if (typeof kind !== "string" || !Object.hasOwn(TEXTS, kind)) return false;
  return TEXTS[kind as EntryKind].every((key) => typeof json[key] === "string");
}

/** The id that the answer of exchange `n` is read with. */
export const answerOfExchange = (n: number): string => `${n}.a`;

function fromExchange({ at, user, assistant, turn }: JsonObject, n: number): readonly SessionEntry[] | undefined {
  if (typeof at !== "string" || typeof user !== "string" || typeof assistant !== "string" || !isObject(turn)) return undefined;
  const question = `${n}.u`;
  return [
    { id: question, parent: n > 1 ? answerOfExchange(n - 1) : null, at, run: null, kind: "user", text: user, from: null, attachments: [] },
    { id: answerOfExchange(n), parent: question, at, run: null, kind: "assistant", text: assistant, turn: turn as unknown as TurnFacts },
  ];
}

export function parse(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Labels that were read back. */
export function labelsIn(json: Json | undefined): Labels {
  if (!isObject(json)) return NO_LABELS;
  const classes = isArray(json["classes"]) ? json["classes"].filter((each) => typeof each === "string") : [];
  return { classes, private: json["private"] === true, untrusted: json["untrusted"] === true };
}
