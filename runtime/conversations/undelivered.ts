import {
  byCodeUnit,
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type DiagnosticCode,
  type Instant,
  type Json,
  type Result,
} from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { emptyLine, lineSlot, loadLine, putLine, type Answer, type Line } from "./line.ts";

/** `unknown`: the platform may have taken it. `refused`: it will not. `given up`: it did not, again and again. */
export type UndeliveredState = "unknown" | "refused" | "given up";

/**
 * An answer that was made and is not sent any more by itself. It is kept until somebody has it sent again or
 * lets it go: one slot each.
 */
export interface Undelivered {
  /** `Outbound.id`. */
  readonly id: string;
  readonly state: UndeliveredState;
  /** When it ended. */
  readonly at: Instant;
  /** Why; null where the process ended in the middle. */
  readonly code: DiagnosticCode | null;
  /** Parts of it that the platform took for certain: they are not sent again. */
  readonly parts: number;
  /** Under what, and in which conversation, it waits when it is sent again. */
  readonly life: string;
  readonly owner: Line["owner"];
  readonly key: string;
  readonly answer: Answer;
}

const PREFIX = "undelivered/";

function slotOf(id: string): string {
  return `${PREFIX}${id}`;
}

/** Where they are, for whoever deletes what is about a person. */
export const UNDELIVERED_SLOTS = PREFIX;

/** Keeps one; the oldest goes where there are too many. */
export function keepUndelivered(records: SealedRecords, undelivered: Undelivered): Result<void> {
  const all = undeliveredAnswers(records);
  if (!all.ok) return all;
  for (const { id } of all.value.slice(0, Math.max(0, all.value.length + 1 - LIMITS.undeliveredAnswers))) {
    const removed = records.remove(slotOf(id));
    if (!removed.ok) return removed;
  }
  return records.put(slotOf(undelivered.id), Buffer.from(JSON.stringify({ v: 1, ...undelivered })));
}

/** Oldest first. One that cannot be read is left out: it stops only itself. */
export function undeliveredAnswers(records: SealedRecords): Result<readonly Undelivered[]> {
  const names = records.names(PREFIX);
  if (!names.ok) return names;
  const found: Undelivered[] = [];
  for (const slot of names.value) {
    const one = read(records, slot);
    if (!one.ok) return one;
    if (one.value) found.push(one.value);
  }
  return ok(found.sort((a, b) => byCodeUnit(a.at, b.at) || byCodeUnit(a.id, b.id)));
}

/** Puts one back at the end of its line, as the parts that are left of it. @returns the line's slot with it */
export function putBack(records: SealedRecords, id: string, at: Instant): Result<{ readonly slot: string; readonly one: Undelivered }> {
  const one = find(records, id);
  if (!one.ok) return one;
  const { life, key, owner, answer, parts } = one.value;
  const slot = lineSlot(life, key);
  const line = loadLine(records, slot);
  if (!line.ok) return line;
  const put = putLine(records, slot, line.value ?? emptyLine(owner, answer.agent, key), { body: answer, at, parts });
  if (!put.ok) return put;
  const removed = records.remove(slotOf(id));
  return removed.ok ? ok({ slot, one: one.value }) : removed;
}

/** Lets go of one. */
export function removeUndelivered(records: SealedRecords, id: string): Result<Undelivered> {
  const one = find(records, id);
  if (!one.ok) return one;
  const removed = records.remove(slotOf(id));
  return removed.ok ? one : removed;
}

function find(records: SealedRecords, id: string): Result<Undelivered> {
  const found = /^[a-z0-9-]{1,80}$/.test(id) ? read(records, slotOf(id)) : ok(undefined);
  if (!found.ok) return found;
  if (found.value) return ok(found.value);
  return fail(
    problem("ANSWER_NOT_FOUND", {
      detail: `No undelivered answer has the id ${shown(id)}.`,
      remedy: "List them:\nmoltbot gateway deliveries",
    }),
  );
}

function read(records: SealedRecords, slot: string): Result<Undelivered | undefined> {
  const head = records.get(slot);
  if (!head.ok) return head;
  if (head.value === null) return ok(undefined);
  try {
    const json = JSON.parse(Buffer.from(head.value.head).toString("utf8")) as Json;
    return ok(isObject(json) && json["v"] === 1 && isObject(json["answer"]) ? (json as unknown as Undelivered) : undefined);
  } catch {
    return ok(undefined);
  }
}
