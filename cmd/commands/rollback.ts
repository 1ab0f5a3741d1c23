import { MoltbotCommand } from "../base.ts";
import { choicesOf } from "../confirm.ts";
import { APPROVAL_FLAGS, Args, BECAUSE_FLAG, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { UsageError } from "../usage.ts";
import { appliedEnding } from "../views/applied.ts";

export default class Rollback extends MoltbotCommand {
  static override summary = "Bring back an earlier generation, and keep it";
  static override description =
    "Restores the resources of generation N as a new generation, judged by today's policies, and pins the owner to it: the configuration that " +
    "was active until now is refused until it changes or `resume` ends the pin.";
  static override examples = [
    {
      description: "Go back to what `history` lists as 41, and say why",
      command: '<%= config.bin %> rollback 41 --because "answers got worse"',
    },
  ];
  static override makesReports = true;
  static override args = {
    generation: Args.string({ description: "the number of a generation, from `history`", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml", "markdown"), because: BECAUSE_FLAG, ...APPROVAL_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Rollback);
    const session = this.session(flags);
    if (!/^[1-9]\d{0,8}$/.test(args.generation)) throw new UsageError("GENERATION is a number, from 1.");
    const { rollback } = await import("../../reconciler/engine.ts");
    const choices = choicesOf(session, flags, false, { again: `rollback ${args.generation} --because TEXT` });
    const done = await rollback(session.query, Number(args.generation), flags.because, choices, await session.world());
    return conclude(session, done, appliedEnding);
  }
}
