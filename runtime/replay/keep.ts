import { LIMITS, ok, type Clock, type Instant, type Owner, type Result, type Secret } from "../../core/index.ts";
import type { AskedQuestion } from "../gate/index.ts";
import { must, type SealedRecords } from "../store/index.ts";
import { maskFor } from "../vault/index.ts";
import { bytesIn, decodeBatch, encodeBatch, headWith, QUESTIONS_SLOT, type Batch } from "./batch.ts";

export interface QuestionWorld {
  readonly records: SealedRecords;
  readonly clock: Clock;
  /** Values of secrets that were opened for an owner: a question that quotes one is not kept. */
  readonly secrets: (owner: Owner) => readonly Secret<Uint8Array>[];
  /** Told that some could not be written. */
  readonly failed: (reason: string) => void;
}

/** Keeps questions beside the audit. Writing is put off a moment, so that no call waits for it. */
export interface QuestionLog {
  readonly keep: (question: AskedQuestion) => void;
  /** Drops those that are older than the oldest audit record. @returns how many batches went; ask again while it is not 0 */
  readonly prune: (oldest: Instant) => Result<number>;
  /** Writes what waits, and ends. */
  readonly close: () => void;
}

export function questionLog(world: QuestionWorld): QuestionLog {
  let waiting: AskedQuestion[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const due = waiting;
    waiting = [];
    for (let from = 0; from < due.length; from += LIMITS.questionBatch) write(world, due.slice(from, from + LIMITS.questionBatch));
  };
  return {
    keep: (question) => {
      if (waiting.length >= LIMITS.questionsWaiting) return;
      waiting.push(question);
      timer ??= setTimeout(flush, LIMITS.questionDelayMs).unref();
    },
    prune: (oldest) => prune(world.records, oldest),
    close: flush,
  };
}

/** What cannot be kept is missing for a later look and for nothing else: the chain has its digest. */
function write({ records, clock, secrets, failed }: QuestionWorld, due: readonly AskedQuestion[]): void {
  try {
    const questions = due.filter((each) => isFit(each, secrets));
    if (questions.length === 0) return;
    const written = append(records, { at: clock.now().toISOString(), questions });
    if (!written.ok) failed(written.diagnostics.map(({ code, detail }) => `${code}: ${detail}`).join(" "));
  } catch (error) {
    failed(error instanceof Error ? error.message : "unknown");
  }
}

const SHORTEST_MASKED = 8;
const SHORTEST = 4;

/** Not too long, and without a secret: what a model wrote into an argument may be one. */
function isFit(question: AskedQuestion, secrets: QuestionWorld["secrets"]): boolean {
  const text = JSON.stringify(question);
  if (text.length > LIMITS.questionChars) return false;
  const values = secrets(question.owner)
    .map((each) => Buffer.from(each.open()).toString("utf8").trim())
    .filter((each) => each.length >= SHORTEST);
  if (values.length === 0) return true;
  const long = values.filter((each) => each.length >= SHORTEST_MASKED);
  return maskFor(long).words(text) === text && !values.some((each) => text.includes(each));
}

/** Puts a batch behind the others; of too many bytes, the oldest go. */
function append(records: SealedRecords, batch: Batch): Result<void> {
  return records.together((open) => {
    const slot = must(open.get(QUESTIONS_SLOT));
    const bytes = encodeBatch(batch);
    let total = bytesIn(slot?.head) + bytes.length;
    let first = (slot?.trimmed ?? 0) + 1;
    while (total > LIMITS.questionsBytes && first <= (slot?.entries ?? 0)) {
      for (const old of must(open.read(QUESTIONS_SLOT, { from: first, limit: LIMITS.questionBatch }))) {
        if (total <= LIMITS.questionsBytes) break;
        total -= old.length;
        first++;
      }
    }
    must(open.update(QUESTIONS_SLOT, { append: [bytes], head: headWith(total), dropBefore: first }));
    return ok(undefined);
  });
}

function prune(records: SealedRecords, oldest: Instant): Result<number> {
  return records.together((open) => {
    const slot = must(open.get(QUESTIONS_SLOT));
    if (!slot) return ok(0);
    const first = slot.trimmed + 1;
    const [old, gone] = [must(open.read(QUESTIONS_SLOT, { from: first, limit: LIMITS.questionBatch })), [] as number[]];
    for (const bytes of old) {
      const batch = decodeBatch(bytes);
      if (batch && batch.at >= oldest) break;
      gone.push(bytes.length);
    }
    if (gone.length === 0) return ok(0);
    const left = Math.max(0, bytesIn(slot.head) - gone.reduce((sum, each) => sum + each, 0));
    must(open.update(QUESTIONS_SLOT, { head: headWith(left), dropBefore: first + gone.length }));
    return ok(gone.length);
  });
}
