import { MoltbotCommand } from "../../../base.ts";
import { Args, OPTIONAL_REASON_FLAG, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { answeredViews } from "../../../views/approvals.ts";

export default class GatewayApprovalsGive extends MoltbotCommand {
  static override summary = "Approve a call that waits: exactly that one, once";
  static override description =
    "The approval covers what was asked, byte for byte, for the principal, session, agent and generation it was asked in. Where the grant asks once in a session, it covers the grant for that session.";
  static override examples = [{ description: "Approve", command: "<%= config.bin %> gateway approvals give 8c1f0bb2a4d6e7f9" }];
  static override args = {
    id: Args.string({ description: "the approval's id, or how it begins", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, reason: OPTIONAL_REASON_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayApprovalsGive);
    const session = this.session(flags);
    const { answerApproval } = await import("../../../answering.ts");
    const done = await answerApproval(session, flags, { id: args.id, answer: "given", reason: flags.reason ?? null });
    return conclude(session, done, { views: answeredViews("given") });
  }
}
