import { mapResult } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, outputFlag } from "../flags.ts";
import { readPlanFile } from "../plan-file.ts";
import { conclude } from "../session.ts";
import { planViews } from "../views/plan.ts";

export default class Show extends MoltbotCommand {
  static override summary = "Show a saved plan";
  static override description = "Reads the file alone. What it shows is what the file claims; `apply FILE` plans again and compares.";
  static override examples = [
    { description: "Review a plan", command: "<%= config.bin %> show plan.json" },
    { description: "As a comment for a pull request", command: "<%= config.bin %> show plan.json -o markdown" },
  ];
  static override makesReports = true;
  static override args = { file: Args.string({ description: "a file written by `plan --out`", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml", "markdown") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Show);
    const session = this.session(flags);
    const plan = await readPlanFile(args.file);
    return conclude(
      session,
      mapResult(plan, (value) => ({ plan: value })),
      { views: planViews() },
    );
  }
}
