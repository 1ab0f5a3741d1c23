import { escapeText, unreachable } from "../../core/index.ts";
import type { GatewayEvent, Stopped } from "../../runtime/process/index.ts";
import type { GatewayStatus } from "../gateway-status.ts";
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
    if (status.facts === null)
      return `${symbolOf(look, "warning")} a gateway holds ${escapeText(status.folder)} and is starting or stopping\n`;
    const { pid, version, startedAt, url, socket } = status.facts;
    return [
      `${symbolOf(look, "ok")} running since ${startedAt}, process ${pid}, moltbot ${escapeText(version)}`,
      ...(url === null ? [] : [`  at ${escapeText(url)}`]),
      ...(socket === null ? [] : [`  socket ${escapeText(socket)}`]),
      "",
    ].join("\n");
  },
  ...plainViews((status: GatewayStatus) => status),
};
