import { MoltbotCommand } from "../base.ts";
import { choicesOf } from "../confirm.ts";
import { APPROVAL_FLAGS, BECAUSE_FLAG, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { appliedEnding } from "../views/applied.ts";

export default class Destroy extends MoltbotCommand {
  static override summary = "Remove every resource of this Project and environment from the target";
  static override description =
    "Shows what goes, and asks. Other owners keep theirs, the record and the files stay, and `apply` brings everything back.";
  static override examples = [
    { description: "Take the staging environment down", command: '<%= config.bin %> destroy -e staging --because "no longer used"' },
  ];
  static override makesReports = true;
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml", "markdown"), because: BECAUSE_FLAG, ...APPROVAL_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(Destroy);
    const session = this.session(flags);
    const { destroy } = await import("../../reconciler/engine.ts");
    const done = await destroy(
      session.query,
      flags.because,
      choicesOf(session, flags, false, { again: "destroy --because TEXT" }),
      await session.world(),
    );
    return conclude(session, done, appliedEnding);
  }
}
