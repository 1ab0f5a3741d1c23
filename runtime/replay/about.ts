import { LIMITS, ok, type Digest, type Result } from "../../core/index.ts";
import type { AskedQuestion } from "../gate/index.ts";
import { must, type SealedRecords } from "../store/index.ts";
import { decodeBatch, encodeBatch, QUESTIONS_SLOT, type Batch } from "./batch.ts";

/** Every batch that is kept, the newest first, with its number; read a few at a time. */
function* batches(records: SealedRecords): Generator<readonly [number, Batch]> {
  const slot = must(records.get(QUESTIONS_SLOT));
  const oldest = (slot?.trimmed ?? 0) + 1;
  for (let end = slot?.entries ?? 0; end >= oldest;) {
    const from = Math.max(oldest, end - LIMITS.questionBatch + 1);
    const read = must(records.read(QUESTIONS_SLOT, { from, limit: end - from + 1 }));
    for (const [i, bytes] of [...read.entries()].reverse()) {
      const batch = decodeBatch(bytes);
      if (batch) yield [from + i, batch];
    }
    end = from - 1;
  }
}

/** The question of that digest; null where it is not kept, or not any more. */
export function findQuestion(records: SealedRecords, digest: Digest): Result<AskedQuestion | null> {
  return records.together((open) => {
    for (const [, { questions }] of batches(open)) {
      const found = questions.find((each) => each.digest === digest);
      if (found) return ok(found);
    }
    return ok(null);
  });
}

/** Those that somebody is named in. */
export function questionsAbout(records: SealedRecords, isAbout: (question: AskedQuestion) => boolean): Result<readonly AskedQuestion[]> {
  return records.together((open) => ok([...batches(open)].flatMap(([, { questions }]) => questions.filter(isAbout))));
}

/** Leaves them out of their batches. @returns how many they were */
export function forgetQuestions(records: SealedRecords, isAbout: (question: AskedQuestion) => boolean): Result<number> {
  return records.together((open) => {
    let count = 0;
    const replace = new Map<number, Uint8Array>();
    for (const [number, { at, questions }] of batches(open)) {
      const left = questions.filter((each) => !isAbout(each));
      if (left.length === questions.length) continue;
      count += questions.length - left.length;
      replace.set(number, encodeBatch({ at, questions: left }));
    }
    if (replace.size > 0) must(open.update(QUESTIONS_SLOT, { replace }));
    return ok(count);
  });
}
