import { MoltbotCommand } from "../base.ts";
import { outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { resumedViews } from "../views/record.ts";

export default class Resume extends MoltbotCommand {
  static override summary = "End the pin that a rollback set";
  static override description = "The configuration that the rollback refused may be applied again. Nothing else changes.";
  static override examples = [{ description: "Let the files decide again", command: "<%= config.bin %> resume" }];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(Resume);
    const session = this.session(flags);
    const { resume } = await import("../../reconciler/engine.ts");
    return conclude(session, await resume(session.query, await session.world()), { views: resumedViews });
  }
}
