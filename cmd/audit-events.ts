import { fail, ok, parseDuration, problem, shown, type Instant, type LedgerRecord, type Result } from "../core/index.ts";
import type { AuditCheck, AuditQuery, AuditReader, AuditRecord } from "../runtime/audit/index.ts";
import { UsageError } from "./usage.ts";

/** The two chains of a state folder: the ledger of what was applied, and the events of the running gateway. */
export const CHAINS = ["ledger", "events"] as const;
export type Chain = (typeof CHAINS)[number];

/** Records of both, in the order in which they happened. */
export type Told = { readonly chain: "ledger"; readonly record: LedgerRecord } | { readonly chain: "events"; readonly record: AuditRecord };

export interface EventWishes {
  readonly kinds: readonly string[] | undefined;
  readonly agent: string | undefined;
  readonly session: string | undefined;
  readonly actor: string | undefined;
  readonly correlation: string | undefined;
  readonly decision: AuditRecord["decision"] | undefined;
  readonly since: Instant | undefined;
}

/** What only events have: asking for it leaves the ledger out. */
export function isOfEvents({ agent, session, correlation, decision }: EventWishes): boolean {
  return [agent, session, correlation, decision].some((each) => each !== undefined);
}

export function queryOf(wishes: EventWishes): AuditQuery {
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as AuditQuery;
}

/** A moment as people say it: `90m` ago, or an instant. */
export function sinceOf(text: string | undefined, now: Date): Instant | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms !== undefined) return new Date(now.getTime() - ms).toISOString();
  const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : undefined;
  if (instant === undefined || Number.isNaN(instant.getTime()))
    throw new UsageError(`--since takes a duration such as 2h, or an instant such as 2026-03-01T12:00:00Z; found ${shown(text)}.`);
  return instant.toISOString();
}

/** Opens the events of a state folder for one look; null where no gateway ever ran on it. */
export async function withEvents<T>(dir: string, use: (reader: AuditReader) => T | Promise<T>): Promise<Result<T | null>> {
  const { openAuditReader } = await import("../runtime/audit/index.ts");
  const { systemClock } = await import("../core/index.ts");
  const opened = openAuditReader(dir, systemClock);
  if (!opened.ok || opened.value === null) return opened as Result<null>;
  try {
    return ok(await use(opened.value));
  } finally {
    opened.value.close();
  }
}

export function noEvents(): Result<never> {
  return fail(
    problem("NO_RECORD", {
      detail: "No gateway has run on this state folder, so there are no events.",
      remedy: "Start it:\nmoltbot gateway run",
    }),
  );
}

/** The newest of both, the oldest of them first. */
export function merged(ledger: readonly LedgerRecord[], events: readonly AuditRecord[], last: number): readonly Told[] {
  const all: Told[] = [
    ...ledger.map((record) => ({ chain: "ledger" as const, record })),
    ...events.map((record) => ({ chain: "events" as const, record })),
  ];
  // The sort is stable: records of one chain keep their order even where a clock was set back.
  return all.sort((a, b) => (a.record.at < b.record.at ? -1 : a.record.at > b.record.at ? 1 : 0)).slice(-last);
}

/** Whether a record of the ledger is among what was asked for. */
export function isWanted({ kinds, actor, since }: EventWishes, record: LedgerRecord): boolean {
  return (
    (kinds === undefined || kinds.includes(record.kind)) &&
    (actor === undefined || record.actor === actor) &&
    (since === undefined || record.at >= since)
  );
}

export type { AuditCheck };
