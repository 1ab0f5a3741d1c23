import { MoltbotCommand } from "../base.ts";
import { outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { historyViews } from "../views/history.ts";

export default class History extends MoltbotCommand {
  static override summary = "List what was applied, newest first";
  static override examples = [
    { description: "Who applied what, and when?", command: "<%= config.bin %> history" },
    { description: "For a script", command: "<%= config.bin %> history -o json" },
  ];
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(History);
    const session = this.session(flags);
    const { history } = await import("../../reconciler/engine.ts");
    return conclude(session, await history(session.query, await session.world()), { views: historyViews });
  }
}
