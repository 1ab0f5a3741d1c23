import { isArray, type Instant, type Json, type Owner } from "../../core/index.ts";
import { answerOfExchange, parse } from "./entry.ts";

/** What a conversation says about itself; sealed like its content. */
export interface SessionHead {
  readonly owner: Owner;
  /** Its name when this was written; after a move the name is another. */
  readonly agent: string;
  readonly id: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The beginning of its first message. */
  readonly title: string;
  /** The record that the next one follows; null before the first. */
  readonly leaf: string | null;
  /** Messages with an answer. */
  readonly exchanges: number;
  /** What it is the conversation of (`conversationKey`); null for one that was begun by hand. */
  readonly key: string | null;
  /** Ids of everybody who said something in it, sorted. */
  readonly people: readonly string[];
  /** How often something in it was emptied: what was read before that is void. */
  readonly revision: number;
  /** When it goes by itself: the conversation of a finished call of one agent by another. */
  readonly until: Instant | null;
}

export function encodeHead(head: SessionHead): Uint8Array {
  const { owner, agent, id, createdAt, updatedAt, title, leaf, exchanges, key, people, revision, until } = head;
  return Buffer.from(
    JSON.stringify({ v: 2, owner, agent, id, createdAt, updatedAt, title, leaf, exchanges, key, people, revision, until }),
  );
}

/**
 * Undefined for bytes that are no such head.
 * @param entries - How many entries the slot has: what an older head does not say follows from it.
 */
export function decodeHead(bytes: Uint8Array, entries: number): SessionHead | undefined {
  const json = parse(bytes);
  if (!json || !["owner", "agent", "id", "createdAt", "updatedAt", "title"].every((key) => typeof json[key] === "string")) return undefined;
  const base = json as unknown as SessionHead;
  if (json["v"] === 1) {
    const leaf = entries === 0 ? null : answerOfExchange(entries);
    return { ...base, leaf, exchanges: entries, key: null, people: [], revision: 0, until: null };
  }
  if (json["v"] !== 2 || !isOrNull(json["leaf"]) || !isOrNull(json["key"]) || typeof json["exchanges"] !== "number") return undefined;
  return {
    ...base,
    people: textsIn(json["people"]),
    revision: typeof json["revision"] === "number" ? json["revision"] : 0,
    until: isOrNull(json["until"]) ? json["until"] : null,
  };
}

function isOrNull(value: Json | undefined): value is string | null {
  return value === null || typeof value === "string";
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
