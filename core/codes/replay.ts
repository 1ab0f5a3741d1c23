import type { CodeEntry } from "./entry.ts";

/** runtime/replay: a decision of the gate, asked again. */
export const REPLAY_CODES = {
  REPLAY_UNKNOWN: {
    outcome: "INVALID",
    summary: "Not a decision of policies",
    page: "The number names no record of the gateway's audit, one that retention dropped, or one for which no policy was asked: a call that no grant covers, or that a hold stops, is refused before. `moltbot audit tail --chain events --kind tool` lists calls with their numbers; `-o json` shows which have a `question`.",
  },
  REPLAY_NOT_KEPT: {
    outcome: "UNAVAILABLE",
    summary: "The question was not kept",
    page: "The audit has the digest of what policies were asked, but the question itself is not in the store: it was dropped with the oldest ones (`limits.questionsBytes`, or with the audit's retention), deleted with a person's data, longer than `limits.questionChars`, quoted a secret, or the machine stopped before it was written. The record stands; it only cannot be asked again.",
  },
  REPLAY_POLICY_GONE: {
    outcome: "UNAVAILABLE",
    summary: "The policies that decided are not there any more",
    page: "A decision is asked again of exactly the bundle whose digest its record names. The generation that it came with was dropped from the store, or moltbot was upgraded since and the gateway has not kept the built-in policies of that version (it keeps the last 8). `--with-active` asks the policies that are in force now.",
  },
  REPLAY_DENIED: {
    outcome: "DENIED",
    summary: "It would be denied now",
    page: "A call that policies allowed when it was made is denied when the same question is asked again. With `--with-active` a policy, a level or an exception changed since. Without it, the same bundle gave another answer, which should not be: please report it.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
