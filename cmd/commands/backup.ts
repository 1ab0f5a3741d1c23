import fs from "node:fs";
import path from "node:path";
import { fail, problem, shown, type Diagnostic } from "../../core/index.ts";
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
    const file = path.resolve(args.file);
    if (fs.existsSync(file)) return conclude(session, fail(taken(args.file)), { views: backupViews(args.file) });
    const done = await backup(session.query, file, await session.world());
    return conclude(session, done, { views: backupViews(args.file) });
  }
}

/** The one copy of a record is not what a second run may write over. */
function taken(file: string): Diagnostic {
  return problem("FILE_IN_THE_WAY", { detail: `${shown(file)} exists; a backup is never written over.`, remedy: "Name another file." });
}
