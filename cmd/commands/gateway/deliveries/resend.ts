import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { deliveryDoneViews } from "../../../views/deliveries.ts";

export default class GatewayDeliveriesResend extends MoltbotCommand {
  static override summary = "Send an answer once more, though it may have arrived";
  static override description =
    "It goes to the end of its conversation's line, without the parts that were taken for certain. A gateway must run.";
  static override examples = [{ description: "Once more", command: "<%= config.bin %> gateway deliveries resend 8c1f0bb2a4d6e7f9" }];
  static override args = {
    id: Args.string({ description: "the answer's id, or how it begins", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayDeliveriesResend);
    const session = this.session(flags);
    const { actOnDelivery } = await import("../../../deliveries.ts");
    return conclude(session, await actOnDelivery(session, flags, "resend", args.id), { views: deliveryDoneViews("resend") });
  }
}
