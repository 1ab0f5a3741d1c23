import type { TlsExceptions } from "../net/index.ts";
import type { DiagnosticCode, Instant, JsonObject, Result } from "../../core/index.ts";
import type { PlainConnection } from "../load/index.ts";
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
  /** The sender passes on what somebody else wrote, by the platform's own means. */
  readonly isPassedOn: boolean;
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
  /** The message that is answered, also where the answer does not quote it. */
  readonly answers?: string | null;
  /** Under the message; pressing one is told by {@link AdapterHost.pressed}. Absent where the platform has none. */
  readonly buttons?: readonly { readonly id: string; readonly label: string }[];
  /** Of an answer in several parts: nothing follows. Absent: the only part. */
  readonly isLast?: boolean;
}

/** Proof that the platform took a message. */
export interface Delivery {
  /** The platform's id for it; null when it gives none. */
  readonly platformId: string | null;
  readonly at: Instant;
}

/** A button that was pressed, by somebody the platform vouches for. */
export interface Pressed {
  readonly button: string;
  readonly sender: string;
  readonly verified: boolean;
  readonly peer: string;
}

/** Too many came: not taken, and not remembered, so that it may come again then. */
export interface Limited {
  readonly retryAfterMs: number;
}

/** What became of a message. */
export type Outcome = "accepted" | "duplicate" | "refused" | Limited;

/** What the host offers an adapter. Plain data across. */
export interface AdapterHost {
  /**
   * Takes a message in, durably: after `ok` it may be acknowledged to the platform. The same id twice is ok
   * twice and answered once. A refusal must be acknowledged too: it will not get better.
   */
  readonly receive: (message: Inbound) => Promise<Result<Outcome>>;
  /** Whether a message without its files would be let in: files of strangers are not even fetched. */
  readonly admits: (message: Inbound) => Promise<boolean>;
  /** Somebody pressed a button under a message of ours. @returns what to tell the one who pressed it. */
  readonly pressed: (press: Pressed) => Promise<string>;
  readonly state: (state: "connected" | "waiting" | "failed", reason: string | null) => void;
  /** Something came that is no message: a request without a valid signature, a login that failed. Recorded, never answered in detail. */
  readonly refused: (code: DiagnosticCode, facts: JsonObject) => void;
  /** Small durable notes of the adapter, such as the last update it acknowledged. */
  readonly cursor: { readonly get: () => Result<string | null>; readonly set: (value: string) => Result<void> };
}

/** What an adapter is made from. Plain data; the credentials live in memory only. */
export interface AdapterSetup {
  /** The hosts that the Project connects to with less than TLS 1.3. */
  readonly tls: TlsExceptions;
  readonly channel: string;
  /** Empty when the channel has one account. */
  readonly account: string;
  readonly connection: PlainConnection;
  /** By field of `credentials`, opened. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What the channel asks for; null: as the adapter prefers. */
  readonly format: "plain" | "markdown" | "html" | null;
  readonly linkPreviews: boolean;
  /** The largest file that is read; null: files are not read. */
  readonly maxMediaBytes: number | null;
}

/** What an adapter can do. Plain data. */
export interface AdapterTraits {
  /** The longest text of one message, in UTF-16 code units, and in bytes where the platform counts those. */
  readonly maxChars: number;
  readonly maxBytes: number | null;
  /** The markup it takes, where the channel does not say. */
  readonly format: "plain" | "markdown" | "html";
  /** It can show an answer while it grows. */
  readonly canDraft: boolean;
  readonly canSendFiles: boolean;
  readonly hasButtons: boolean;
  /** It knows a message that it has by its id. Where it does not, what may have been taken is not sent again. */
  readonly tellsRepeats: boolean;
}

/** A platform. */
export interface Adapter {
  readonly traits: AdapterTraits;
  readonly start: (signal: AbortSignal) => Promise<Result<void>>;
  /**
   * Fails with `CHANNEL_NO_ANSWER` where the platform may have taken it; every other failure says that it did not.
   *
   * @param begin - Called right before something goes out that, sent again, would be seen twice. Where it fails
   *   nothing goes.
   */
  readonly send: (message: Outbound, signal: AbortSignal, begin: () => Promise<Result<void>>) => Promise<Result<Delivery>>;
  /** Shows the beginning of an answer that is still being made; `send` with the same id completes it. */
  readonly draft?: (message: Outbound, signal: AbortSignal) => Promise<Result<void>>;
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
  /** Whom it concerns beside its sender: a schedule speaks for those it was made for. */
  readonly about?: readonly string[];
  readonly channel: ChannelFacts;
  readonly labels: Labels;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly to: Destination;
}
