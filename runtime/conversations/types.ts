import type { Diagnostic, Instant, Owner, Result } from "../../core/index.ts";
import type { Accepted, Attachment, Delivery, Outbound } from "../channels/index.ts";
import type { Delta, Turn } from "../agents/index.ts";
import type { LoadedAgent, LoadedProvider } from "../load/index.ts";
import type { ChannelFacts, Labels, Principal, Run } from "../run/index.ts";
import type { SessionEntry, SessionInfo, StoredSession } from "../sessions/index.ts";
import type { Matches, SearchRequest } from "./search.ts";
import type { Undelivered } from "./undelivered.ts";
import type { Vault } from "../vault/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** An agent as it is active at this moment: asked for anew for every message. */
export interface LiveAgent {
  readonly owner: Owner;
  readonly generation: number;
  readonly agent: LoadedAgent;
  readonly providers: ReadonlyMap<string, LoadedProvider>;
  /** Opens the secrets of this generation. */
  readonly vault: Vault;
  /** Under what its conversations are kept (`lifeOf` of runtime/store). */
  readonly life: string;
}

/** Where agents come from. `AGENT_NOT_FOUND`, `NOTHING_ACTIVE` and `HELD` are told here. */
export interface Agents {
  readonly find: (agent: string) => Result<LiveAgent>;
  /** The same, held or not: for people who read what an agent said, which a hold does not end. */
  readonly known: (agent: string) => Result<LiveAgent>;
  /** All that are active, sorted by name. */
  readonly all: () => Result<readonly LiveAgent[]>;
}

/** How the messages of one channel are to be taken; absent: each by itself, in order. */
export interface Taking {
  /** Messages of one conversation that come within this time of each other are answered together. */
  readonly debounceMs?: number;
  /** A new message waits for its turn, or stops the answer that is being made and is answered together with what it stopped. */
  readonly mode?: "queue" | "cancel";
}

/** An answer that is to be sent: as the channel gets it, with what it needs to know of where it comes from. */
export interface ToDeliver {
  readonly channel: ChannelFacts;
  readonly agent: string;
  readonly session: string;
  /** The run that made it: what joins audit, logs and traces. */
  readonly run: string;
  readonly labels: Labels;
  readonly message: Outbound;
}

/** How far an answer got, written down by whoever keeps it. */
export interface Keeping {
  /** Parts that the platform took already: they are not sent again. */
  readonly parts: number;
  /**
   * Durable before a part goes to a platform that cannot tell a repeat. Whoever finds it after a crash does not
   * send the part again. A failure means that the part must not go.
   */
  readonly sending: () => Promise<Result<void>>;
  /** The platform took so many, and more follow. */
  readonly took: (parts: number) => Promise<Result<void>>;
}

/** What became of an answer: taken, or not. Not: `final` is not tried again, for one reason or the other. */
export type Delivered =
  | Result<Delivery>
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly final: "refused" | "unknown" };

/**
 * Sends one answer. A failure is tried again, later and later, within {@link LIMITS.deliveryAttempts}; one
 * with `final` is not. The same `message.id` may come again after a crash, where the platform knows it then.
 *
 * @param keeping - Absent for what is sent once and by nobody again.
 */
export type Deliver = (answer: ToDeliver, signal: AbortSignal, keeping?: Keeping) => Promise<Delivered>;

/** One thing that happens while an answer is made. */
export type Progress =
  | (Delta & { readonly type: "delta" })
  | { readonly type: "tool"; readonly call: string; readonly tool: string; readonly state: "started" | "done" | "denied" | "failed" };

/** A message that is answered to whoever asks: the API, the terminal. */
export interface Saying {
  readonly agent: string;
  readonly text: string;
  readonly principal: Principal;
  readonly channel: ChannelFacts | null;
  readonly labels: Labels;
  /** Which conversation: one by its id, a new one, one that was begun and holds nothing yet, or the one that this key names (made where there is none). */
  readonly session: { readonly id: string } | { readonly key: string } | "new" | StoredSession;
  readonly attachments?: readonly Attachment[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Said {
  readonly turn: Turn;
  readonly session: SessionInfo;
  readonly run: string;
  readonly generation: number;
}

/** What an agent is doing. */
export interface AgentStatus {
  readonly agent: string;
  /** `error`: its last run failed. */
  readonly status: "idle" | "busy" | "error";
  readonly running: number;
  readonly waiting: number;
  /** Why the last run failed; empty when it did not. */
  readonly problems: readonly Diagnostic[];
  readonly lastRunAt: Instant | null;
}

/** What channels and the API call. */
export interface Conversations {
  /**
   * Takes a message in. When it returns `accepted` the message is durable and is answered exactly once,
   * also after a crash; the same `key` again is `duplicate`. Fails without effect: `QUEUE_FULL`,
   * `AGENT_NOT_FOUND`, `HELD`, `MESSAGE_TOO_LARGE`.
   */
  readonly receive: (message: Accepted, taking?: Taking) => Promise<Result<"accepted" | "duplicate">>;
  /** One message and its answer. Recorded when it is complete; what tools did is recorded before that. */
  readonly say: (saying: Saying) => Promise<Result<Said>>;
  /** Stops what runs in a session and what waits there. @returns whether anything did. */
  readonly cancel: (session: string) => boolean;
  readonly status: (agent: string) => AgentStatus;
  /** Newest first. */
  readonly sessions: (agent: string) => Result<readonly SessionInfo[]>;
  /** What was said in a session, oldest first, from the root to its newest message. */
  readonly transcript: (agent: string, session: string) => Result<readonly SessionEntry[]>;
  readonly forget: (agent: string, session: string) => Result<void>;
  /** What was said with an agent that has all of the words; goes on where it stopped before. */
  readonly search: (agent: string, request: SearchRequest) => Promise<Result<Matches>>;
  /** Drops what is kept no longer; {@link Conversations.start} does it from time to time. @returns how much went */
  readonly sweep: () => Promise<Result<number>>;
  /** Runs one agent for another: what the tool `agent:<name>` calls. */
  readonly subAgents: SubAgents;
  /**
   * After somebody's data was deleted: what is not in the store any more is neither answered nor sent, and what is
   * being answered to these ids is stopped and not written.
   */
  readonly lookAgain: (gone?: ReadonlySet<string>) => Result<void>;
  /** Answers that are waiting to be sent. */
  readonly undelivered: () => number;
  /** Writes in the transaction of those who write next, behind what was begun; durable when it resolves. */
  readonly together: <T>(work: (records: SealedRecords) => Result<T>) => Promise<Result<T>>;
  /** More comes in than can be written: whoever can ask again is to do so a little later. */
  readonly isLate: () => boolean;
  /** Sends an answer that ended undelivered, by its id, once more. `ANSWER_NOT_FOUND` where there is none. */
  readonly resend: (id: string) => Promise<Result<Undelivered>>;
  /** Lets go of one. */
  readonly letGo: (id: string) => Promise<Result<Undelivered>>;
  /** Takes up what an earlier process left: unanswered messages, undelivered answers. Call once. */
  readonly start: () => Promise<Result<{ readonly messages: number; readonly answers: number }>>;
  /** Takes nothing in any more, lets runs end for so long, stops the rest; what is stopped is taken up at the next start. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** A call of one agent by another. */
export interface SubAgentCall {
  readonly agent: string;
  readonly message: string;
  /** The run that calls. */
  readonly caller: Run;
  /** What is in the caller's conversation: it goes along. */
  readonly labels: Labels;
}

export interface SubAgents {
  /** The answer and what it is labelled with: joins the caller's conversation. */
  readonly call: (
    call: SubAgentCall,
    signal: AbortSignal,
  ) => Promise<Result<{ readonly text: string; readonly labels: Labels; readonly session: string }>>;
}
