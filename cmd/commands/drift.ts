import { EXIT } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Flags, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { driftViews } from "../views/drift-report.ts";

export default class Drift extends MoltbotCommand {
  static override summary = "Show what was changed outside git";
  static override description =
    "Compares what is live with what was applied last; the files do not matter. Drift and holds are no failure.";
  static override examples = [
    { description: "What did somebody change by hand?", command: "<%= config.bin %> drift" },
    { description: "In a scheduled job: exit code 8 when there is any", command: "<%= config.bin %> drift --detailed-exitcode -o json" },
  ];
  static override makesReports = true;
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml", "markdown"),
    "detailed-exitcode": Flags.boolean({ description: "exit 8 when there is drift or a hold", env: "MOLTBOT_DETAILED_EXITCODE" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(Drift);
    const session = this.session(flags);
    const { drift } = await import("../../reconciler/engine.ts");
    return conclude(session, await drift(session.query, await session.world()), {
      views: driftViews,
      code: (report) => (flags["detailed-exitcode"] && report.drift.length + report.holds.length > 0 ? EXIT.driftOnly : EXIT.ok),
    });
  }
}
