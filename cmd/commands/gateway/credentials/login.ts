import { MoltbotCommand } from "../../../base.ts";
import { Args, Flags, outputFlag } from "../../../flags.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { credentialsViews } from "../../../views/provider-login.ts";

export default class GatewayCredentialsLogin extends MoltbotCommand {
  static override summary = "Log in to the account that a model provider uses";
  static override description =
    "For a ModelProvider with `auth: oauth`: the address to open in a browser is shown, and the login comes back to a port of this machine (PKCE). " +
    "With --device, a code is shown to type in on any device. What is kept is sealed in the store; the runtime fetches tokens with it, each refresh token once.";
  static override examples = [
    { description: "With a browser on this machine", command: "<%= config.bin %> gateway credentials login anthropic" },
    { description: "Without one", command: "<%= config.bin %> gateway credentials login anthropic --device" },
  ];
  static override args = { provider: Args.string({ description: "the ModelProvider's name", required: true, ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    device: Flags.boolean({ description: "show a code for another device", env: "MOLTBOT_DEVICE" }),
    ...PASSPHRASE_FLAGS,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayCredentialsLogin);
    const session = this.session(flags);
    const { logIn } = await import("../../../provider-login.ts");
    return conclude(session, await logIn(session, flags, args.provider), { views: credentialsViews("in") });
  }
}
