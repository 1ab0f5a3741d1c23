import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { pairingDoneViews } from "../../../views/pairing.ts";

export default class GatewayPairingRevoke extends MoltbotCommand {
  static override summary = "Take back that somebody was let in";
  static override description = "The next message of that sender is refused. `gateway pairing list` shows the ids.";
  static override examples = [{ description: "Take it back", command: "<%= config.bin %> gateway pairing revoke 7kq2m4xw" }];
  static override args = { id: Args.string({ description: "the pairing's id", required: true, ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayPairingRevoke);
    const session = this.session(flags);
    const { revokePairing } = await import("../../../pairing.ts");
    return conclude(session, await revokePairing(session, flags, args.id), { views: pairingDoneViews });
  }
}
