import { MoltbotCommand } from "../../base.ts";
import { approve } from "../../confirm.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude } from "../../session.ts";
import { removedViews } from "../../views/trust.ts";

export default class TrustRemove extends MoltbotCommand {
  static override summary = "Remove this host's trust anchor";
  static override description =
    "From then on the active generation alone judges commits; where it asks for no signatures, nobody does. What is applied stays as it is.";
  static override examples = [
    { description: "Let the repository decide whether commits are verified", command: "<%= config.bin %> trust remove" },
  ];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    "auto-approve": Flags.boolean({ description: "do not ask; without a terminal this is needed", env: "MOLTBOT_AUTO_APPROVE" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(TrustRemove);
    const session = this.session(flags);
    const { dropAnchor } = await import("../../../reconciler/engine.ts");
    const confirm = () =>
      approve(
        session,
        "This host will no longer insist on signed commits; only a generation that requires them does.\n",
        flags["auto-approve"],
        "Approve it on the command line:\nmoltbot trust remove --auto-approve",
      );
    return conclude(session, await dropAnchor(session.query, confirm, await session.world()), { views: removedViews });
  }
}
