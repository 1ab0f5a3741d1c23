import type { Diagnostic, Result } from "../../core/index.ts";
import type { Allowance, Media, Turn } from "../agents/index.ts";
import type { Labels, Run } from "../run/index.ts";
import type { AttachmentNote, StoredSession } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Journal } from "./journal.ts";
import type { ConversationsWorld } from "./ports.ts";
import type { Tails } from "./tails.ts";
import type { LiveAgent, Progress } from "./types.ts";

export interface RunWorld extends ConversationsWorld {
  readonly journal: Journal;
  readonly tails: Tails;
}

/** One message, or several that are answered together. */
export interface Asked {
  readonly text: string;
  readonly from: string;
  readonly about?: readonly string[];
  readonly attachments: readonly AttachmentNote[];
  /** `Accepted.key` of a message that came through a channel. */
  readonly key?: string;
}

export interface RunSpec {
  readonly live: LiveAgent;
  readonly session: StoredSession;
  readonly run: Run;
  readonly labels: Labels;
  readonly asked: readonly Asked[];
  readonly media: readonly Media[];
  readonly onProgress: (progress: Progress) => void;
  /** Fails when what was asked was deleted meanwhile: then nothing of it is written any more. Absent: it stands. */
  readonly stands?: (records: SealedRecords) => Result<void>;
  /** In the transaction with which tools begin to be used: from then on the run is not to be repeated. */
  readonly onBegun: (records: SealedRecords) => Result<void>;
  /** In the transaction of the answer. */
  readonly onAnswer: (records: SealedRecords, text: string) => Result<void>;
  /** In the transaction that records why there is none; null: where nothing was done yet, nothing is recorded. */
  readonly onFailure: ((records: SealedRecords, problems: readonly Diagnostic[]) => Result<void>) | null;
}

export interface Ran {
  readonly turn: Turn;
  readonly session: StoredSession;
}

/** What the gate lets this run spend. */
export function allowanceOf({ gate }: RunWorld, run: Run): { readonly allowance?: Allowance } {
  const budgets = gate?.budgets;
  if (!budgets) return {};
  return {
    allowance: {
      mayAsk: (model) => budgets.mayAsk(run, model),
      spent: ({ provider, model }, usage) => void budgets.spent(run, { provider, model, ...usage }),
    },
  };
}
