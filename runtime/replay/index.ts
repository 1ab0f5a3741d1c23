/**
 * runtime/replay: keeps what policies were asked about each call, sealed and bounded, and asks it again: with the
 * bundle that decided then, or with what is in force now. The audit has only the digest of a question.
 *
 * Offers {@link questionLog} and {@link keepShipped} for a running gateway, {@link replayDecision} for whoever looks into a decision, and
 * {@link questionsAbout} and {@link forgetQuestions} for a person's data.
 */
export { forgetQuestions, questionsAbout } from "./about.ts";
export { questionLog, type QuestionLog, type QuestionWorld } from "./keep.ts";
export { keepShipped } from "./shipped.ts";
export { replayDecision, type Asked, type Replay, type ReplayWorld } from "./replay.ts";
