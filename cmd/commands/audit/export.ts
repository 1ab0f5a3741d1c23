import path from "node:path";
import { fail, mapResult, type Result } from "../../../core/index.ts";
import type { LedgerExport } from "../../../reconciler/engine.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { writeFileAtomically } from "../../reports.ts";
import { conclude } from "../../session.ts";
import { exportedLedgerViews } from "../../views/record.ts";

export default class AuditExport extends MoltbotCommand {
  static override summary = "Write the whole ledger for somebody elsewhere";
  static override description =
    "One record a line, as it is kept, and the signed head as the last line: `audit verify --file` checks it on any machine, without the store. Nothing secret is in it.";
  static override examples = [
    { description: "To a file", command: "<%= config.bin %> audit export --out ledger.jsonl" },
    { description: "To a log collector", command: "<%= config.bin %> audit export | collector" },
  ];
  static override flags = {
    output: outputFlag("text", "json"),
    out: Flags.string({ helpValue: "FILE", description: "write it there instead of to standard output", env: "MOLTBOT_OUT" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(AuditExport);
    const session = this.session(flags);
    const { exportLedger, exportText } = await import("../../../reconciler/engine.ts");
    const exported = mapResult(await exportLedger(session.query, await session.world()), (value) => ({
      ...value,
      text: exportText(value),
    }));
    return conclude(session, written(exported, flags.out), { views: exportedLedgerViews(flags.out) });
  }
}

type Exported = LedgerExport & { readonly text: string };

function written(exported: Result<Exported>, out: string | undefined): Result<Exported> {
  if (!exported.ok || out === undefined) return exported;
  const failure = writeFileAtomically(path.resolve(out), exported.value.text, 0o600);
  return failure ? fail(failure) : exported;
}
