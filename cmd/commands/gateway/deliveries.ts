import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { PASSPHRASE_FLAGS } from "../../store-key-flags.ts";
import { deliveriesViews } from "../../views/deliveries.ts";

export default class GatewayDeliveries extends MoltbotCommand {
  static override summary = "List the answers that did not reach anybody for certain";
  static override description =
    "`unknown`: the gateway or the connection ended while it was sent to a platform that cannot tell a repeat, so it may have arrived and is not sent again by itself. " +
    "`refused`: the platform will not take it. `given up`: it did not, again and again. With --verbose what they say. Works beside the running gateway.";
  static override examples = [
    { description: "What did not arrive?", command: "<%= config.bin %> gateway deliveries" },
    {
      description: "At a gateway elsewhere, where one is logged in",
      command: "<%= config.bin %> gateway deliveries --url https://bots.acme.example",
    },
    { description: "For a script", command: "<%= config.bin %> gateway deliveries -o json" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, ...PASSPHRASE_FLAGS };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayDeliveries);
    const session = this.session(flags);
    const { listDeliveries } = await import("../../deliveries.ts");
    return conclude(session, await listDeliveries(session, flags), { views: deliveriesViews });
  }
}
