import type { FastifyInstance } from "fastify";
import type { Clock, Ids, Owner, Result } from "../../core/index.ts";
import type { AuditLog } from "../audit/index.ts";
import type { Deliver, Taking } from "../conversations/index.ts";
import type { Bus } from "../events/index.ts";
import type { Approvals } from "../gate/index.ts";
import type { Live, LiveOwner } from "../live/index.ts";
import type { SpokenChannel } from "../load/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Vault } from "../vault/index.ts";
import type { HttpDoors } from "./http/doors.ts";
import type { Notes } from "./notes.ts";
import type { Together, Used } from "./receive/used.ts";
import type { Accepted, Adapter, AdapterHost, AdapterSetup } from "./types.ts";

/** Who takes in what was let in: `Conversations` of runtime/conversations. */
export interface Intake {
  readonly receive: (message: Accepted, taking?: Taking) => Promise<Result<"accepted" | "duplicate">>;
  /** Stops what runs and waits in a session. */
  readonly cancel?: (session: string) => boolean;
  /** More comes in than can be written. */
  readonly isLate?: () => boolean;
}

/** The world as channels need it. What other parts make is asked for when it is used, so that they may start before or after. */
export interface ChannelsWorld {
  readonly live: () => Live;
  readonly records: () => SealedRecords;
  readonly audit: () => Pick<AuditLog, "record" | "recordSoon">;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Opens secrets of what is active for an owner. */
  readonly vault: (owner: LiveOwner) => Pick<Vault, "open">;
  /** Null where nobody takes messages of this owner in now. */
  readonly intake: (owner: Owner) => Intake | null;
  /** Writes to the sealed records together with what others write; absent: by itself. */
  readonly together?: Together;
  /** Null: approvals are not asked for in channels. */
  readonly approvals: () => Approvals | null;
  /** Where the gateway answers, for what a page or a person is told; null before it listens. */
  readonly url?: () => string | null;
  /** The platforms; absent: those of this room. */
  readonly adapters?: Readonly<Partial<Record<SpokenChannel, LoadAdapter>>>;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** Imported when the first channel of its platform starts. */
export type LoadAdapter = () => Promise<MakeAdapter>;

/** What adapters that live in this process get beside their host: nothing here crosses to a plugin. */
export interface House {
  readonly http: HttpDoors;
  readonly notes: (name: string) => Notes;
  /** What counts once, also after a restart. @param most - What is remembered at a time. */
  readonly used: (name: string, most: number) => Used;
  readonly clock: Clock;
  readonly now: () => number;
  readonly random: () => number;
  /** Approves who comes with an operator's invitation. @returns the id it is for; null for a code that is none. */
  readonly redeem: (code: string) => Result<string | null>;
  /** The code a stranger was told, and where there is none yet a new one; null where nobody may ask. */
  readonly askPairing: (sender: string) => Result<string | null>;
  /** More comes in than can be written: a platform that can send again is told to. */
  readonly isLate: () => boolean;
  /** Stops what is being made for somebody. @returns whether anything was. */
  readonly cancel: (peer: string) => boolean;
}

export type MakeAdapter = (setup: AdapterSetup, host: AdapterHost, house: House) => Adapter;

/** How one channel is. */
export interface ChannelState {
  readonly owner: Owner;
  readonly channel: string;
  readonly account: string;
  readonly type: SpokenChannel;
  readonly state: "connected" | "waiting" | "failed" | "stopped";
  readonly reason: string | null;
}

/** All channels of the running gateway, as a part of it. */
export interface Channels {
  readonly name: "channels";
  readonly start: (signal: AbortSignal) => Promise<Result<void>>;
  readonly stop: () => Promise<void>;
  /** Brings the connections in line with what is active now; called by itself at every change. */
  readonly reconcile: () => Promise<void>;
  /** Sends one answer; what `Conversations` wants as its `deliver`. */
  readonly deliver: Deliver;
  readonly states: () => readonly ChannelState[];
  /** What the web server serves for channels: `ServerWorld.extend`. */
  readonly extend: (app: FastifyInstance) => Promise<void>;
}
