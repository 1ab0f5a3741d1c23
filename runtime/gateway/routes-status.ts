import { mapResult, type Instant, type JsonObject, type Owner, type Result } from "../../core/index.ts";
import type { ChannelState } from "../channels/index.ts";
import type { PluginState } from "./routes-house.ts";
import { count, listOf, objectOf, OWNER, orNull, text } from "./schema.ts";
import type { Route } from "./types.ts";

/** How everything that runs is. No content of conversations, no secrets. */
export interface HouseStatus {
  readonly owners: readonly OwnerStatus[];
  readonly channels: readonly ChannelState[];
  readonly plugins: readonly PluginState[];
  readonly approvalsWaiting: number;
  readonly undeliveredAnswers: number;
  /** Answers that did not reach anybody for certain and are kept. */
  readonly keptAnswers: number;
  readonly schedules: readonly { readonly owner: Owner; readonly agent: string; readonly name: string; readonly next: Instant }[];
  /** What stands between a command and the machine. */
  readonly commands: { readonly by: string; readonly why: string | null };
  /** Where the log goes; `-`: standard error. */
  readonly log: string;
}

export interface OwnerStatus {
  readonly owner: Owner;
  /** Null: what is active cannot be run, and {@link OwnerStatus.remarks} say why. */
  readonly generation: number | null;
  /** What is declared and not done, by resource. */
  readonly lacks: readonly { readonly address: string; readonly lacks: readonly string[] }[];
  readonly holds: readonly { readonly id: string; readonly selector: string; readonly reason: string; readonly until: Instant | null }[];
  /** What is wrong with what judges: it denies more then. */
  readonly remarks: readonly string[];
}

const STATE = text("How it is.");
const REASON = orNull(text("Why."));
const OWNERS: JsonObject = objectOf({
  owner: OWNER,
  generation: orNull(count("Which generation is active.")),
  lacks: listOf(objectOf({ address: text("Which resource."), lacks: listOf(text("What of it is not done.")) })),
  holds: listOf(
    objectOf({ id: text("What lifting names."), selector: text("What is held."), reason: text("Why."), until: orNull(text("Till when.")) }),
  ),
  remarks: listOf(text("What is wrong with what judges.")),
});
const STATUS: JsonObject = objectOf({
  owners: listOf(OWNERS),
  channels: listOf(
    objectOf({ owner: OWNER, channel: text("Which."), account: text("Which."), type: text("The platform."), state: STATE, reason: REASON }),
  ),
  plugins: listOf(objectOf({ owner: OWNER, name: text("Which."), state: STATE, reason: REASON })),
  approvalsWaiting: count("Calls that wait for a person."),
  undeliveredAnswers: count("Answers that wait to be sent."),
  keptAnswers: count("Answers that did not reach anybody for certain and are kept: `/v2/deliveries`."),
  schedules: listOf(objectOf({ owner: OWNER, agent: text("Who is told."), name: text("Which."), next: text("When.") })),
  commands: objectOf({ by: text("`bubblewrap`, or `none`: commands are refused."), why: REASON }),
  log: text("Where the log goes."),
});

/** All of it in one answer, for whoever looks after the gateway. */
export function statusRoutes(status: () => Promise<Result<HouseStatus>>): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2/status",
      id: "houseStatus",
      summary: "How everything that runs is",
      tag: "health",
      role: "viewer",
      answer: STATUS,
      status: 200,
      handle: async () => mapResult(await status(), (all) => ({ status: 200, body: JSON.parse(JSON.stringify(all)) as JsonObject })),
    },
  ];
}
