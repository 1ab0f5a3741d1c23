import { isDigest, LIMITS, ok, shown, type LedgerHead, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { noEvents, withEvents } from "../../audit-events.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { readInputText } from "../../input-file.ts";
import { verifiedEventsViews, verifiedViews, type Verified } from "../../views/audit.ts";
import { verifiedExportViews } from "../../views/record.ts";

export default class AuditVerify extends MoltbotCommand {
  static override summary = "Check the ledger and the events of the gateway, record by record";
  static override description =
    "Both are chains: every record names the hash of the one before it, and the last is signed. A cut tail of the ledger is found by comparing with a head that was kept elsewhere: `status` shows it.";
  static override examples = [
    { description: "Is the ledger whole?", command: "<%= config.bin %> audit verify" },
    { description: "Is the ledger whole that another machine exported?", command: "<%= config.bin %> audit verify --file ledger.jsonl" },
    {
      description: "Does it still hold the record that was seen last month?",
      command: '<%= config.bin %> audit verify --head "$(cat seen-head.txt)"',
    },
  ];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    head: Flags.string({
      helpValue: "SEQ:HASH",
      description: "a record that was seen elsewhere and must be on the chain",
      env: "MOLTBOT_HEAD",
    }),
    "events-head": Flags.string({
      helpValue: "SEQ:HASH",
      description: "an event that was seen elsewhere and must be on the chain of events",
      env: "MOLTBOT_EVENTS_HEAD",
    }),
    file: Flags.string({
      helpValue: "FILE",
      description: "verify what `audit export` wrote, with nothing but this file",
      env: "MOLTBOT_FILE",
    }),
    "ledger-key": Flags.string({
      helpValue: "KEY",
      description: "with --file: the public ledger key that must have signed the head",
      env: "MOLTBOT_LEDGER_KEY",
      dependsOn: ["file"],
    }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(AuditVerify);
    const session = this.session(flags);
    const head = flags.head === undefined ? null : headOf("--head", flags.head);
    const events = flags["events-head"] === undefined ? null : headOf("--events-head", flags["events-head"]);
    if (flags.file !== undefined) return await verifyFile(session, flags.file, { head, events, key: flags["ledger-key"] ?? null });
    return conclude(session, await verifyBoth(session, head, events), { views: verifiedViews });
  }
}

interface Seen {
  readonly head: LedgerHead | null;
  readonly events: LedgerHead | null;
  readonly key: string | null;
}

/** An export of either chain: its last line says of which. */
async function verifyFile(session: Session, file: string, { head, events, key }: Seen): Promise<number> {
  const text = readInputText(file, LIMITS.ledgerExportChars);
  if (!text.ok) return conclude(session, text, { views: verifiedExportViews });
  const { auditHeadIn, verifyAuditExport } = await import("../../../runtime/audit/index.ts");
  if (auditHeadIn(text.value)) {
    const seen = events === null ? [] : [events];
    return conclude(session, verifyAuditExport(text.value, seen, key), { views: verifiedEventsViews });
  }
  const { verifyExport } = await import("../../../reconciler/engine.ts");
  return conclude(session, verifyExport(text.value, head, key), { views: verifiedExportViews });
}

async function verifyBoth(session: Session, head: LedgerHead | null, events: LedgerHead | null): Promise<Result<Verified>> {
  const { verifyAudit } = await import("../../../reconciler/engine.ts");
  const ledger = await verifyAudit(session.query, head, await session.world());
  if (!ledger.ok) return ledger;
  const { stateOf } = await import("../../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const found = await withEvents(dir.value, (reader) => reader.verify(events === null ? [] : [events]));
  if (!found.ok) return found;
  if (found.value === null) return events === null ? ledger : noEvents();
  return found.value.ok ? ok({ ...ledger.value, audit: found.value.value }, ledger.warnings) : found.value;
}

function headOf(flag: string, text: string): LedgerHead {
  const [, seq = "", hash = ""] = /^([1-9]\d{0,14}):(.*)$/.exec(text) ?? [];
  if (!isDigest(hash)) throw new UsageError(`${flag} takes SEQ:sha256:HASH; found ${shown(text)}.`);
  return { seq: Number(seq), hash };
}
