import { Cron } from "croner";
import type { ScheduleTime } from "./types.ts";

/** The first instant after `after` at which a schedule is due; null when there is none. @param from - Where `every` counts from. */
export function nextDue(time: ScheduleTime, from: Date, after: Date): Date | null {
  if ("at" in time) {
    const at = new Date(time.at);
    return at.getTime() > after.getTime() ? at : null;
  }
  if ("everyMs" in time) {
    const past = Math.max(0, after.getTime() - from.getTime());
    return new Date(from.getTime() + (Math.floor(past / time.everyMs) + 1) * time.everyMs);
  }
  return cronOf(time.cron, time.timezone)?.nextRun(after) ?? null;
}

/** Undefined for what is no expression of five fields, or no time zone. */
export function cronOf(expression: string, timezone: string): Cron | undefined {
  try {
    return new Cron(expression, { paused: true, timezone, mode: "5-part" });
  } catch {
    return undefined;
  }
}
