import { MoltbotCommand } from "../../base.ts";
import { outputFlag, TRUST_FLAGS, trusting } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { trustViews } from "../../views/trust.ts";

export default class TrustShow extends MoltbotCommand {
  static override summary = "Say who judges the next commit, and who may sign it";
  static override description =
    "The active generation judges, once it requires signatures; before that this host's anchor, where there is one. Each signer is shown with " +
    "the fingerprint that `ssh-keygen -lf`, `gpg --fingerprint` or the identity provider shows. So is whoever may attest the compiled policies, " +
    "where the active Project lists somebody.";
  static override examples = [{ description: "Who may sign?", command: "<%= config.bin %> trust show" }];
  static override flags = { output: outputFlag("text", "json", "yaml"), ...TRUST_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(TrustShow);
    const session = this.session(flags);
    const { trustReport } = await import("../../../reconciler/engine.ts");
    return conclude(session, await trustReport({ ...session.query, ...trusting(flags) }, await session.world()), { views: trustViews });
  }
}
