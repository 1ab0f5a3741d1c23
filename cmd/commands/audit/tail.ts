import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { recordsViews } from "../../views/record.ts";

/** More is a matter for a script over `audit verify` and the store. */
const MAX_LINES = 10_000;

export default class AuditTail extends MoltbotCommand {
  static override summary = "Show the last records of the ledger";
  static override examples = [
    { description: "What happened last?", command: "<%= config.bin %> audit tail" },
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
  };

  async run(): Promise<number> {
    const { flags } = await this.read(AuditTail);
    const session = this.session(flags);
    const { auditTail } = await import("../../../reconciler/engine.ts");
    return conclude(session, await auditTail(session.query, flags.lines, await session.world()), { views: recordsViews });
  }
}
