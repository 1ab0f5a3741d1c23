import { MoltbotCommand } from "../base.ts";
import { CACHE_FLAG, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { validatedViews } from "../views/validated.ts";

export default class Validate extends MoltbotCommand {
  static override summary = "Check every file, and list every error of the whole tree";
  static override description = "Looks at the files alone: no target, no record, no network.";
  static override examples = [
    { description: "Check the current folder", command: "<%= config.bin %> validate" },
    {
      description: "Check a commit, with a report for code scanning",
      command: "<%= config.bin %> validate --ref HEAD --report sarif=moltbot.sarif",
    },
  ];
  static override makesReports = true;
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml", "markdown"), ...CACHE_FLAG };

  async run(): Promise<number> {
    const { flags } = await this.read(Validate);
    const session = this.session(flags);
    const { validate } = await import("../../reconciler/engine.ts");
    return conclude(session, await validate(session.query, await session.showingWorld(flags)), { views: validatedViews });
  }
}
