import type { CodeEntry } from "./entry.ts";

/** Conversations of the running gateway: queues, budgets, runs, deliveries, people. */
export const CONVERSATION_CODES = {
  QUEUE_FULL: {
    outcome: "LIMIT",
    summary: "Too many messages are waiting",
    page: "Messages of one conversation are answered one after the other, and only so many wait. This one was not taken in; it can be sent again when the others are answered. `limits.waitingMessages` and `limits.waitingMessagesInAll` say how many may wait.",
  },
  GATEWAY_BUSY: {
    outcome: "UNAVAILABLE",
    summary: "The gateway is asked for more than it can do",
    page: "Messages come in faster than the gateway can take them in and answer them, so this one was not taken in and nothing of it is kept. Send it again a little later; over HTTP, `Retry-After` says when. It is said while the gateway has no time to spare and more than `limits.waitingWhileBusy` messages wait for their answers; waiting for a slow model alone is no reason.",
  },
  RUN_INTERRUPTED: {
    outcome: "PARTIAL",
    summary: "Interrupted after tools had been used",
    page: "The gateway stopped in the middle of a run that had already used tools. What they did is recorded in the conversation and is not done again: the run is not repeated, and whoever asked is told. Ask again to go on from there.",
  },
  RUN_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "The run failed inside the gateway",
    page: "Something in moltbot itself went wrong while an agent was running. The run ended, nothing else did; the log has the cause. This is worth a report.",
  },
  RUN_CANCELLED: {
    outcome: "REFUSED",
    summary: "Cancelled",
    page: "Somebody stopped the run, or a newer message of the same conversation did. What tools did before that is recorded.",
  },
  TOOL_CALL_INVALID: {
    outcome: "INVALID",
    summary: "The model asked for something that is no tool call",
    page: "The model named a tool it was not offered, or gave arguments that are not JSON. Nothing ran; the model was told, and may try again within the steps of the message.",
  },
  SUB_AGENT_REFUSED: {
    outcome: "NOT_ALLOWED",
    summary: "An agent may not call this agent now",
    page: "A call of one agent by another needs the called agent in `subAgents`, is bounded in depth (`delegation.maxDepth`) and number (`delegation.maxConcurrent`), and never goes back to an agent that is waiting for it.",
  },
  UNDELIVERED: {
    outcome: "UNAVAILABLE",
    summary: "An answer could not be delivered",
    page: "The channel did not take the answer, tried again and again. The answer is kept: `moltbot gateway deliveries` lists it and can send it once more.",
  },
  ANSWER_NOT_FOUND: {
    outcome: "INVALID",
    summary: "No undelivered answer has this id",
    page: "Answers that were made and did not reach anybody for certain are kept until they are sent again or let go: `moltbot gateway deliveries` lists them. This one was sent again, let go, deleted with a person's data, or never was there.",
  },
  CONTEXT_FULL: {
    outcome: "LIMIT",
    summary: "The conversation does not fit into the model",
    page: "The conversation is longer than the model's `contextWindow` leaves room for, and `compaction.mode` is `off`, or summarising it failed a check. Begin a new conversation, or allow compaction.",
  },
  STOPPING: {
    outcome: "UNAVAILABLE",
    summary: "The gateway is stopping",
    page: "The gateway takes nothing in any more. What it had taken in is answered after the next start.",
  },
  PERSON_UNKNOWN: {
    outcome: "INVALID",
    summary: "Nothing is known about this person",
    page: "Nothing that is stored names this id. Ids are those of channels and logins, such as `telegram:4711`, or the name of a member of `Team.people`.",
  },
} as const satisfies Record<string, CodeEntry>;
