import { deflateRawSync, inflateRawSync } from "node:zlib";
import { isDigest, isObject, isArray, LIMITS, type Instant, type Json, type JsonObject } from "../../core/index.ts";
import type { AskedQuestion } from "../gate/index.ts";

/** The slot whose entries are batches of questions, the newest last; its head counts their bytes. */
export const QUESTIONS_SLOT = "gate/questions";

/** Questions that were written together. Those of one agent are nearly alike, so that together they take little room. */
export interface Batch {
  /** When the newest of them was asked. */
  readonly at: Instant;
  readonly questions: readonly AskedQuestion[];
}

/** Quick rather than small: the gateway waits for it. */
const LEVEL = 1;

export function encodeBatch({ at, questions }: Batch): Uint8Array {
  return deflateRawSync(JSON.stringify({ v: 1, at, questions }), { level: LEVEL });
}

/** @returns undefined for what is no batch that we wrote; one that was emptied has no questions. */
export function decodeBatch(bytes: Uint8Array): Batch | undefined {
  try {
    const most = LIMITS.questionChars * LIMITS.questionBatch * 4;
    const value = JSON.parse(inflateRawSync(bytes, { maxOutputLength: most }).toString("utf8")) as Json;
    if (!isObject(value) || value["v"] !== 1 || typeof value["at"] !== "string" || !isArray(value["questions"])) return undefined;
    return { at: value["at"], questions: value["questions"].flatMap(questionIn) };
  } catch {
    return undefined;
  }
}

function questionIn(value: Json): readonly AskedQuestion[] {
  if (!isObject(value)) return [];
  const { digest, owner, generation, grant, call } = value;
  const isQuestion = isDigest(digest) && typeof owner === "string" && typeof generation === "number" && isObject(grant) && isObject(call);
  return isQuestion ? [{ digest, owner: owner as AskedQuestion["owner"], generation, grant, call }] : [];
}

/** How many bytes all batches have together. */
export function bytesIn(head: Uint8Array | undefined): number {
  try {
    const value = JSON.parse(Buffer.from(head ?? []).toString("utf8")) as Json;
    const bytes = isObject(value) ? value["bytes"] : 0;
    return typeof bytes === "number" ? bytes : 0;
  } catch {
    return 0;
  }
}

export function headWith(bytes: number): Uint8Array {
  return Buffer.from(JSON.stringify({ v: 1, bytes } satisfies JsonObject));
}
