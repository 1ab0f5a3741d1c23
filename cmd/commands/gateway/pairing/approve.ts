import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { pairingDoneViews } from "../../../views/pairing.ts";

export default class GatewayPairingApprove extends MoltbotCommand {
  static override summary = "Let in whoever was told a code";
  static override description =
    "The sender that the code was told to may talk on that Channel from now on, by its immutable id. The code is used up.";
  static override examples = [{ description: "Let somebody in", command: "<%= config.bin %> gateway pairing approve 7KQ2-M4XW" }];
  static override args = { code: Args.string({ description: "the code, with or without its dash", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayPairingApprove);
    const session = this.session(flags);
    const { approvePairing } = await import("../../../pairing.ts");
    return conclude(session, await approvePairing(session, flags, args.code), { views: pairingDoneViews });
  }
}
