import { MoltbotCommand } from "../../base.ts";
import { approve } from "../../confirm.ts";
import { Args, AUTO_APPROVE, BECAUSE_FLAG, outputFlag } from "../../flags.ts";
import { readPlanFile } from "../../plan-file.ts";
import { conclude } from "../../session.ts";
import { planText } from "../../views/plan-text.ts";
import { waivedViews } from "../../views/trust.ts";

export default class TrustWaive extends MoltbotCommand {
  static override summary = "Let one plan be applied without its approvals";
  static override description =
    "For the day when nobody is left whom `approvals` of the Project in force could still ask, so that the rule itself could never be changed. Shows a " +
    "saved plan, asks, and writes into this host's ledger who waives its approvals and why: for its effect, over the generation that is active now, and " +
    "so for one apply. `status`, `audit` and `prove verify` show it. Only whoever holds the record can do it; no commit can.";
  static override examples = [
    {
      description: "The two who could approve have left",
      command: "<%= config.bin %> trust waive plan.json --because 'ada and bob left; carol and dora take over'",
    },
  ];
  static override args = { planfile: Args.string({ description: "a file written by `plan --out`", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "yaml"), because: BECAUSE_FLAG, "auto-approve": AUTO_APPROVE };

  async run(): Promise<number> {
    const { args, flags } = await this.read(TrustWaive);
    const session = this.session(flags);
    const plan = await readPlanFile(args.planfile);
    if (!plan.ok) return conclude(session, plan, { views: waivedViews });
    const { waiveApprovals } = await import("../../../reconciler/engine.ts");
    const confirm = () =>
      approve(
        session,
        `${planText(plan.value, session.errLook, { command: "trust waive" })}\nNobody else will have looked at it.\n`,
        flags["auto-approve"],
        `Review the plan, then:\nmoltbot trust waive ${args.planfile} --because TEXT --auto-approve`,
      );
    const waived = await waiveApprovals(session.query, plan.value, flags.because, confirm, await session.world());
    return conclude(session, waived, { views: waivedViews });
  }
}
