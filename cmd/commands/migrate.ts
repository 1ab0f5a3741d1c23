import { MoltbotCommand } from "../base.ts";
import { outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { migratedViews } from "../views/record.ts";

export default class Migrate extends MoltbotCommand {
  static override summary = "Bring an older store to this version's format";
  static override description = "A copy of the old file stays beside it. A store of this format is left as it is.";
  static override examples = [{ description: "After an upgrade that asks for it", command: "<%= config.bin %> migrate" }];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(Migrate);
    const session = this.session(flags);
    const { migrateStore } = await import("../../reconciler/engine.ts");
    return conclude(session, await migrateStore(session.query, await session.world()), { views: migratedViews });
  }
}
