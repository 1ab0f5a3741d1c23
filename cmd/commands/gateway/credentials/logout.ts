import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag } from "../../../flags.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { credentialsViews } from "../../../views/provider-login.ts";

export default class GatewayCredentialsLogout extends MoltbotCommand {
  static override summary = "Forget the account that a model provider uses";
  static override description =
    "The provider is not asked any more until somebody logs in again. What the issuer gave out ends at the issuer.";
  static override examples = [
    { description: "Another account from now on", command: "<%= config.bin %> gateway credentials logout anthropic" },
  ];
  static override args = { provider: Args.string({ description: "the ModelProvider's name", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "yaml"), ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayCredentialsLogout);
    const session = this.session(flags);
    const { logOut } = await import("../../../provider-login.ts");
    return conclude(session, await logOut(session, flags, args.provider), { views: credentialsViews("out") });
  }
}
