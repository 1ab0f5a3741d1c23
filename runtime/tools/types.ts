import type { Clock, Ids } from "../../core/index.ts";
import type { Deliver, SubAgents } from "../conversations/index.ts";
import type { Live } from "../live/index.ts";
import type { LookupAll } from "../net/index.ts";
import type { Labels } from "../run/index.ts";
import type { CommandSandbox } from "../sandbox/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Schedules } from "./schedule/types.ts";

/** What the built-in tools need of the world. Each is asked for when a call runs, never before. */
export interface ToolsWorld {
  readonly live: () => Live;
  readonly clock: Clock;
  readonly commands: () => CommandSandbox;
  readonly subAgents: () => SubAgents;
  readonly labelsOf: (session: string) => Labels;
  readonly ids: Ids;
  readonly records: () => SealedRecords;
  /** Sends through a connected channel, without links that nobody declared. */
  readonly deliver: Deliver;
  readonly schedules: () => Schedules;
  /** How names are looked up; absent: as the system does. */
  readonly lookup?: LookupAll;
  /** What else is believed beside the usual certificate authorities, PEM. */
  readonly ca?: string;
}
