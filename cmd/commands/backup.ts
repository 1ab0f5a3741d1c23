import path from "node:path";
import { MoltbotCommand } from "../base.ts";
import { Args, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { backupViews } from "../views/record.ts";

export default class Backup extends MoltbotCommand {
  static override summary = "Write the whole store to one new file";
  static override description =
    "Generations, ledger, conversations; encrypted values stay encrypted, and keys are left out: keep `.moltbot/keys` apart. Works while others read.";
  static override examples = [{ description: "Before an upgrade", command: "<%= config.bin %> backup moltbot.backup" }];
  static override args = { file: Args.string({ description: "the file to write; it must not exist", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Backup);
    const session = this.session(flags);
    const { backup } = await import("../../reconciler/engine.ts");
    const done = await backup(session.query, path.resolve(args.file), await session.world());
    return conclude(session, done, { views: backupViews(args.file) });
  }
}
