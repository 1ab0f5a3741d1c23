import { InternalError, ok, type Clock, type Owner, type Secret } from "../../core/index.ts";
import type { AuditLog } from "../audit/index.ts";
import type { AskedQuestion } from "../gate/index.ts";
import type { QuestionLog } from "../replay/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Part } from "./types.ts";

export interface QuestionsWorld {
  readonly records: () => SealedRecords;
  readonly audit: () => AuditLog;
  readonly clock: Clock;
  readonly secrets: (owner: Owner) => readonly Secret<Uint8Array>[];
  readonly failed: (reason: string) => void;
}

export interface QuestionsPart extends Part {
  readonly asked: (question: AskedQuestion) => void;
}

const HOUR_MS = 3_600_000;
const AGAIN_MS = 1_000;

/** What policies are asked is kept for `policy replay`, for as long as the audit has the decision. */
export function questionsPart({ records, audit, clock, secrets, failed }: QuestionsWorld): QuestionsPart {
  let log: QuestionLog | undefined;
  let timer: NodeJS.Timeout | undefined;
  const prune = (): void => {
    const oldest = audit().reader.query({ order: "oldest", limit: 1 });
    const [first] = oldest.ok ? oldest.value.records : [];
    const dropped = first && log?.prune(first.at);
    if (dropped?.ok && dropped.value > 0) timer = setTimeout(prune, AGAIN_MS).unref();
    else timer = setTimeout(prune, HOUR_MS).unref();
  };
  return {
    name: "questions",
    asked: (question) => {
      if (!log) throw new InternalError("a question came before the gateway started");
      log.keep(question);
    },
    start: async () => {
      const { keepShipped, questionLog } = await import("../replay/index.ts");
      // Only a later look misses what cannot be kept.
      const kept = keepShipped(records());
      if (!kept.ok) failed(kept.diagnostics.map(({ detail }) => detail).join(" "));
      log = questionLog({ records: records(), clock, secrets, failed });
      timer = setTimeout(prune, HOUR_MS).unref();
      return ok(undefined);
    },
    stop: async () => {
      clearTimeout(timer);
      log?.close();
      log = undefined;
    },
  };
}
