import type { Instant, Result } from "../../core/index.ts";
import type { ChannelFacts, Labels, Principal } from "../run/index.ts";

/** A file that came with a message, or goes with one. */
export interface Attachment {
  /** As the sender called it, without any path; shown escaped. */
  readonly name: string;
  /** As its bytes say, never as its sender does. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A message as an adapter hands it in: normalised, not yet judged. Plain data, so that a plugin can be an adapter. */
export interface Inbound {
  /** The account it came in on; empty when the channel has one. */
  readonly account: string;
  /** Unique among the account's messages: what makes a second delivery of the same message none. */
  readonly id: string;
  /** The sender's immutable id on the platform. */
  readonly sender: string;
  /** What the sender calls itself: shown, never evidence. */
  readonly senderName: string | null;
  readonly isBot: boolean;
  /** How sure the platform is who sent it: a signature, a login, or the connection itself. */
  readonly verified: boolean;
  /** The room, or the sender for a direct message. */
  readonly peer: { readonly kind: "direct" | "group" | "channel"; readonly id: string };
  readonly thread: string | null;
  readonly guild: string | null;
  readonly team: string | null;
  readonly roles: readonly string[];
  /** We were spoken to by the platform's own means. */
  readonly mentioned: boolean;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: Instant;
}

/** Where an answer goes: where its message came from. */
export interface Destination {
  readonly account: string;
  readonly peer: string;
  readonly thread: string | null;
  /** The message that is answered. */
  readonly replyTo: string | null;
}

/** What goes out. */
export interface Outbound {
  readonly to: Destination;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** An id of ours: sending it twice is the same as once, where the platform can tell. */
  readonly id: string;
}

/** Proof that the platform took a message. */
export interface Delivery {
  /** The platform's id for it; null when it gives none. */
  readonly platformId: string | null;
  readonly at: Instant;
}

/** What the host offers an adapter. Plain data across. */
export interface AdapterHost {
  /**
   * Takes a message in, durably: after `ok` it may be acknowledged to the platform. The same id twice is ok
   * twice and answered once. A refusal must be acknowledged too: it will not get better.
   */
  readonly receive: (message: Inbound) => Promise<Result<"accepted" | "duplicate" | "refused">>;
  readonly state: (state: "connected" | "waiting" | "failed", reason: string | null) => void;
  /** Small durable notes of the adapter, such as the last update it acknowledged. */
  readonly cursor: { readonly get: () => Result<string | null>; readonly set: (value: string) => Result<void> };
}

/** A platform. */
export interface Adapter {
  readonly start: (signal: AbortSignal) => Promise<Result<void>>;
  readonly send: (message: Outbound, signal: AbortSignal) => Promise<Result<Delivery>>;
  /** A sign that an answer is being made; where the platform has none, nothing. */
  readonly typing?: (to: Destination) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A message that was let in: who, where, to which agent, in which conversation. */
export interface Accepted {
  /** `<channel>/<account>/<message id>`: what deduplicates. */
  readonly key: string;
  readonly agent: string;
  /** By `Agent.sessions.scope`: what conversation it belongs to. */
  readonly conversation: string;
  readonly principal: Principal;
  readonly channel: ChannelFacts;
  readonly labels: Labels;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly to: Destination;
}
