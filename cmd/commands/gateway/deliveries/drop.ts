import { MoltbotCommand } from "../../../base.ts";
import { Args, outputFlag } from "../../../flags.ts";
import { URL_FLAG } from "../../../gateway-access.ts";
import { conclude } from "../../../session.ts";
import { PASSPHRASE_FLAGS } from "../../../store-key-flags.ts";
import { deliveryDoneViews } from "../../../views/deliveries.ts";

export default class GatewayDeliveriesDrop extends MoltbotCommand {
  static override summary = "Let go of an answer that nobody may have got";
  static override description = "It is not listed and not sent any more; what was said stays in the conversation. A gateway must run.";
  static override examples = [
    { description: "It does not matter any more", command: "<%= config.bin %> gateway deliveries drop 8c1f0bb2a4d6e7f9" },
  ];
  static override args = {
    id: Args.string({ description: "the answer's id, or how it begins", required: true, ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { args, flags } = await this.read(GatewayDeliveriesDrop);
    const session = this.session(flags);
    const { actOnDelivery } = await import("../../../deliveries.ts");
    return conclude(session, await actOnDelivery(session, flags, "drop", args.id), { views: deliveryDoneViews("drop") });
  }
}
