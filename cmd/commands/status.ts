import { MoltbotCommand } from "../base.ts";
import { outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { statusViews } from "../views/status-report.ts";

export default class Status extends MoltbotCommand {
  static override summary = "Say what is applied, what it lacks, and what stands open";
  static override examples = [
    { description: "How does it stand?", command: "<%= config.bin %> status" },
    { description: "Every active resource, too", command: "<%= config.bin %> status --verbose" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(Status);
    const session = this.session(flags);
    const { status } = await import("../../reconciler/engine.ts");
    return conclude(session, await status(session.query, await session.world()), { views: statusViews });
  }
}
