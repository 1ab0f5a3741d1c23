import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag, REASON_FLAG } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { answeredViews } from "../../../views/approvals.ts";

export default class GatewayApprovalsRefuse extends MoltbotCommand {
  static override summary = "Refuse a call that waits";
  static override description =
    "The agent is told the reason. The same call is not asked for again in that session until the refusal runs out.";
  static override examples = [
    { description: "Refuse", command: '<%= config.bin %> gateway approvals refuse 8c1f0bb2a4d6e7f9 --reason "wrong customer"' },
  ];
  static override args = {
    id: Args.string({ description: "the approval's id, or how it begins", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, reason: REASON_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayApprovalsRefuse);
    const session = this.session(flags);
    const { answerApproval } = await import("../../../answering.ts");
    const done = await answerApproval(session, flags, { id: args.id, answer: "refused", reason: flags.reason });
    return conclude(session, done, { views: answeredViews("refused") });
  }
}
