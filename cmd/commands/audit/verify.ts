import { isDigest, LIMITS, shown, type LedgerHead } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { readInputText } from "../../input-file.ts";
import { ledgerViews, verifiedExportViews } from "../../views/record.ts";

export default class AuditVerify extends MoltbotCommand {
  static override summary = "Check the whole ledger, record by record";
  static override description =
    "Every record names the hash of the one before it. A cut tail is found by comparing with a head that was kept elsewhere: `status` shows it.";
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
    const head = flags.head === undefined ? null : headOf(flags.head);
    const { verifyAudit, verifyExport } = await import("../../../reconciler/engine.ts");
    if (flags.file !== undefined) {
      const text = readInputText(flags.file, LIMITS.ledgerExportChars);
      const verified = text.ok ? verifyExport(text.value, head, flags["ledger-key"] ?? null) : text;
      return conclude(session, verified, { views: verifiedExportViews });
    }
    return conclude(session, await verifyAudit(session.query, head, await session.world()), { views: ledgerViews });
  }
}

function headOf(text: string): LedgerHead {
  const [, seq = "", hash = ""] = /^([1-9]\d{0,14}):(.*)$/.exec(text) ?? [];
  if (!isDigest(hash)) throw new UsageError(`--head takes SEQ:sha256:HASH; found ${shown(text)}.`);
  return { seq: Number(seq), hash };
}
