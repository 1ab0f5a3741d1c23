import { setTimeout as wait } from "node:timers/promises";
import { ok, type LedgerRecord, type Result } from "../../../core/index.ts";
import type { AuditReader } from "../../../runtime/audit/index.ts";
import {
  CHAINS,
  isOfEvents,
  isWanted,
  merged,
  noEvents,
  queryOf,
  sinceOf,
  withEvents,
  type Chain,
  type EventWishes,
  type Told,
} from "../../audit-events.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";
import { followedLine, toldViews } from "../../views/audit.ts";
import { jsonLine } from "../../views/index.ts";

/** More is a matter for `audit export`. */
const MAX_LINES = 10_000;
const FOLLOW_MS = 300;

export default class AuditTail extends MoltbotCommand {
  static override summary = "Show what was applied and what the gateway did, the newest last";
  static override description =
    "Records of the ledger (what was applied, held, edited, by whom) and security events of the running gateway (tools called and refused, approvals, logins), in the order in which they happened. Conditions that only events have leave the ledger out.";
  static override examples = [
    { description: "What happened last?", command: "<%= config.bin %> audit tail" },
    { description: "Which tools were refused in the last hour?", command: "<%= config.bin %> audit tail --kind tool.denied --since 1h" },
    { description: "Everything about one agent, as it happens", command: "<%= config.bin %> audit tail -f --agent support" },
    { description: "The last hundred, for a log collector", command: "<%= config.bin %> audit tail --lines 100 -o jsonl" },
  ];
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml"),
    lines: Flags.integer({
      char: "n",
      helpValue: "N",
      min: 1,
      max: MAX_LINES,
      default: 20,
      description: "how many records",
      env: "MOLTBOT_LINES",
    }),
    follow: Flags.boolean({ char: "f", description: "go on with events as they happen, until interrupted", env: "MOLTBOT_FOLLOW" }),
    chain: Flags.option({ options: CHAINS, description: "only this one (default: both)", env: "MOLTBOT_CHAIN" })(),
    kind: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: "KIND",
      description: "only these kinds, such as tool.denied, or tool for all of them",
      env: "MOLTBOT_KIND",
    }),
    agent: Flags.string({ helpValue: "NAME", description: "only events of this agent", env: "MOLTBOT_AGENT" }),
    session: Flags.string({ helpValue: "ID", description: "only events of this conversation", env: "MOLTBOT_SESSION" }),
    by: Flags.string({ helpValue: "ID", description: "only what this one did, such as oidc:ISSUER#SUBJECT", env: "MOLTBOT_BY" }),
    correlation: Flags.string({
      helpValue: "ID",
      description: "only events of this run or request (the traceId of logs)",
      env: "MOLTBOT_CORRELATION",
    }),
    decision: Flags.option({
      options: ["allowed", "denied", "asked"] as const,
      description: "only events that ended so",
      env: "MOLTBOT_DECISION",
    })(),
    since: Flags.string({ helpValue: "TIME", description: "only what happened since: 2h, or 2026-03-01T12:00:00Z", env: "MOLTBOT_SINCE" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(AuditTail);
    const session = this.session(flags);
    const wishes: EventWishes = {
      kinds: flags.kind,
      agent: flags.agent,
      session: flags.session,
      actor: flags.by,
      correlation: flags.correlation,
      decision: flags.decision,
      since: sinceOf(flags.since, session.look.now),
    };
    const chain = flags.chain ?? (isOfEvents(wishes) || flags.follow ? "events" : undefined);
    if (flags.follow && chain === "events") return await this.#follow(session, wishes, flags.lines);
    return conclude(session, await tailOf(session, wishes, flags.lines, chain), { views: toldViews });
  }

  async #follow(session: Session, wishes: EventWishes, last: number): Promise<number> {
    const { stateOf } = await import("../../state-of.ts");
    const dir = await stateOf(session);
    const { signal } = session.interrupt;
    const followed = dir.ok ? await withEvents(dir.value, (reader) => follow(reader, session, wishes, last, signal)) : dir;
    const ended = followed.ok && followed.value !== null ? followed.value : followed.ok ? noEvents() : followed;
    return ended.ok ? 0 : conclude(session, ended, { views: toldViews });
  }
}

async function tailOf(session: Session, wishes: EventWishes, last: number, chain: Chain | undefined): Promise<Result<readonly Told[]>> {
  const ledger = chain === "events" ? ok([]) : await ledgerOf(session, wishes, last);
  if (!ledger.ok || chain === "ledger") return ledger.ok ? ok(merged(ledger.value, [], last)) : ledger;
  const { stateOf } = await import("../../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const found = await withEvents(dir.value, (reader) => reader.query({ ...queryOf(wishes), order: "newest", limit: last }));
  if (!found.ok) return found;
  if (found.value === null) return chain === "events" ? noEvents() : ok(merged(ledger.value, [], last));
  return found.value.ok ? ok(merged(ledger.value, found.value.value.records.toReversed(), last)) : found.value;
}

async function ledgerOf(session: Session, wishes: EventWishes, last: number): Promise<Result<readonly LedgerRecord[]>> {
  const { auditTail } = await import("../../../reconciler/engine.ts");
  const isFiltered = wishes.kinds !== undefined || wishes.actor !== undefined || wishes.since !== undefined;
  const records = await auditTail(session.query, isFiltered ? MAX_LINES : last, await session.world());
  return records.ok ? ok(records.value.filter((record) => isWanted(wishes, record))) : records;
}

/** Shows what there is, then what comes, until interrupted or nobody reads any more. */
async function follow(
  reader: AuditReader,
  session: Session,
  wishes: EventWishes,
  last: number,
  signal: AbortSignal,
): Promise<Result<void>> {
  const query = queryOf(wishes);
  const newest = reader.query({ ...query, order: "newest", limit: last });
  if (!newest.ok) return newest;
  let page = { records: newest.value.records.toReversed(), more: false };
  let after = 0;
  for (;;) {
    for (const record of page.records) {
      await session.io.out(session.format === "text" ? followedLine({ chain: "events", record }) : jsonLine(record));
      after = record.seq;
    }
    if (signal.aborted || session.io.failure() !== undefined) return ok(undefined);
    if (!page.more) await wait(FOLLOW_MS, undefined, { signal }).catch(() => undefined);
    const next = reader.query({ ...query, after, order: "oldest" });
    if (!next.ok) return next;
    page = { records: [...next.value.records], more: next.value.more };
  }
}
