import { escapeText, unreachable } from "../../core/index.ts";
import type { GatewayEvent, Stopped } from "../../runtime/process/index.ts";
import type { HouseStatus, OwnerStatus } from "../../runtime/gateway/index.ts";
import type { GatewayStatus } from "../gateway-status.ts";
import { counted } from "./layout.ts";
import { jsonLine, plainViews, type Views } from "./index.ts";
import { inColorOf, symbolOf } from "./status.ts";
import type { Look } from "./look.ts";

/** One line for people. */
export function gatewayEventText(event: GatewayEvent, look: Look): string {
  switch (event.kind) {
    case "ready": {
      const { facts, ms } = event;
      return `${inColorOf(look, "ok", "ready")} in ${ms} ms, process ${facts.pid}${facts.url === null ? "" : `, at ${escapeText(facts.url)}`}`;
    }
    case "active":
      return `${inColorOf(look, "ok", "active")} generation ${event.generation} of ${escapeText(event.owner)}`;
    case "refused":
      return `${inColorOf(look, "error", "refused")} generation ${event.generation} of ${escapeText(event.owner)}: ${escapeText(event.reason)}`;
    case "trouble":
      return `${inColorOf(look, "error", "trouble")} ${escapeText(event.reason)}`;
    case "stopping":
      return "stopping";
    default:
      return unreachable(event);
  }
}

export function gatewayEventLine({ kind, ...rest }: GatewayEvent, now: Date): string {
  return jsonLine({ type: kind, time: now.toISOString(), ...rest });
}

export const stoppedViews: Views<Stopped> = {
  text: ({ late }) => (late.length === 0 ? "" : `These did not stop in time: ${late.join(", ")}\n`),
  jsonl: ({ late, ms }) => jsonLine({ type: "stopped", late, ms }),
};

export const gatewayStatusViews: Views<GatewayStatus> = {
  text: (status, look) => {
    if (status.state !== "running") return `${symbolOf(look, "warning")} no gateway runs on ${escapeText(status.folder)}\n`;
    if (status.facts === null && status.house !== null)
      return [`${symbolOf(look, "ok")} running at ${escapeText(status.folder)}`, ...houseLines(status.house, look), ""].join("\n");
    if (status.facts === null)
      return `${symbolOf(look, "warning")} a gateway holds ${escapeText(status.folder)} and is starting or stopping\n`;
    const { pid, version, startedAt, url, socket } = status.facts;
    return [
      `${symbolOf(look, "ok")} running since ${startedAt}, process ${pid}, moltbot ${escapeText(version)}`,
      ...(url === null ? [] : [`  at ${escapeText(url)}`]),
      ...(socket === null ? [] : [`  socket ${escapeText(socket)}`]),
      ...(status.house === null ? [] : houseLines(status.house, look)),
      "",
    ].join("\n");
  },
  ...plainViews((status: GatewayStatus) => status),
};

function houseLines(house: HouseStatus, look: Look): readonly string[] {
  const { owners, channels, plugins, approvalsWaiting, undeliveredAnswers, keptAnswers, schedules, commands, log } = house;
  const why = (reason: string | null): string => (reason === null ? "" : `: ${escapeText(reason)}`);
  const part = (state: string, isFine: boolean, name: string, reason: string | null): string =>
    `  ${symbolOf(look, isFine ? "ok" : "warning")} ${escapeText(name)} ${state}${why(reason)}`;
  return [
    ...(owners.length === 0 ? ["  nothing is active: apply something"] : owners.flatMap((each) => ownerLines(each, look))),
    ...channels.map((each) =>
      part(
        each.state,
        each.state === "connected",
        `Channel/${each.channel}${each.account === "" ? "" : `/${each.account}`} (${each.owner})`,
        each.reason,
      ),
    ),
    // A plugin is started by its first call and ends when nobody needs it: that is no fault.
    ...plugins.map((each) =>
      part(
        each.state === "stopped" && each.reason === null ? "idle until its next call" : each.state,
        each.state !== "failed",
        `Plugin/${each.name} (${each.owner})`,
        each.reason,
      ),
    ),
    ...schedules.map(
      ({ owner, agent, name, next }) => `  schedule ${escapeText(name)} of Agent/${escapeText(agent)} (${escapeText(owner)}): next ${next}`,
    ),
    `  ${counted(approvalsWaiting, "call waits", "calls wait")} for a person, ${counted(undeliveredAnswers, "answer waits", "answers wait")} to be sent`,
    ...(keptAnswers === 0
      ? []
      : [`  ${symbolOf(look, "warning")} ${counted(keptAnswers, "answer")} did not reach anybody for certain: moltbot gateway deliveries`]),
    commands.by === "none" ? `  commands are refused${why(commands.why)}` : `  commands run in ${escapeText(commands.by)}`,
    `  log ${log === "-" ? "on standard error" : escapeText(log)}`,
  ];
}

function ownerLines({ owner, generation, lacks, holds, remarks }: OwnerStatus, look: Look): readonly string[] {
  return [
    generation === null
      ? `  ${symbolOf(look, "error")} ${escapeText(owner)} cannot be run`
      : `  ${symbolOf(look, "ok")} ${escapeText(owner)} generation ${generation}`,
    ...remarks.map((each) => `    ${symbolOf(look, "warning")} ${escapeText(each)}`),
    ...holds.map(
      ({ selector, reason, until }) =>
        `    ${symbolOf(look, "warning")} held: ${escapeText(selector)}${until === null ? "" : ` until ${until}`}: ${escapeText(reason)}`,
    ),
    ...lacks.map((each) => `    ${escapeText(each.address)} lacks ${each.lacks.map((one) => escapeText(one)).join(", ")}`),
  ];
}
