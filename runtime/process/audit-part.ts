import { InternalError, LIMITS, ok, type Actor, type Clock, type Ids, type LedgerHead } from "../../core/index.ts";
import { openAudit, type AuditLog, type AuditRecord } from "../audit/index.ts";
import type { Steadiness } from "./steady.ts";
import type { Part } from "./types.ts";

export interface AuditPartWorld {
  readonly dir: string;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly version: string;
  /** Names how far the audit has come where its own files are not. */
  readonly note: (head: LedgerHead) => void;
  readonly onRecorded: (record: AuditRecord) => void;
  /** Told of the newest record there was, and asked before anything goes for its age. */
  readonly steadiness: Steadiness;
  /** Runs what writes for many, in a turn of the event loop of its own. */
  readonly later: (work: () => void) => void;
}

export interface AuditPart extends Part {
  readonly audit: () => AuditLog;
  /** Has the ledger name the newest record. */
  readonly witness: () => void;
}

/** The audit, from the first record that the gateway runs to the last one that it stopped. */
export function auditPart(world: AuditPartWorld): AuditPart {
  let log: AuditLog | undefined;
  let timer: NodeJS.Timeout | undefined;
  const own = { owner: null, actor: world.actor, decision: "none", facts: { version: world.version, pid: process.pid } } as const;
  const witness = (): void => {
    const head = log?.reader.head();
    if (head?.ok) world.note(head.value);
  };
  return {
    name: "audit",
    witness,
    audit: () => {
      if (!log) throw new InternalError("the audit was used before it was opened");
      return log;
    },
    start: async () => {
      const opened = openAudit(world.dir, { clock: world.clock, onRecorded: world.onRecorded, later: world.later });
      if (!opened.ok) return opened;
      log = opened.value;
      const newest = log.reader.query({ order: "newest", limit: 1 });
      world.steadiness.began(newest.ok ? (newest.value.records[0]?.at ?? null) : null);
      const noted = log.record({ ...own, kind: "runtime.started", correlation: world.ids.next() });
      witness();
      timer = keepBounded(log, world.steadiness);
      return noted.ok ? ok(undefined, opened.warnings) : noted;
    },
    stop: async () => {
      clearInterval(timer);
      log?.record({ ...own, kind: "runtime.stopped", correlation: world.ids.next() });
      witness();
      log?.close();
      log = undefined;
    },
  };
}

const HOUR_MS = 3_600_000;

/** Longer than anything is kept. */
const NEVER_MS = 100 * 365 * 86_400_000;

/** Drops what is too old or too much, a bounded part at a time, so that nobody waits long. */
function keepBounded(log: AuditLog, { mayForget }: Steadiness): NodeJS.Timeout {
  const prune = (): void => {
    const dropped = log.prune({ maxAgeMs: mayForget() ? LIMITS.auditKeepMs : NEVER_MS, maxRecords: LIMITS.auditKeepRecords });
    if (dropped.ok && dropped.value >= LIMITS.auditPage) setTimeout(prune, 1_000).unref();
  };
  return setInterval(prune, HOUR_MS).unref();
}
