import type { TlsExceptions } from "../net/index.ts";
import type { SecretRef } from "./types.ts";

/** The platforms the runtime speaks. */
export const SPOKEN_CHANNELS = ["web", "webhook", "telegram", "irc"] as const;
export type SpokenChannel = (typeof SPOKEN_CHANNELS)[number];

export interface LoadedChannel {
  readonly name: string;
  /** Null: declared, but the runtime does not speak it; {@link LoadedChannel.lacks} says so. */
  readonly type: SpokenChannel | null;
  /** The platform as the manifest calls it. */
  readonly platform: string;
  readonly isEnabled: boolean;
  /** At least one; the only one of a channel without declared accounts has an empty name. */
  readonly accounts: readonly LoadedAccount[];
  readonly routing: readonly LoadedRoute[];
  readonly rates: { readonly perSender: Rate; readonly total: Rate };
  readonly maxMessageBytes: number;
  /** Null: files are not read. */
  readonly maxMediaBytes: number | null;
  readonly dataClass: string | null;
  readonly delivery: ChannelDelivery;
  /** The hosts that its Project connects to with less than TLS 1.3. */
  readonly tls: TlsExceptions;
  /** Equal for two generations where nothing changed that an open connection depends on. */
  readonly mark: string;
  /** What of it is inert, sorted; a `secret value` that is missing keeps it from connecting. */
  readonly lacks: readonly string[];
}

export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

export interface LoadedAccount {
  readonly name: string;
  readonly displayName: string | null;
  readonly isEnabled: boolean;
  readonly connection: PlainConnection;
  /** By field of `credentials`. */
  readonly credentials: ReadonlyMap<string, SecretRef>;
  readonly access: LoadedAccess;
}

export interface PlainConnection {
  /** Without a trailing slash. */
  readonly endpoint: string | null;
  readonly server: { readonly host: string; readonly port: number | null; readonly isEncrypted: boolean } | null;
  readonly webhook: { readonly path: string | null; readonly maxBytes: number };
  readonly nick: string | null;
  readonly userId: string | null;
  readonly rooms: readonly string[];
}

export type BotRule = "ignore" | "mentions" | "allow";

/** Who may talk. Everything absent means nobody. */
export interface LoadedAccess {
  readonly direct: "off" | "pairing" | "allowlist" | "open";
  readonly allow: ReadonlySet<string>;
  readonly groups: {
    readonly policy: "off" | "allowlist" | "open";
    readonly requireMention: boolean;
    /** Words that count as a mention, lower case. */
    readonly mentions: readonly string[];
    /** Null: everybody in an allowed room. */
    readonly allow: ReadonlySet<string> | null;
    readonly rooms: ReadonlyMap<string, LoadedRoom>;
  };
  readonly bots: BotRule;
  readonly pairing: { readonly expiresAfterMs: number; readonly maxPending: number };
}

export interface LoadedRoom {
  readonly isEnabled: boolean;
  readonly requireMention: boolean | null;
  readonly allow: ReadonlySet<string> | null;
  readonly bots: BotRule | null;
  readonly topics: ReadonlyMap<string, { readonly isEnabled: boolean; readonly requireMention: boolean | null }>;
}

/** Messages that match go to the agent; null does not matter. */
export interface LoadedRoute {
  readonly agent: string;
  readonly account: string | null;
  readonly peer: { readonly kind: string; readonly id: string | null } | null;
  readonly thread: string | null;
  readonly guild: string | null;
  readonly team: string | null;
  readonly roles: readonly string[] | null;
}

/** How answers look; null: as the adapter prefers. */
export interface ChannelDelivery {
  readonly streaming: "off" | "partial" | "block" | "progress" | null;
  readonly format: "plain" | "markdown" | "html" | null;
  readonly chunkChars: number | null;
  readonly replyTo: "off" | "first" | "all";
  readonly typing: boolean;
  readonly debounceMs: number;
  readonly linkPreviews: boolean;
  /** Hosts that answers may link to beside those the agent was granted. */
  readonly linkHosts: readonly string[];
  readonly maxMediaBytes: number | null;
}
