import type { Clock, Instant, Owner, Result } from "../../../core/index.ts";
import type { Accepted } from "../../channels/index.ts";
import type { Live } from "../../live/index.ts";
import type { ChannelFacts, Labels } from "../../run/index.ts";
import type { SealedRecords } from "../../store/index.ts";

/** When a schedule is due: once, again and again, or as a calendar says in a time zone. */
export type ScheduleTime = { readonly at: Instant } | { readonly everyMs: number } | { readonly cron: string; readonly timezone: string };

/** What an agent is to be told at certain times, as another or the same agent asked for. */
export interface Schedule {
  readonly owner: Owner;
  /** Who is told. */
  readonly agent: string;
  readonly name: string;
  readonly time: ScheduleTime;
  readonly message: string;
  /** The agent whose grant made it: a schedule without that grant is not run any more. */
  readonly by: string;
  /** Whom it was made for, by every name: it goes with their data, and so does what it leads to. */
  readonly people: readonly string[];
  /** What was in the conversation that made it: its runs begin with that. */
  readonly labels: Labels;
  /** It outlives the process (`Project.spec.unmanaged: keep`). */
  readonly isKept: boolean;
  readonly next: Instant;
}

/** The schedules that agents made. */
export interface Schedules {
  /** One of the same name is replaced. `UNMANAGED_REFUSED`, `SCHEDULE_INVALID`, `SCHEDULE_LIMIT`. */
  readonly create: (wish: Omit<Schedule, "next" | "isKept">) => Result<Schedule>;
  readonly cancel: (owner: Owner, agent: string, name: string) => Result<void>;
  /** Lets go of what was made for somebody and is deleted in the store, and of what lives in this process only. @returns how many */
  readonly forget: (people: ReadonlySet<string>) => number;
  /** Sorted by owner, agent and name. */
  readonly list: () => readonly Schedule[];
}

export interface SchedulerWorld {
  readonly live: () => Live;
  readonly records: () => SealedRecords;
  readonly clock: Clock;
  /** Takes a message in durably, once for each key: `Conversations.receive`. */
  readonly receive: (message: Accepted) => Promise<Result<"accepted" | "duplicate">>;
  /** A schedule was due and could not be run. */
  readonly failed: (schedule: Schedule, reason: string) => void;
}

/** Runs schedules as a part of the gateway. */
export interface Scheduler extends Schedules {
  readonly name: "schedules";
  readonly start: () => Promise<Result<void>>;
  readonly stop: () => Promise<void>;
  /** Runs what is due now; called by itself. */
  readonly tick: () => Promise<void>;
}

/** Where the runs of schedules come from, as policies and conversations see it. Their answers stay in the conversation. */
export const SCHEDULE_CHANNEL: ChannelFacts = { name: "schedule", type: "schedule", peer: null, group: false, dataClass: null };
