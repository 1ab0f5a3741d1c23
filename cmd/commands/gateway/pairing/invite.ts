import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { UsageError } from "../../../usage.ts";
import { invitedViews } from "../../../views/pairing.ts";

const SENDER = /^[^\s*\p{Cc}\p{Cf}]{1,256}$/u;

export default class GatewayPairingInvite extends MoltbotCommand {
  static override summary = "Make a one-time code for somebody to come in by a web page";
  static override description =
    "Whoever types the code on the page of the Channel is that sender there, and is let in where the Channel pairs people. It is good once, for ten minutes. " +
    "A member of a Team whose `identities.channels` names the Channel and this id is known as that person.";
  static override examples = [{ description: "For Ada", command: "<%= config.bin %> gateway pairing invite web ada" }];
  static override args = {
    channel: Args.string({ description: "the name of the Channel", required: true, ignoreStdin: true }),
    sender: Args.string({ description: "the id that the person has on this Channel", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayPairingInvite);
    const session = this.session(flags);
    if (!SENDER.test(args.sender)) throw new UsageError("An id has no spaces, wildcards or control characters.");
    const { invitePairing } = await import("../../../pairing.ts");
    return conclude(session, await invitePairing(session, flags, args.channel, args.sender), { views: invitedViews });
  }
}
