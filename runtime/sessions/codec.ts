import { isObject, type Instant, type Json, type JsonObject, type Owner } from "../../core/index.ts";
import type { Turn } from "../agents/index.ts";

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
}

/** What is kept of a turn beside its text. */
export type TurnFacts = Pick<Turn, "provider" | "model" | "finish" | "usage" | "cost" | "latency" | "requests">;

/** A message and its answer: recorded together, so that no question stands without an answer. */
export interface Exchange {
  readonly at: Instant;
  readonly user: string;
  readonly assistant: string;
  readonly turn: TurnFacts;
}

export function encodeHead(head: SessionHead): Uint8Array {
  const { owner, agent, id, createdAt, updatedAt, title } = head;
  return encode({ v: 1, owner, agent, id, createdAt, updatedAt, title });
}

/** Undefined for bytes that are no such head. */
export function decodeHead(bytes: Uint8Array): SessionHead | undefined {
  const json = decode(bytes);
  if (!json || !["owner", "agent", "id", "createdAt", "updatedAt", "title"].every((key) => typeof json[key] === "string")) return undefined;
  return json as unknown as SessionHead;
}

export function encodeExchange({ at, user, assistant, turn }: Exchange): Uint8Array {
  const { provider, model, finish, usage, cost, latency, requests } = turn;
  return encode({
    v: 1,
    at,
    user,
    assistant,
    turn: { provider, model, finish, usage: { ...usage }, cost: cost && { ...cost }, latency: { ...latency }, requests },
  });
}

export function decodeExchange(bytes: Uint8Array): Exchange | undefined {
  const json = decode(bytes);
  const isExchange = json && ["at", "user", "assistant"].every((key) => typeof json[key] === "string") && isObject(json["turn"]);
  return isExchange ? (json as unknown as Exchange) : undefined;
}

function encode(json: JsonObject): Uint8Array {
  return Buffer.from(JSON.stringify(json), "utf8");
}

function decode(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")) as Json;
    return isObject(json) && json["v"] === 1 ? json : undefined;
  } catch {
    return undefined;
  }
}
