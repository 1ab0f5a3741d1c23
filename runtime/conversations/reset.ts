import type { AgentConduct } from "../load/index.ts";

/**
 * Whether a conversation that was used last at `last` begins anew at `now` (`Agent.sessions.reset`). Pure.
 * @param timezone - The agent's; a zone that this machine does not know counts as UTC.
 */
export function isOver({ mode, hour, idleMs }: AgentConduct["sessions"]["reset"], timezone: string, last: Date, now: Date): boolean {
  if (mode === "never") return false;
  if (idleMs !== null && now.getTime() - last.getTime() >= idleMs) return true;
  return mode === "daily" && dayOf(last, timezone, hour) !== dayOf(now, timezone, hour);
}

/** The day that an instant belongs to, where days begin at `hour` of the zone's clock. */
function dayOf(at: Date, timezone: string, hour: number): string {
  const parts = new Map(
    formatIn(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day, clock] = ["year", "month", "day", "hour"].map((part) => Number(parts.get(part as "year")));
  const shift = (clock ?? 0) < hour ? -1 : 0;
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, (day ?? 1) + shift)).toISOString().slice(0, 10);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatIn(timezone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timezone);
  if (known) return known;
  let made: Intl.DateTimeFormat;
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" } as const;
  try {
    made = new Intl.DateTimeFormat("en-US", { ...parts, timeZone: timezone });
  } catch {
    made = new Intl.DateTimeFormat("en-US", { ...parts, timeZone: "UTC" });
  }
  FORMATS.set(timezone, made);
  return made;
}

/** A message that only begins a new conversation: exactly one of the words, whatever case and space around it. */
export function isResetCommand(text: string, commands: readonly string[]): boolean {
  const said = text.trim().toLowerCase();
  return commands.some((command) => command.trim().toLowerCase() === said);
}
