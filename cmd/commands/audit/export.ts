import path from "node:path";
import { fail, mapResult, ok, type Instant, type Result } from "../../../core/index.ts";
import { CHAINS, noEvents, sinceOf, withEvents } from "../../audit-events.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { writeFileAtomically } from "../../reports.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { exportedEventsViews } from "../../views/audit.ts";
import { exportedLedgerViews } from "../../views/record.ts";

export default class AuditExport extends MoltbotCommand {
  static override summary = "Write the ledger, or the events of the gateway, for somebody elsewhere";
  static override description =
    "One record a line, as it is kept, and the signed head as the last line: `audit verify --file` checks it on any machine, without the store. Nothing secret is in it.";
  static override examples = [
    { description: "To a file", command: "<%= config.bin %> audit export --out ledger.jsonl" },
    { description: "To a log collector", command: "<%= config.bin %> audit export | collector" },
    { description: "What the gateway did today", command: "<%= config.bin %> audit export --chain events --since 24h --out events.jsonl" },
    {
      description: "The same for an OpenTelemetry collector",
      command: "<%= config.bin %> audit export --chain events --since 24h --format otlp",
    },
  ];
  static override flags = {
    output: outputFlag("text", "json"),
    chain: Flags.option({ options: CHAINS, default: "ledger" as const, description: "which chain", env: "MOLTBOT_CHAIN" })(),
    since: Flags.string({ helpValue: "TIME", description: "events since: 2h, or 2026-03-01T12:00:00Z", env: "MOLTBOT_SINCE" }),
    format: Flags.option({
      options: ["jsonl", "otlp"] as const,
      default: "jsonl" as const,
      description: "events as they are kept, or as OpenTelemetry logs (OTLP/JSON), one message a line",
      env: "MOLTBOT_FORMAT",
    })(),
    out: Flags.string({ helpValue: "FILE", description: "write it there instead of to standard output", env: "MOLTBOT_OUT" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(AuditExport);
    const session = this.session(flags);
    if (flags.chain === "events") {
      const since = sinceOf(flags.since, session.look.now);
      const exported = written(await eventsOf(session, since, flags.format), flags.out);
      return conclude(session, exported, { views: exportedEventsViews(flags.out) });
    }
    if (flags.since !== undefined || flags.format !== "jsonl")
      throw new UsageError(
        "--since and --format are for events: --chain events. The ledger is exported whole, so that it can be verified.",
      );
    const { exportLedger, exportText } = await import("../../../reconciler/engine.ts");
    const exported = mapResult(await exportLedger(session.query, await session.world()), (value) => ({
      ...value,
      text: exportText(value),
    }));
    return conclude(session, written(exported, flags.out), { views: exportedLedgerViews(flags.out) });
  }
}

async function eventsOf(session: Session, since: Instant | undefined, format: "jsonl" | "otlp") {
  const { stateOf } = await import("../../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const { exportAudit } = await import("../../../runtime/audit/index.ts");
  const lines: string[] = [];
  const exported = await withEvents(dir.value, (reader) => {
    const proof = exportAudit(reader, since, (line) => lines.push(line));
    return proof.ok ? reader.head() : proof;
  });
  if (!exported.ok) return exported;
  if (exported.value === null) return noEvents();
  const head = exported.value;
  if (!head.ok) return head;
  const records = lines.length - 1;
  const text = format === "jsonl" ? lines.map((line) => `${line}\n`).join("") : await otlpText(lines.slice(0, -1));
  return ok({ text, records, head: { seq: head.value.seq, hash: head.value.hash } });
}

/** Records of one message: what a collector takes at once. */
const MESSAGE_RECORDS = 500;

async function otlpText(lines: readonly string[]): Promise<string> {
  const { parseEvent } = await import("../../../runtime/audit/index.ts");
  const { auditLogsRequest } = await import("../../../runtime/telemetry/index.ts");
  const records = lines.flatMap((line) => parseEvent(line) ?? []);
  let text = "";
  for (let at = 0; at < records.length; at += MESSAGE_RECORDS)
    text += `${JSON.stringify(auditLogsRequest(records.slice(at, at + MESSAGE_RECORDS), "moltbot"))}\n`;
  return text;
}

function written<T extends { readonly text: string }>(exported: Result<T>, out: string | undefined): Result<T> {
  if (!exported.ok || out === undefined) return exported;
  const failure = writeFileAtomically(path.resolve(out), exported.value.text, 0o600);
  return failure ? fail(failure) : exported;
}
