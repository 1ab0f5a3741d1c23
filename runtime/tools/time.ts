import { ok } from "../../core/index.ts";
import type { Tool } from "../gate/index.ts";
import { NO_LABELS } from "../run/index.ts";
import { defineTool, invalid, textIn, textSchema } from "./define.ts";
import { specOf } from "./place.ts";
import type { ToolsWorld } from "./types.ts";

/** `time`: what time it is, in the agent's time zone or another. */
export function timeTool({ live, clock }: Pick<ToolsWorld, "live" | "clock">): Tool {
  return defineTool({
    name: "time",
    description: "The present date and time, in the agent's time zone or the one named.",
    properties: { timezone: textSchema("IANA name of a time zone, such as Europe/Berlin.", 64) },
    required: [],
    wish: (args) => {
      const timezone = textIn(args, "timezone", null);
      if (timezone !== null && !isTimezone(timezone)) return invalid("time", "there is no such time zone");
      return ok({
        action: "call",
        resource: null,
        facts: {},
        effect: () => ({ timezone }),
        summary: () => timezone ?? "",
      });
    },
    run: ({ effect }, { run }) => {
      const spec = specOf(live(), run);
      if (!spec.ok) return Promise.resolve(spec);
      const timezone = textIn(effect, "timezone", textIn(spec.value, "timezone", "UTC"));
      return Promise.resolve(ok({ text: shownTime(clock.now(), timezone), labels: NO_LABELS, facts: { timezone } }));
    },
  });
}

export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

function shownTime(now: Date, timezone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    weekday: "long",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  }).formatToParts(now);
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? "";
  const offset = of("timeZoneName").replace("GMT", "") || "+00:00";
  const local = `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}:${of("second")}${offset}`;
  return `${of("weekday")} ${local} (${timezone}); UTC ${now.toISOString()}`;
}
